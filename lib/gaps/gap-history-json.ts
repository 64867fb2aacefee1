import { z } from "zod";
import { gapJsonSchema } from "./gap-json";
import type { GapEventRow } from "./gap-row";
import { GAP_EVENT_KINDS } from "./gap-state";

/** What `gaps show --json` prints: a gap, and everything that people and assessments did with it, newest first; comments among it. */
export const gapHistoryJsonSchema = z.object({
  gap: gapJsonSchema,
  history: z.array(z.object({ at: z.iso.datetime(), actor: z.string(), kind: z.enum(GAP_EVENT_KINDS), assessment: z.number().int().nullable(), text: z.string() })),
});
export type GapHistoryJson = z.infer<typeof gapHistoryJsonSchema>;

/** @param events newest first */
export function toGapHistoryJson({ gap, events }: { readonly gap: GapHistoryJson["gap"]; readonly events: readonly GapEventRow[] }): GapHistoryJson {
  return { gap, history: events.map(({ at, actor, kind, assessmentId, text }) => ({ at, actor, kind, assessment: assessmentId, text })) };
}
