import { baseKind, keyOnPlatform, statedPlatform } from "@/lib/telemetry/stated-platform";
import type { ScoringInput, SegmentInput } from "./scoring-input";

type Measurement = ScoringInput["measurements"][number];

/** A measurement as it speaks of one record kind. */
export interface SpokenMeasurement {
  readonly kind: string;
  readonly measurement: Measurement; // of the kind's hosts alone
}

/**
 * The kinds that a count of this kind may speak of beside it. A count by a query says no system, but the records it counted may
 * state theirs (docs/adr/0010): one kind for each of the platforms. Empty where records of the family never state one, or the
 * kind states one already.
 */
export function statedKinds(kind: string, platforms: readonly { readonly name: string }[]): readonly { readonly kind: string; readonly platform: string }[] {
  if (statedPlatform(kind) !== null) return [];
  return platforms.map(({ name }) => ({ kind: keyOnPlatform(kind, name), platform: name })).filter((stated) => baseKind(stated.kind) !== stated.kind);
}

/**
 * Which record kinds a measurement speaks of in its segment, and through which hosts. It always speaks of its own kind. Of records
 * that state a platform it speaks where the hosts decide: in a segment of a single platform all of them are of it; in a segment
 * of several, those that the roster lists for the platform, and then only the raw records of that platform stand behind it. A host
 * that no roster lists could be of any of them, so it never counts there.
 */
export function speaksOf(measurement: Measurement, { platforms, roster }: Pick<SegmentInput, "platforms" | "roster">): readonly SpokenMeasurement[] {
  const own = { kind: measurement.kind, measurement };
  const stated = statedKinds(measurement.kind, platforms);
  if (stated.length === 0) return [own];
  if (platforms.length === 1) return [own, ...stated.map(({ kind }) => ({ kind, measurement }))];
  const platformOf = new Map((roster ?? []).map(({ host, platform }) => [host, platform]));
  return [
    own,
    ...stated.flatMap(({ kind, platform }) => {
      const hosts = measurement.hosts.filter(({ host }) => platformOf.get(host) === platform);
      return hosts.length === 0 ? [] : [{ kind, measurement: { ...measurement, hosts, records: measurement.recordsOn?.includes(platform) ?? false } }];
    }),
  ];
}
