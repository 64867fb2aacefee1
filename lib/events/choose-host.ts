import { RE2JS } from "re2js";
import { SightlineError } from "@/lib/shared/errors";
import { standsIn } from "@/lib/telemetry/stand-in-hosts";
import { isJsonObject } from "./frame/plain-value";
import type { ParsedRecord } from "./types";

export interface HostOptions {
  readonly host: string | null; // --host
  readonly hostFrom: string | null; // --host-from: a native field, or a regular expression with one group over the file's path
  readonly filePath: string;
}

const MOST_PATTERN = 200;
const FIELD = /^[@A-Za-z_][\w@-]*(?:\.[\w@-]+)*$/;

/**
 * Whose record it is: its own host, else the one that --host-from finds, else --host, else what stands for a host there, else "".
 *
 * @throws SightlineError INVALID for an expression that does not compile, has not exactly one group, or does not match the path
 */
export function hostChooser(options: HostOptions): (record: ParsedRecord) => string {
  const { hostFrom, host } = options;
  const fallback = host?.trim() ?? "";
  const choose = (record: ParsedRecord, found: string | undefined) =>
    standsIn(record.kind.family) ? found || fallback || (record.host ?? "") : record.host ?? found ?? fallback;
  if (hostFrom === null || hostFrom === "") return (record) => choose(record, undefined);
  if (FIELD.test(hostFrom)) {
    const path = hostFrom.split(".");
    return (record) => choose(record, nativeText(record.native, hostFrom, path));
  }
  const named = hostFromPath(hostFrom, options.filePath) ?? fallback;
  if (named === "") {
    throw new SightlineError("INVALID", `${JSON.stringify(hostFrom)} finds no host in this path.`, { file: options.filePath, field: "host-from", remedy: "Correct the expression or give --host." });
  }
  return (record) => choose(record, named);
}

/**
 * Whether --host-from can be used at all, whatever the files are called: a field name, or an expression with one group.
 *
 * @throws SightlineError INVALID with the reason
 */
export function checkHostFrom(hostFrom: string | null): void {
  if (hostFrom !== null && hostFrom !== "" && !FIELD.test(hostFrom)) compileHostFrom(hostFrom);
}

function hostFromPath(pattern: string, path: string): string | null {
  if (path.length > 2000) throw new SightlineError("INVALID", "The path is too long to look for a host in it.", { file: path.slice(0, 100), field: "host-from", remedy: "Give --host in place of --host-from." });
  const matcher = compileHostFrom(pattern).matcher(path);
  return matcher.find() ? (matcher.group(1) ?? null) : null;
}

// A person's expression over a path that anybody may have named: a linear-time engine, never JavaScript's backtracking one.
function compileHostFrom(pattern: string): RE2JS {
  const refuse = (message: string, remedy: string): never => {
    throw new SightlineError("INVALID", message, { field: "host-from", remedy });
  };
  if (pattern.length > MOST_PATTERN) refuse(`The expression has ${pattern.length} characters; at most ${MOST_PATTERN} are read.`, "Shorten it.");
  const expression = tryCompile(pattern) ?? refuse(`${JSON.stringify(pattern)} is neither a field name nor a regular expression without look-around and back-references.`, "Write a field such as agent.name, or an expression such as ([^/]+)/[^/]+$.");
  if (expression.groupCount() !== 1) refuse(`${JSON.stringify(pattern)} has ${expression.groupCount()} groups in parentheses; it needs exactly one group, which holds the host.`, "Write (?:...) for parentheses that only hold together.");
  return expression;
}

function tryCompile(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}

function nativeText(native: unknown, whole: string, path: readonly string[]): string | undefined {
  if (!isJsonObject(native)) return undefined;
  let at: unknown = native[whole];
  if (at === undefined) {
    at = native;
    for (const key of path) at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return typeof at === "string" && at.trim() !== "" ? at.trim() : typeof at === "number" ? String(at) : undefined;
}
