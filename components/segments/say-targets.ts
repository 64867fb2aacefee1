import type { SegmentListRow } from "@/lib/operations/get-segments-view";
import { counted, formatCount } from "@/lib/shared/format-number";

/** How the targets stand, in one sentence. */
export function sayTargets(rows: readonly Pick<SegmentListRow, "target">[]): string {
  const targets = rows.flatMap(({ target }) => target ?? []);
  if (targets.length === 0) return "None has a target yet.";
  const [reached, missed] = [targets.filter(({ state }) => state === "reached").length, targets.filter(({ state }) => state === "missed").length];
  const of = targets.length === rows.length ? "" : `; ${counted(rows.length - targets.length, "segment has", "segments have")} none`;
  return `${formatCount(reached)} of ${counted(targets.length, "target")} ${reached === 1 ? "is" : "are"} reached${missed === 0 ? "" : `, ${formatCount(missed)} past ${missed === 1 ? "its" : "their"} day`}${of}.`;
}
