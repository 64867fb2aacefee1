import { DAY_MS, SKEW_MS } from "./instants";
import type { EvidenceIndex, SegmentEvidence } from "./index-evidence";
import type { ScoringInput } from "./scoring-input";

/** Where a measurement is weighed: one segment, and which of its hosts count on the platforms in question. */
export interface MeasuredGround {
  readonly index: EvidenceIndex;
  readonly segment: SegmentEvidence;
  readonly owns: (host: number) => boolean;
}

/** What measurements of one record kind show of a set of required fields, on hosts of the segment. */
export interface MeasuredEvidence {
  readonly hosts: readonly number[]; // positions in the segment's hosts
  readonly filled: number; // jointly filled records, at least
  readonly newest: number | null;
  readonly staleLast: number | null; // newest before the window; null when only the window was asked for
  readonly asOf: number; // of the newest measurement that counts
  readonly query: string; // its digest; "" = no text came with it
  readonly system: string;
}

type Measurement = ScoringInput["measurements"][number];
type MeasuredHost = Measurement["hosts"][number];

/**
 * Weighs the measurements of a kind against a field set. A query counts each field by itself; how many records fill all of
 * them at once it does not say, so the least that the counts allow is taken (each record lacks at most one field). A host
 * counts when that is at least fillPercent of its records, a measurement when it is so over all of the segment's hosts
 * that are asked for. Field sets that are about a class of object are never met: a count does not tell classes apart.
 *
 * @param which with-records: only measurements whose raw records are among the sample events, the only ones that may prove
 * @param since fresh: rows newer than freshDays; ever: those of any age up to T, for what was a proof once
 * @returns null when no host counts
 */
export function weighMeasured(ground: MeasuredGround, kind: string, fieldSet: number, which: "with-records" | "any", since: "fresh" | "ever" = "fresh"): MeasuredEvidence | null {
  const { index, segment, owns } = ground;
  const { at, policy, fieldSets } = index.input;
  const fields = fieldSets[fieldSet];
  if (fields === undefined || fields.objects !== undefined) return null;
  const hosts = new Set<number>();
  let filled = 0;
  let newest: number | null = null;
  let staleLast: number | null = null;
  const opens = at - policy.freshDays * DAY_MS;
  let source: Measurement | undefined;
  for (const measurement of segment.measurements.get(kind) ?? []) {
    if (measurement.asOf > at + SKEW_MS || (which === "with-records" && !measurement.records)) continue;
    const rows = measurement.hosts.filter(({ host, count, last }) => count > 0 && (since === "ever" || last >= opens) && last <= at + SKEW_MS && owns(segment.hostIds.get(host) ?? -1));
    const joint = rows.map((seen) => jointlyFilled(seen, fields));
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const sum = joint.reduce((a, b) => a + b, 0);
    if (which === "with-records" && sum * 100 < policy.fillPercent * total) continue;
    let counts = false;
    rows.forEach((seen, position) => {
      const least = joint[position] ?? 0;
      const host = segment.hostIds.get(seen.host);
      if (host === undefined || least === 0 || least * 100 < policy.fillPercent * seen.count) return;
      hosts.add(host);
      counts = true;
      newest = Math.max(newest ?? seen.last, seen.last);
      if (seen.last < opens) staleLast = Math.max(staleLast ?? seen.last, seen.last);
    });
    if (!counts) continue;
    filled = Math.max(filled, sum); // two measurements may count the same records
    if (source === undefined || measurement.asOf > source.asOf) source = measurement;
  }
  if (source === undefined) return null;
  return { hosts: [...hosts], filled, newest, staleLast, asOf: source.asOf, query: source.query ?? "", system: source.system ?? "" };
}

/** Records of a host that fill every required field and one of each group, at least. */
function jointlyFilled({ count, filled, short }: MeasuredHost, { required, anyOf }: ScoringInput["fieldSets"][number]): number {
  let lacking = 0;
  for (const group of [...required.map((field) => [field]), ...anyOf]) {
    const counted = group.filter((field) => filled.includes(field));
    if (counted.length === 0) return 0;
    lacking += Math.min(...counted.map((field) => short?.[field] ?? 0));
  }
  return Math.max(0, count - lacking);
}
