import type { TrendView } from "@/lib/reports/trend-view";
import { csvLine } from "./write-csv";

const HEAD = ["assessment", "as_of", "run_at", "in_trend", "releases", "policy", "engine", "hosts", "segments", "observed_weighted", "observed_low", "observed_high", "observed_cells", "applicable_cells", "observed_uniform", "validated_weighted", "validated_cells", "changes"];

/** The trend as a table: shares as fractions of one with six decimals, each with its counts; those outside the trend too, marked so. */
export function* writeTrendCsv({ points, excluded }: TrendView): Generator<string> {
  yield csvLine(HEAD);
  for (const { label, at, ranAt, releases, policy, engine, hosts, segments, observed, uniform, validated, marks } of points) {
    const named = Object.entries(releases).map(([domain, release]) => `${domain} ${release}`);
    yield csvLine([label, at, ranAt, true, named.join("; "), policy, engine, hosts, segments, fraction(observed.value), fraction(observed.low), fraction(observed.high), observed.k, observed.n, fraction(uniform.value), fraction(validated.value), validated.k, marks.map(({ text }) => text).join("; ")]);
  }
  for (const { label, at, ranAt, observed } of excluded) {
    yield csvLine([label, at, ranAt, false, null, null, null, null, null, fraction(observed.value), fraction(observed.low), fraction(observed.high), observed.k, observed.n, null, null, null, "as of, run later"]);
  }
}

function fraction(millionths: number | null): string {
  return millionths === null ? "" : (millionths / 1_000_000).toFixed(6);
}
