/**
 * An operation's name as a record-kind key: trimmed, single blanks, and a plain hyphen where Microsoft's directory writes a
 * dash ("Update application – Certificates and secrets management "). The native record keeps what was written.
 */
export function operationName(text: unknown): string {
  return typeof text === "string" ? text.replace(/[\u2010-\u2015]/g, "-").replace(/\s+/g, " ").trim() : "";
}
