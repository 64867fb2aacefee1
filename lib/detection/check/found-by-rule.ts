import { CHECK_STATES } from "./check-types";

/** States of a rule in a segment, the best first. stale: it could fire, on records that are no longer fresh. */
export const FOUND_STATES = ["can-fire", "stale", ...CHECK_STATES.filter((state) => state !== "can-fire")] as const;
export type FoundState = (typeof FOUND_STATES)[number];

/** What a run found of each rule in the segments that were asked for; segments and states go together. A pair that is not told is no-source. */
export type FoundByRule = ReadonlyMap<string, { readonly segments: readonly string[]; readonly states: readonly FoundState[]; readonly field: string }>; // field: the first that stands in the way anywhere, "" = none
