import { SightlineError } from "@/lib/shared/errors";

const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;

/** @throws SightlineError INVALID when a text holds what no query language can quote on one line */
function refuseUnprintable(text: string): void {
  if (UNPRINTABLE.test(text)) throw new SightlineError("INVALID", "A name holds control characters, so no query can be made of it.", { remedy: "Correct the roster or the segment's name." });
}

/** "..." with \ before " and \, as SPL's eval, KQL and ES|QL read it. */
export function backslashLiteral(text: string): string {
  refuseUnprintable(text);
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** '...' with '' for a quote, as SQL reads it: a backslash is a character. */
export function sqlLiteral(text: string): string {
  refuseUnprintable(text);
  return `'${text.replaceAll("'", "''")}'`;
}

/** A text for a comment line: never longer than its line. */
export function commentText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ").replaceAll("*/", "* /").replaceAll("```", "'''");
}
