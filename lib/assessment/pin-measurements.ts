import type { Measurement } from "@/lib/inventory/measurements/types";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { SKEW_MS } from "./instants";
import { statedKinds } from "./kinds-of-measurement";
import type { Policy, ScoringInput } from "./scoring-input";

/** What measurements and watched folders say, as the ScoringInput holds it. */
export interface PinnedMeasurements {
  readonly measurements: ScoringInput["measurements"];
  readonly queries: Readonly<Record<string, string>>; // sha256 -> text
}

/** A family that a watched folder delivered, and when the folder was last read to the end. */
export interface WatchedFamily {
  readonly segmentId: string;
  readonly family: string;
  readonly since: number;
  readonly lookedAt: number;
}

/** Every row of a measurement has a time and a host, whether or not its query counts them. */
const ALWAYS = ["host", "ts"];

/**
 * Picks what holds at T: of each query the newest version that had looked by then. A watched family is a complete look at
 * "family:*" that shows nothing by itself, at the time when the folder was last read and not later than T: so its silence is
 * told by the newest record that anything holds of it, and a watch that stopped concludes nothing from its own blindness.
 *
 * @param platforms of each segment: of which kinds a measurement of it speaks
 * @param rows datasets and the record kinds that count from them: whose raw records are there
 */
export function pinMeasurements(measurements: readonly Measurement[], watched: readonly WatchedFamily[], rows: readonly { readonly dataset: string; readonly kind: string }[], at: number, policy: Pick<Policy, "fillPercent">, platforms: ReadonlyMap<string, readonly { readonly name: string }[]> = new Map()): PinnedMeasurements {
  const newest = new Map<string, Measurement>();
  for (const measurement of measurements) {
    if (measurement.asOf > at + SKEW_MS) continue;
    const key = `${measurement.segmentId}\n${measurement.scope}`;
    const known = newest.get(key);
    if (known === undefined || measurement.version > known.version) newest.set(key, measurement);
  }
  const held = new Set(rows.map(({ dataset, kind }) => `${dataset}\n${kind}`));
  const current = [...newest.values()];
  const recordsOf = ({ rawDatasets, kind, segmentId }: Measurement): { readonly records: boolean; readonly recordsOn?: string[] } => {
    const holds = (one: string): boolean => rawDatasets.some((dataset) => held.has(`${dataset}\n${one}`));
    const on = statedKinds(kind, platforms.get(segmentId) ?? []).filter((stated) => holds(stated.kind)).map(({ platform }) => platform);
    const single = platforms.get(segmentId)?.length === 1; // all of its hosts are of it, and all of its records
    return { records: holds(kind) || (single && on.length > 0), ...(single || on.length === 0 ? {} : { recordsOn: on.sort(compareCodeUnits) }) };
  };
  return {
    measurements: [
      ...current.map((measurement) => toInput(measurement, recordsOf(measurement), policy)),
      ...watched.filter(({ since }) => since <= at).map(({ segmentId, family, lookedAt }) => ({ segment: segmentId, kind: `${family}:*`, complete: true, records: false, hosts: [], asOf: Math.min(lookedAt, at), watched: true })),
    ],
    queries: Object.fromEntries(current.filter(({ queryDigest }) => queryDigest !== "").map(({ queryDigest, query }) => [queryDigest, query])),
  };
}

function toInput({ segmentId, kind, complete, hosts, asOf, queryDigest, system, ranBy, version }: Measurement, raw: Pick<ScoringInput["measurements"][number], "records" | "recordsOn">, { fillPercent }: Pick<Policy, "fillPercent">): ScoringInput["measurements"][number] {
  return {
    segment: segmentId,
    kind,
    complete,
    ...raw,
    hosts: hosts.flatMap(({ key, count, last, fills }) => {
      if (last === null) return []; // no record: nothing to say of it
      const fields = Object.entries(fills).filter(([field, filled]) => !ALWAYS.includes(field) && filled * 100 >= fillPercent * count);
      const short = fields.filter(([, filled]) => filled < count).map(([field, filled]) => [field, count - filled] as const);
      return [{ host: key, count, last, filled: [...ALWAYS, ...fields.map(([field]) => field)].sort(compareCodeUnits), ...(short.length === 0 ? {} : { short: Object.fromEntries(short) }) }];
    }),
    asOf,
    ...(queryDigest === "" ? {} : { query: queryDigest }),
    ...(system === "" ? {} : { system }),
    ...(ranBy === "" ? {} : { ranBy }),
    version,
  };
}
