import { z } from "zod";

/**
 * Where the parts of a kept ScoringInput lie in its canonical text, so that a page reads only what it shows: [from, to] in bytes, one
 * pair after another where a part lies in several places. Elements of an array that stand beside each other share a pair.
 */
const ranges = z.array(z.number().int().nonnegative());

/** Of the fleet: the value of every key at the top, each analytic by its id, and the acceptSets by position, a pair each. */
export const fleetPartsSchema = z.object({ values: z.record(z.string(), ranges), analytics: z.record(z.string(), ranges), acceptSets: ranges });
export type FleetParts = z.infer<typeof fleetPartsSchema>;

/** Of a segment: what each array holds of it; aggregates by record kind; datasets: ids of the samples that they come from, sorted. */
export const segmentPartsSchema = z.object({
  segments: ranges,
  claims: ranges,
  measurements: ranges,
  quality: ranges,
  aggregates: z.record(z.string(), ranges),
  datasets: z.array(z.string()),
});
export type SegmentParts = z.infer<typeof segmentPartsSchema>;

export interface InputParts {
  readonly fleet: FleetParts;
  readonly segments: ReadonlyMap<string, SegmentParts>; // by id
}
