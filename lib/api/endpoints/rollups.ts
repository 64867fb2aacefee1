import { z } from "zod";
import { ROLLUP_LEVELS } from "@/lib/assessment/rollups";
import { rollupsJsonSchema } from "@/lib/assessment/rollups-json";
import { getRollups } from "@/lib/operations/get-rollups";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { assessmentId, assessmentParameter } from "../schemas";

/** The one number at every level. */
export const ROLLUP_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getRollups",
    method: "GET",
    path: "/assessments/{assessment}/rollups",
    tag: "Assessments",
    summary: "The number at every level: analytic, strategy, technique, tactic, segment, fleet",
    says: "One ratio of sums at every level. A tactic adds distinct techniques, and totals never add tactics.",
    parameters: assessmentParameter,
    query: z.strictObject({ level: z.array(z.enum(ROLLUP_LEVELS)).describe("default: all").optional(), segment: z.string().describe("only this segment: its name or id").optional(), each: z.boolean().describe("the fleet, and then every segment").optional() }),
    response: rollupsJsonSchema,
    run: (ctx, { path, query: { level, ...query } }) => getRollups(ctx, { ...query, assessment: assessmentId(path.assessment), ...(level === undefined ? {} : { levels: level }) }),
  }),
];
