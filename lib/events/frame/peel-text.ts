import { inspectValue, isJsonObject, type JsonObject } from "./plain-value";

/** What a header in front of a text says: whose it is, and what stands behind it. */
export interface PeeledText {
  readonly rest: string;
  readonly wrapper: string;
  readonly host: string | null;
  readonly time: string | null;
}

/** RFC 5424: <PRI>1 TIME HOST APP PROCID MSGID STRUCTURED-DATA MESSAGE; PRI is often lost on the way. */
export const SYSLOG_5424 = /^(?:<(\d{1,3})>)?(1) (-|\d{4}-\d\d-\d\dT\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]"\\]|\\.|"(?:[^"\\]|\\.)*")*\])+)(?: \uFEFF?|$)/;
/** RFC 3164 and what rsyslog and journald write in its place: TIME HOST TAG[PID]: MESSAGE. */
export const SYSLOG_3164 = /^(?:<(\d{1,3})>)?((?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})?)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?) (\S+) ([^\s:[]{1,100})(?:\[([^\]\s]{1,40})\])?: ?/;
/** The same header without a tag, before formats that name themselves. */
const BARE_HEADER = /^(?:<\d{1,3}>)?(?:1 )?([A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT\S+) (\S+) (?=CEF:|LEEF:|\{|<Event[\s>])/;
const CONTAINER = /^(\d{4}-\d\d-\d\dT\S+) (?:stdout|stderr) [FP] /;
const PRI = /^<\d{1,3}>(?=CEF:|LEEF:|\{|<Event[\s>])/;

/** Takes one header off a text: syslog, a container runtime's, the @cee: cookie. null: it has none. */
export function peelText(text: string): PeeledText | null {
  const code = text.charCodeAt(0);
  // Headers begin with "<", a digit, a capital or "@": most texts are decided by one look.
  if (code === 0x40) return text.startsWith("@cee:") ? { rest: text.slice(5).trimStart(), wrapper: "@cee cookie", host: null, time: null } : null;
  if (code !== 0x3c && (code < 0x30 || code > 0x5a || (code > 0x39 && code < 0x41))) return null;
  const head = text.length > MOST_HEADER ? text.slice(0, MOST_HEADER) : text;
  const modern = SYSLOG_5424.exec(head);
  if (modern !== null) return { rest: text.slice(modern[0].length), wrapper: "syslog header", host: said(modern[4]), time: saidTime(modern[3]) };
  const bare = BARE_HEADER.exec(head);
  if (bare !== null) return { rest: text.slice(bare[0].length), wrapper: "syslog header", host: said(bare[2]), time: saidTime(bare[1]) };
  const container = CONTAINER.exec(head);
  if (container !== null) return { rest: text.slice(container[0].length), wrapper: "container log", host: null, time: saidTime(container[1]) };
  const old = SYSLOG_3164.exec(head);
  if (old !== null) return { rest: text.slice(old[0].length), wrapper: "syslog header", host: said(old[3]), time: saidTime(old[2]) };
  const pri = PRI.exec(head);
  return pri === null ? null : { rest: text.slice(pri[0].length), wrapper: "syslog header", host: null, time: null };
}

/** Structured data may be long; beyond this a header is none. */
const MOST_HEADER = 4096;

// A name or an address. ESXi's own files put a severity ("In(14)") or a processor ("cpu3:2097573)") where a host would stand.
const HOST = /^[A-Za-z0-9_][\w.:%-]*$/;

function said(text: string | undefined): string | null {
  return text === undefined || text === "-" || !HOST.test(text) ? null : text;
}

function saidTime(text: string | undefined): string | null {
  return text === undefined || text === "-" ? null : text;
}

/** A text that is one JSON object, or null. */
export function parseJsonText(text: string, maxDepth: number): JsonObject | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return null;
  try {
    const value: unknown = JSON.parse(trimmed);
    return isJsonObject(value) && inspectValue(value, maxDepth) === "ok" ? value : null;
  } catch {
    return null;
  }
}
