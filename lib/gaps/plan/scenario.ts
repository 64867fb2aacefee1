import { z } from "zod";

/** What a scenario takes as collected: a name for a choice, never evidence. segment: id. */
export const scenarioChoicesSchema = z.array(z.object({ segment: z.string(), collection: z.string() })).max(2_000);
export type ScenarioChoices = z.infer<typeof scenarioChoicesSchema>;

/** What it came to when it was saved, by the scorer: points in millionths of the fleet's headline, cells, money. */
export const scenarioOutcomeSchema = z.object({ points: z.number().int(), cells: z.number().int(), cost: z.number().int(), currency: z.string(), before: z.number().int(), after: z.number().int(), n: z.number().int() });
export type ScenarioOutcome = z.infer<typeof scenarioOutcomeSchema>;
