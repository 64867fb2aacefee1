import { z } from "zod";
import { speaksOf } from "./kinds-of-measurement";
import { measurementSchema, segmentInputSchema } from "./scoring-input";

/** A measurement of one record kind as an assessment pinned it. Times in ms. */
export interface MeasuredSource {
  readonly kind: string; // as it was counted
  readonly hosts: number; // with records
  readonly records: number;
  readonly newest: number | null;
  readonly asOf: number;
  readonly complete: boolean;
  readonly withRecords: boolean; // raw records came with it
  readonly system: string;
  readonly ranBy: string;
  readonly version: number | null;
  readonly query: { readonly digest: string; readonly text: string } | null;
}

const partsSchema = z.looseObject({ segments: z.array(z.unknown()), measurements: z.array(z.unknown()), queries: z.record(z.string(), z.string()).optional() });
const placesSchema = z.array(segmentInputSchema.pick({ id: true, platforms: true, roster: true }));

/**
 * Measurements of a segment that speak of a record kind in a kept ScoringInput, as the scorer matches them: of a kind that states its
 * platform also a count of the plain kind, by the hosts that decide it. Newest first; none where this version cannot read it.
 */
export function measuredOf(value: unknown, segment: string, kind: string): MeasuredSource[] {
  const parts = partsSchema.safeParse(value).data;
  // Only what is of the segment is checked: an input may hold hundreds of them.
  const places = placesSchema.safeParse(parts?.segments.filter((one) => textAt(one, "id") === segment)).data;
  const own = z.array(measurementSchema).safeParse(parts?.measurements.filter((one) => textAt(one, "segment") === segment)).data;
  if (!parts || !places || !own) return [];
  const place = places[0] ?? { platforms: [], roster: null };
  return own
    .flatMap((measurement) => speaksOf(measurement, place).filter((spoken) => spoken.kind === kind))
    .map(({ measurement: { kind: counted, hosts, asOf, complete, records, query, system = "", ranBy = "", version = null } }) => {
      const seen = hosts.filter(({ count }) => count > 0);
      return {
        kind: counted,
        hosts: seen.length,
        records: seen.reduce((sum, { count }) => sum + count, 0),
        newest: seen.reduce<number | null>((last, host) => (last === null || host.last > last ? host.last : last), null),
        asOf,
        complete,
        withRecords: records,
        system,
        ranBy,
        version,
        query: query === undefined ? null : { digest: query, text: parts.queries?.[query] ?? "" },
      };
    })
    .sort((a, b) => b.asOf - a.asOf);
}

function textAt(value: unknown, key: string): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : "";
}
