import { z } from "zod";
import type { AssessmentRow } from "@/lib/assessment/store";
import type { OperationContext } from "../context";
import { openInputParts, rangesOf } from "./open-input-parts";

export interface InputPartQuery {
  readonly analytic: string;
  readonly segment: string; // id
  readonly kinds: readonly string[]; // record kinds of the aggregates that are asked for
}

/** Keys at the top that are read whole: what every verdict rests on, and small. */
const WHOLE = ["schema", "at", "engine", "domains", "releases", "catalogDigests", "policy", "weights", "fieldSets", "shapes", "kindPlatforms"];

const referencesSchema = z.looseObject({ requirements: z.array(z.looseObject({ alternatives: z.array(z.looseObject({ accepts: z.number().int().nonnegative() })) })) });

/**
 * What an assessment pinned for one analytic in one segment, and no more: a ScoringInput whose arrays hold only that analytic, that
 * segment, its measurements and its aggregates of these kinds, and whose acceptSets are empty where the analytic refers to none; what
 * else there is, is left out. It is read from the kept input itself, by the places noted when that was written, so it costs the same
 * whatever the size of the fleet.
 *
 * @returns null when the input is not kept
 * @throws SightlineError CONFLICT when the kept input was damaged
 */
export async function readInputPart(ctx: Pick<OperationContext, "db" | "files">, row: Pick<AssessmentRow, "id" | "inputDigest">, query: InputPartQuery): Promise<Readonly<Record<string, unknown>> | null> {
  const parts = await openInputParts(ctx, row, query.segment);
  if (parts === null) return null;
  const { fleet, segment, read } = parts;
  const values = (key: string): readonly number[] => rangesOf(fleet.values, key);
  const aggregates = [...new Set(query.kinds)].flatMap((kind) => rangesOf(segment.aggregates, kind));
  const whole = [...WHOLE, ...(segment.measurements.length > 0 ? ["queries"] : [])].filter((key) => values(key).length > 0); // texts of queries are those of measurements
  const lists = await read([rangesOf(fleet.analytics, query.analytic), segment.segments, segment.measurements, aggregates, ...whole.map(values)]);
  const used = new Set((lists[0] ?? []).flatMap((analytic) => referencesSchema.safeParse(analytic).data?.requirements.flatMap(({ alternatives }) => alternatives.map(({ accepts }) => accepts)) ?? []));
  const sets = fleet.acceptSets.flatMap((from, at) => (at % 2 === 0 ? [used.has(at / 2) ? [from, fleet.acceptSets[at + 1] ?? from] : []] : []));
  return {
    ...Object.fromEntries(whole.map((key, at) => [key, lists[4 + at]?.[0]])),
    acceptSets: (await read(sets)).map(([set = []]) => set),
    analytics: lists[0] ?? [],
    segments: lists[1] ?? [],
    measurements: lists[2] ?? [],
    aggregates: lists[3] ?? [],
  };
}
