import { DAY_MS, HOUR_MS, SKEW_MS } from "./instants";
import type { AggregateInput, ClaimInput, Policy, ScoringInput } from "./scoring-input";

type Measurement = ScoringInput["measurements"][number];

/**
 * Families that have fallen silent in one segment (design, section 7: "a complete measurement, flow statistic ... shows no
 * record of a family for silentHours"). A family is silent when a complete measurement of it (one of its kinds or
 * "family:*"), or a flow statistic of its whole log source that counts zero hosts, is at most freshDays old, and nothing of
 * the family, measured or sampled, is newer than silentHours before that.
 *
 * @param claims of the segment; those of other bases, with hosts, or of a single channel or component say nothing here
 * @param aggregates sample events of the segment; asked for only when something was measured
 * @returns family -> newest known record in ms, or null when there is none.
 */
export function findSilentFamilies(measurements: readonly Measurement[], claims: readonly ClaimInput[], aggregates: () => readonly AggregateInput[], at: number, policy: Policy): Map<string, number | null> {
  const measured = new Map<string, number>();
  for (const { basis, hosts, asOf, channel, component, family } of claims) {
    if (basis !== "flow" || hosts !== 0 || asOf === null || channel !== "" || component !== "" || asOf > at || asOf < at - policy.freshDays * DAY_MS) continue;
    measured.set(family, Math.max(measured.get(family) ?? asOf, asOf));
  }
  const newest = new Map<string, number>();
  const see = (kind: string, last: number | null): void => {
    if (last === null || last > at + SKEW_MS) return;
    const family = familyPart(kind);
    newest.set(family, Math.max(newest.get(family) ?? last, last));
  };
  for (const measurement of measurements) {
    if (measurement.asOf > at + SKEW_MS) continue;
    for (const host of measurement.hosts) if (host.count > 0) see(measurement.kind, host.last);
    if (!measurement.complete || measurement.asOf < at - policy.freshDays * DAY_MS) continue;
    const family = familyPart(measurement.kind);
    measured.set(family, Math.max(measured.get(family) ?? measurement.asOf, measurement.asOf));
  }
  if (measured.size === 0) return new Map();
  for (const row of aggregates()) {
    see(row.kind, row.freshLast);
    see(row.kind, row.staleLast);
  }
  const silent = new Map<string, number | null>();
  for (const [family, asOf] of measured) {
    const last = newest.get(family) ?? null;
    if (last === null || last < asOf - policy.silentHours * HOUR_MS) silent.set(family, last);
  }
  return silent;
}

function familyPart(kind: string): string {
  return kind.slice(0, kind.indexOf(":"));
}
