import { namesNoMachine } from "@/lib/telemetry/stand-in-hosts";
import { DAY_MS, HOUR_MS, SKEW_MS } from "./instants";
import type { AggregateInput, ClaimInput, Policy, ScoringInput, SegmentInput } from "./scoring-input";

type Measurement = ScoringInput["measurements"][number];

/**
 * Families that have fallen silent in one segment (design, section 7: "a complete measurement, flow statistic ... shows no
 * record of a family for silentHours"). A family is silent when a complete measurement of it (one of its kinds or
 * "family:*"), or a flow statistic of its whole log source that counts zero hosts, is at most freshDays old, and nothing of
 * the family, measured or sampled, is newer than silentHours before that.
 *
 * "Complete" says that every host of the segment was asked for. Where a tenant, an account or an address stands for a host, that
 * covers the source only if the tenant is one of those hosts: so a query's empty result shows silence of such a family only
 * after something of it came from a host of the segment. A watched folder that delivered the family asks for no hosts.
 *
 * @param claims of the segment; those of other bases, with hosts, or of a single channel or component say nothing here
 * @param aggregates sample events of the segment; asked for only when something was measured
 * @param roster of the segment; null: every named host is its own
 * @returns family -> newest known record in ms, or null when there is none.
 */
export function findSilentFamilies(measurements: readonly Measurement[], claims: readonly ClaimInput[], aggregates: () => readonly AggregateInput[], at: number, policy: Policy, roster: SegmentInput["roster"]): Map<string, number | null> {
  const measured = new Map<string, number>();
  const doubtful = new Map<string, number>(); // complete, if the tenant is covered
  const note = (into: Map<string, number>, family: string, asOf: number): void => void into.set(family, Math.max(into.get(family) ?? asOf, asOf));
  for (const { basis, hosts, asOf, channel, component, family } of claims) {
    if (basis !== "flow" || hosts !== 0 || asOf === null || channel !== "" || component !== "" || asOf > at || asOf < at - policy.freshDays * DAY_MS) continue;
    note(measured, family, asOf);
  }
  const newest = new Map<string, number>();
  const covered = new Set<string>(); // families of which a host of the segment showed something
  const listed = roster === null ? null : new Set(roster.map(({ host }) => host));
  const see = (kind: string, host: string, last: number | null): void => {
    if (last === null || last > at + SKEW_MS) return;
    const family = familyPart(kind);
    newest.set(family, Math.max(newest.get(family) ?? last, last));
    if (host !== "" && (listed === null || listed.has(host))) covered.add(family);
  };
  for (const measurement of measurements) {
    if (measurement.asOf > at + SKEW_MS) continue;
    for (const { host, count, last } of measurement.hosts) if (count > 0) see(measurement.kind, host, last);
    if (!measurement.complete || measurement.asOf < at - policy.freshDays * DAY_MS) continue;
    const family = familyPart(measurement.kind);
    note(namesNoMachine(family) && measurement.watched !== true ? doubtful : measured, family, measurement.asOf);
  }
  if (measured.size + doubtful.size === 0) return new Map();
  for (const row of aggregates()) {
    see(row.kind, row.host, row.freshLast);
    see(row.kind, row.host, row.staleLast);
  }
  for (const [family, asOf] of doubtful) if (covered.has(family)) note(measured, family, asOf);
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
