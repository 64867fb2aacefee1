import { isStale } from "./describe-check";
import type { CheckRun, StoredCheck } from "./stored-check";

/** A pair of rule and segment that could fire on fresh records in one run and cannot in a later one. */
export interface SilentRule {
  readonly ruleId: string;
  readonly segmentId: string;
  readonly before: StoredCheck;
  readonly now: StoredCheck | null; // null: no-source, which has no row
  readonly stale: boolean; // it still could, on records that are no longer fresh
}

/**
 * What became silent between two runs. A rule or segment that the later run did not look at is none: it was taken away.
 *
 * @param exists rules that are there now
 */
export function findSilent(before: { readonly run: CheckRun; readonly rows: readonly StoredCheck[] }, now: { readonly run: CheckRun; readonly rows: readonly StoredCheck[] }, exists: ReadonlySet<string>): SilentRule[] {
  const later = new Map(now.rows.map((row) => [`${row.ruleId} ${row.segmentId}`, row]));
  const looked = new Set(now.run.segments.map(({ id }) => id));
  return before.rows.flatMap((row): SilentRule[] => {
    if (row.state !== "can-fire" || isStale(row, before.run) || !exists.has(row.ruleId) || !looked.has(row.segmentId)) return [];
    const found = later.get(`${row.ruleId} ${row.segmentId}`) ?? null;
    const stale = found !== null && isStale(found, now.run);
    return found?.state === "can-fire" && !stale ? [] : [{ ruleId: row.ruleId, segmentId: row.segmentId, before: row, now: found, stale }];
  });
}
