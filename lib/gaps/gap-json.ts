import { z } from "zod";
import { expectedEvidenceSchema } from "./expected-evidence";
import { gapLabel } from "./gap-key";
import type { GapRow } from "./gap-row";
import { GAP_CLOSINGS, GAP_STATES, isLapsed, stateOn } from "./gap-state";
import { GAP_CODES, GAP_GROUPS, GAP_KINDS } from "./gap-words";
import type { GapPrice } from "./price-gap";

/**
 * A gap as `gaps list` prints it. points and alonePoints: millionths of the fleet's headline; cost: money a year; gain: points for
 * 10,000 of it; lapsed: its acceptance ended, so it counts as open; analytics: of the cells that it holds, or held before it was done.
 */
export const gapJsonSchema = z.object({
  id: z.string(),
  key: z.string(),
  segment: z.string(),
  segmentId: z.string(),
  domain: z.string(),
  group: z.enum(GAP_GROUPS),
  kind: z.enum(GAP_KINDS),
  what: z.string(),
  component: z.object({ id: z.string(), name: z.string() }).nullable(),
  family: z.string(),
  code: z.enum(GAP_CODES),
  why: z.string(),
  causes: z.array(z.object({ code: z.enum(GAP_CODES), why: z.string(), cells: z.number().int() })),
  cells: z.number().int(),
  points: z.number().int(),
  alone: z.number().int(),
  alonePoints: z.number().int(),
  cost: z.number().nullable(),
  gain: z.number().int().nullable(),
  collections: z.array(z.string()),
  state: z.enum(GAP_STATES),
  closing: z.enum(GAP_CLOSINGS).nullable(),
  lapsed: z.boolean(),
  owner: z.string(),
  due: z.string().nullable(),
  reason: z.string(),
  expires: z.string().nullable(),
  openedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  assessment: z.number().int(),
  analytics: z.array(z.string()),
  expected: expectedEvidenceSchema,
});
export type GapJson = z.infer<typeof gapJsonSchema>;

/** @param today ISO date by which acceptances end */
export function toGapJson(row: GapRow, price: GapPrice, today: string): GapJson {
  const { decision, causes, analytics, expected } = row;
  const { key, segment, segmentId, domain, group, kind, what, component, family, code, why, cells, points, alone, alonePoints, openedAt, changedAt } = row;
  return {
    id: gapLabel(row.id), key, segment, segmentId, domain, group, kind, what, component, family, code, why, causes: [...causes], cells, points, alone, alonePoints,
    cost: price.cost, gain: price.gain, collections: [...price.collections],
    state: stateOn(decision, today), closing: decision.closing, lapsed: isLapsed(decision, today), owner: decision.owner, due: decision.due, reason: decision.reason, expires: decision.expires,
    openedAt, changedAt, assessment: row.assessmentId, analytics: [...analytics], expected,
  };
}

/** Most gain for its cost first; then points, cells, number; what nothing can close, and what is done, after the rest. */
export function byGain(a: Pick<GapJson, "gain" | "points" | "cells" | "id">, b: Pick<GapJson, "gain" | "points" | "cells" | "id">): number {
  return (b.gain ?? -1) - (a.gain ?? -1) || b.points - a.points || b.cells - a.cells || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
