import { z } from "zod";
import { costRatesSchema, costRowSchema, costSettingsSchema } from "@/lib/gaps/costs";
import { scenarioChoicesSchema, scenarioOutcomeSchema } from "@/lib/gaps/plan/scenario";
import { getJob } from "@/lib/operations/get-job";
import { getPlanView } from "@/lib/operations/get-plan-view";
import { listPlanCosts } from "@/lib/operations/list-plan-costs";
import { listPlanScenarios } from "@/lib/operations/list-plan-scenarios";
import { removePlanScenario } from "@/lib/operations/remove-plan-scenario";
import { savePlanScenario } from "@/lib/operations/save-plan-scenario";
import { setPlanCosts } from "@/lib/operations/set-plan-costs";
import { startPlanFrontier } from "@/lib/operations/trace-plan-frontier";
import { SightlineError } from "@/lib/shared/errors";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { jobSchema } from "../schemas";

const TAG = "Gaps and plan";
const version = z.object({ version: z.int().describe("of the costs, that was written") });
const assessment = z.int().min(1).describe("default: the newest").optional();

/** What a plan rests on, every efficient plan, and choices that were saved. */
export const PLAN_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getFrontier",
    method: "GET",
    path: "/plan/frontier",
    tag: TAG,
    summary: "The efficient plans: for every cost the most that it can win",
    says: "Points are millionths of the fleet's headline. 404 until it was traced for these costs: start it with POST.",
    query: z.strictObject({ assessment }),
    response: z.object({
      assessment: z.int(),
      currency: z.string(),
      proven: z.boolean().describe("every point is the proven optimum of its cost"),
      points: z.array(z.object({ cost: z.int(), points: z.int(), cells: z.int(), actions: z.int().nullable().describe("how many; null where they were too many to keep") })),
    }),
    run: async (ctx, { query }) => {
      const view = await getPlanView(ctx, query.assessment ?? null);
      const doc = view?.frontier?.doc;
      if (view === null || doc === undefined) throw new SightlineError("NOT_FOUND", "The efficient plans of this assessment were not traced for the costs as they stand.", { field: "assessment", remedy: "POST to this address, and poll the job in Location." });
      return { assessment: view.assessment, currency: doc.currency, proven: doc.proven, points: doc.points.map(({ cost, points, cells, actions }) => ({ cost, points, cells, actions: actions?.length ?? null })) };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "traceFrontier",
    method: "POST",
    path: "/plan/frontier",
    tag: TAG,
    summary: "Trace the efficient plans",
    says: "Runs as a job: poll the address in Location until its state is done.",
    body: z.strictObject({ assessment }),
    response: jobSchema,
    status: 202,
    run: async (ctx, { body }) => getJob(ctx, await startPlanFrontier(ctx, body.assessment ?? null)),
    locate: ({ id }) => `/api/v1/jobs/${id}`,
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getCosts",
    method: "GET",
    path: "/plan/costs",
    tag: TAG,
    summary: "What is stated of costs, and every version",
    says: "For everything that is not stated, Sightline's own estimates count.",
    response: costSettingsSchema.extend({ version: z.int().describe("0: nobody stated anything"), versions: z.array(z.object({ version: z.int(), at: z.string(), by: z.string(), reason: z.string() })) }),
    run: (ctx) => listPlanCosts(ctx),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setCost",
    method: "PUT",
    path: "/plan/costs",
    tag: TAG,
    summary: "State the cost of a collection, or change the rates",
    says: "Writes the next version. A row replaces the one of the same segment and collection.",
    body: z.union([z.strictObject({ set: costRowSchema }), z.strictObject({ remove: costRowSchema.pick({ segment: true, collection: true }) }), z.strictObject({ rates: costRatesSchema })]),
    response: version,
    run: async (ctx, { body }) => ({ version: await setPlanCosts(ctx, body) }),
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
    body: z.strictObject({ name: z.string(), note: z.string().default(""), assessment, choices: scenarioChoicesSchema.describe("segment: id; collection: as `GET /plan` names it") }),
    response: z.object({ id: z.string() }),
    status: 201,
    run: async (ctx, { body: { name, note, assessment: id, choices } }) => ({ id: await savePlanScenario(ctx, { name, note, choices, assessment: id ?? null }) }),
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
