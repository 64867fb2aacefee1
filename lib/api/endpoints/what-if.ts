import { z } from "zod";
import { scenarioChoicesSchema, scenarioOutcomeSchema } from "@/lib/gaps/plan/scenario";
import { planCollectionsSchema, scenarioComparisonSchema, whatIfJsonSchema } from "@/lib/gaps/plan/what-if-json";
import { comparePlanScenarios } from "@/lib/operations/compare-plan-scenarios";
import { listPlanCollections } from "@/lib/operations/list-plan-collections";
import { listPlanScenarios } from "@/lib/operations/list-plan-scenarios";
import { projectChoices } from "@/lib/operations/project-choices";
import { removePlanScenario } from "@/lib/operations/remove-plan-scenario";
import { savePlanScenario } from "@/lib/operations/save-plan-scenario";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Gaps and plan";
const assessment = z.int().min(1).describe("default: the newest").optional();
const choices = scenarioChoicesSchema.describe("segment: name or id; collection: as `GET /plan/collections` names it");

/** What collections would bring that nobody collects yet: thoughts, never evidence. */
export const WHAT_IF_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listCollections",
    method: "GET",
    path: "/plan/collections",
    tag: TAG,
    summary: "Every collection that could be changed, with its kind and what it costs by itself",
    query: z.strictObject({ assessment, segment: z.string().describe("name or id; default: every segment").optional() }),
    response: planCollectionsSchema,
    run: (ctx, { query }) => listPlanCollections(ctx, { assessment: query.assessment ?? null, segment: query.segment ?? null }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "projectChoices",
    method: "POST",
    path: "/plan/what-if",
    tag: TAG,
    summary: "What a choice of collections would bring, cell by cell",
    says: "By the scorer, with each collection taken as whole and fresh. A projection: nothing of it is stored.",
    body: z.strictObject({ assessment, choices }),
    response: whatIfJsonSchema,
    run: (ctx, { body }) => projectChoices(ctx, { assessment: body.assessment ?? null, choices: body.choices }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listScenarios",
    method: "GET",
    path: "/plan/scenarios",
    tag: TAG,
    summary: "Saved choices of collections, newest first",
    says: "Thoughts, never evidence: no assessment reads them.",
    response: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), note: z.string(), assessmentId: z.int(), choices: scenarioChoicesSchema, outcome: scenarioOutcomeSchema, at: z.string(), by: z.string() })) }),
    run: async (ctx) => ({ items: await listPlanScenarios(ctx) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "saveScenario",
    method: "POST",
    path: "/plan/scenarios",
    tag: TAG,
    summary: "Save a choice of collections with what the scorer makes of it",
    body: z.strictObject({ name: z.string(), note: z.string().default(""), assessment, choices }),
    response: z.object({ id: z.string() }),
    status: 201,
    run: async (ctx, { body: { name, note, assessment: id, choices: chosen } }) => ({ id: await savePlanScenario(ctx, { name, note, choices: chosen, assessment: id ?? null }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "compareScenarios",
    method: "GET",
    path: "/plan/scenarios/compare",
    tag: TAG,
    summary: "Saved choices side by side, scored again on one assessment at the costs in force",
    query: z.strictObject({ scenarios: z.array(z.string()).describe("ids or names, two to six"), assessment }),
    response: scenarioComparisonSchema,
    run: (ctx, { query }) => comparePlanScenarios(ctx, { scenarios: query.scenarios, assessment: query.assessment ?? null }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "removeScenario",
    method: "DELETE",
    path: "/plan/scenarios/{scenario}",
    tag: TAG,
    summary: "Take a saved choice away",
    parameters: z.strictObject({ scenario: z.string().describe("id of a scenario") }),
    response: z.object({ removed: z.string() }),
    run: async (ctx, { path }) => {
      await removePlanScenario(ctx, path.scenario);
      return { removed: path.scenario };
    },
  }),
];
