import type { Head, Sniff } from "./types";

/** Share of the head's lines that must be of a format before it is the answer (as for JSON objects, sniff-json.ts). */
const ENOUGH = 0.8;

/**
 * The verdict of a format of lines: yes when at least 80 % of the head's lines are its records, maybe when some are.
 *
 * @param evidence the marks to show as the reason
 */
export function sniffLines(head: Head, isMine: (line: string) => boolean, evidence: readonly string[]): Sniff {
  const mine = head.lines.filter(isMine).length;
  if (mine === 0) return { verdict: "no", evidence: [] };
  return { verdict: mine >= ENOUGH * head.lines.length ? "yes" : "maybe", evidence: [...evidence, `${mine} of ${head.lines.length} lines`] };
}
