import type { TestRun } from "./detection-test";

/** Where a test stands: its newest run, since when all runs came out like it, and whether an earlier one passed. Times are ISO 8601. */
export interface TestSeries {
  readonly newest: TestRun;
  readonly since: string;
  readonly passedBefore: boolean; // before this series
}

/** @param runs of one test, in any order; null when there is none */
export function seriesOf(runs: readonly TestRun[]): TestSeries | null {
  const ordered = [...runs].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
  const newest = ordered.at(-1);
  if (newest === undefined) return null;
  const other = ordered.findLastIndex((run) => run.passed !== newest.passed);
  return { newest, since: ordered[other + 1]?.at ?? newest.at, passedBefore: ordered.slice(0, other + 1).some(({ passed }) => passed) };
}
