import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";

/**
 * Audit records as the lines that Sigma's auditd rules are written for (type, a0, a1, name, exe ...): one object per line,
 * so that a field is found in any of them. Lines that were joined as lines are that already; Laurel keys them by type with
 * the arguments in ARGV; what others write flat stays as it is.
 */
export function auditLines(native: unknown): unknown {
  if (!isJsonObject(native) || !("ID" in native) || "type" in native) return native;
  return Object.entries(native).flatMap(([type, body]) => (Array.isArray(body) ? body : [body]).filter(isJsonObject).map((line) => lineOf(type, line)));
}

function lineOf(type: string, line: JsonObject): JsonObject {
  const args: readonly unknown[] = Array.isArray(line["ARGV"]) ? line["ARGV"] : [];
  return Object.fromEntries([...Object.entries(line), ["type", type], ...args.map((arg, i) => [`a${i}`, arg])]);
}
