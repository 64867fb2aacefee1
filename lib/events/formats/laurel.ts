import { put } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import type { RecordFacts } from "../types";
import { mapAuditEvent, type AuditEvent } from "./auditd/map-event";

/** Linux audit events that laurel joined into one JSON object each; it alone names the parent's program. */
export const laurel = jsonFormat({
  id: "laurel",
  label: "Linux audit events (laurel)",
  extensions: [".json", ".log"],
  record: "an audit event of laurel",
  evidence: ["ID seconds:serial", "SYSCALL | another record type"],
  isMine: (value) => idOf(value) !== null,
  map: (value) => {
    const id = idOf(value);
    if (id === null) return null;
    const mapped = mapAuditEvent({ seconds: id.seconds, serial: id.serial, host: typeof value["NODE"] === "string" ? value["NODE"] : null, lines: linesOf(value) });
    const call = asObject(value["SYSCALL"]);
    const { fields } = mapped;
    put(fields, "parent_image", asObject(call["PPID"])["exe"] ?? asObject(value["PARENT_INFO"])["exe"]);
    const address = asObject(asObject(value["SOCKADDR"])["SADDR"]);
    for (const key of ["addr", "laddr"]) if (fields["dst_ip"] === undefined && fields["src_ip"] === undefined) put(fields, "dst_ip", address[key]);
    if (fields["dst_port"] === undefined && fields["src_port"] === undefined) put(fields, "dst_port", address["port"] ?? address["lport"]);
    const execve = asObject(value["EXECVE"]);
    const joined = execve["ARGV_STR"];
    // execve-argv = ["string"]: one text in place of the list, which then is not short of arguments.
    if (typeof joined === "string" && !Array.isArray(execve["ARGV"])) put(fields, "cmd", joined);
    return [{ ...mapped, facts: factsOf(value, call, mapped), native: value }];
  },
});

function idOf(value: JsonObject): { seconds: string; serial: string } | null {
  const match = typeof value["ID"] === "string" ? /^(\d{1,13}\.\d{1,9}):(\d{1,20})$/.exec(value["ID"]) : null;
  if (match === null || !Object.keys(value).some((key) => /^[A-Z][A-Z0-9_]{2,}$/.test(key))) return null;
  return { seconds: match[1] ?? "", serial: match[2] ?? "" };
}

/**
 * laurel names a process by the event that started its program: of an exec that is the event itself, of others what it keeps
 * beside the pid. Where it cuts a long list of arguments it writes a mark ("<<< ... >>>") in the middle.
 */
function factsOf(value: JsonObject, call: JsonObject, { key, facts }: Mapped): RecordFacts {
  const text = (of: unknown) => (typeof of === "string" && of !== "" ? of : undefined);
  const { ARGV, ARGV_STR } = asObject(value["EXECVE"]);
  const marked = Array.isArray(ARGV) ? ARGV.some((argument) => typeof argument === "string" && MARK.test(argument)) : typeof ARGV_STR === "string" && MARK.test(ARGV_STR);
  return {
    ...facts,
    truncated: marked || (facts?.truncated === true && typeof ARGV_STR !== "string") ? true : undefined,
    processKey: /^execve/.test(key) ? text(value["ID"]) : text(asObject(call["PID"])["EVENT_ID"]),
    parentKey: text(asObject(call["PPID"])["EVENT_ID"]) ?? text(asObject(value["PARENT_INFO"])["ID"]),
  };
}

const MARK = /<<<[^<>]*\b(?:args?|bytes)\b[^<>]*>>>/i;

/** The event as the kernel would print it, line by line, so that one mapper serves both. */
function linesOf(value: JsonObject): AuditEvent["lines"] {
  return Object.entries(value).flatMap(([type, body]) => {
    if (!/^[A-Z][A-Z0-9_]{2,}$/.test(type) || type === "NODE" || type === "PARENT_INFO") return [];
    const records: readonly unknown[] = Array.isArray(body) ? body : [body];
    return records.filter(isJsonObject).map((record) => ({ type, text: textOf(type, record) }));
  });
}

function textOf(type: string, record: JsonObject): string {
  const parts = Object.entries(record).flatMap(([key, value]) => {
    if (key === "ARGV" && Array.isArray(value)) return value.map((argument, i) => `a${i}=${quoted(`a${i}`, String(argument))}`);
    if (type === "PROCTITLE" && key === "ARGV") return [];
    if (typeof value === "string" || typeof value === "number") return [`${key}=${quoted(key, String(value))}`];
    return [];
  });
  if (type === "PROCTITLE" && Array.isArray(record["ARGV"])) parts.push(`proctitle=${hex(record["ARGV"].map(String).join("\0"))}`);
  return parts.join(" ");
}

/** In quotes, or in hexadecimal where quotes would not hold it: what the kernel does with arguments and names. */
function quoted(key: string, text: string): string {
  if (/^[\w.:/+-]*$/.test(text) && !/^a\d+$/.test(key)) return text;
  return text.includes('"') ? hex(text) : `"${text}"`;
}

function hex(text: string): string {
  return Buffer.from(text, "utf8").toString("hex").toUpperCase();
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
