import { z } from "zod";
import { costRatesSchema, costRowSchema, costSettingsSchema } from "@/lib/gaps/costs";
import { COST_COLUMNS } from "@/lib/gaps/plan/read-costs-csv";
import { getJob } from "@/lib/operations/get-job";
import { getPlanView } from "@/lib/operations/get-plan-view";
import { importPlanCosts } from "@/lib/operations/import-plan-costs";
import { listPlanCosts } from "@/lib/operations/list-plan-costs";
import { setPlanCosts } from "@/lib/operations/set-plan-costs";
import { startPlanFrontier } from "@/lib/operations/trace-plan-frontier";
import { SightlineError } from "@/lib/shared/errors";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { fileNameParameter, jobSchema } from "../schemas";

const TAG = "Gaps and plan";
const version = z.object({ version: z.int().describe("of the costs, that was written") });
const assessment = z.int().min(1).describe("default: the newest").optional();

/** What a plan rests on, and every efficient plan. */
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
      dependences: z.array(z.object({ segment: z.string(), family: z.string(), lost: z.int().describe("observed cells that would be none if every record of the family ceased"), of: z.int().describe("observed cells of the segment") })).describe("what rests on one source alone, most cells first"),
    }),
    run: async (ctx, { query }) => {
      const view = await getPlanView(ctx, query.assessment ?? null);
      const doc = view?.frontier?.doc;
      if (view === null || doc === undefined) throw new SightlineError("NOT_FOUND", "The efficient plans of this assessment were not traced for the costs as they stand.", { field: "assessment", remedy: "POST to this address, and poll the job in Location." });
      return { assessment: view.assessment, currency: doc.currency, proven: doc.proven, points: doc.points.map(({ cost, points, cells, actions }) => ({ cost, points, cells, actions: actions?.length ?? null })), dependences: doc.dependences.map(({ segment, ...rest }) => ({ segment: doc.segments[segment]?.name ?? "", ...rest })) };
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
    response: costSettingsSchema.extend({ version: z.int().describe("0: nobody stated anything"), unpriced: z.array(z.string()).describe("shared licences that rows name and that nobody prices: they count as nothing"), versions: z.array(z.object({ version: z.int(), at: z.string(), by: z.string(), reason: z.string() })) }),
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
    id: "importCosts",
    method: "POST",
    path: "/plan/costs/import",
    tag: TAG,
    summary: "State costs from a CSV",
    says: "A row replaces what was stated of the same segment and collection. Rows that were refused are listed, the others are written as the next version; a file of which no row was understood is refused.",
    takes: "text/csv",
    query: z.strictObject({ fileName: fileNameParameter }),
    body: z.string().describe(`columns ${COST_COLUMNS.join(",")}`),
    response: z.object({
      version: z.int().describe("that holds them; as it was where nothing was new"),
      rows: z.int(),
      understood: z.int(),
      changed: z.int(),
      refused: z.object({ count: z.int().describe("rows"), rows: z.array(z.object({ line: z.int().nullable(), row: z.int(), field: z.string(), message: z.string(), remedy: z.string() })) }),
      unknownColumns: z.array(z.string()),
      unpriced: z.array(z.string()).describe("shared licences that rows name and that nobody prices: they count as nothing"),
    }),
    run: async (ctx, { query, body }) => {
      const { version, rows, understood, changed, refused, unknownColumns, unpriced } = await importPlanCosts(ctx, { fileName: query.fileName, content: new TextEncoder().encode(body) });
      return { version, rows, understood: understood.length, changed, refused: { count: new Set(refused.map(({ row }) => row)).size, rows: refused }, unknownColumns, unpriced };
    },
  }),
];
