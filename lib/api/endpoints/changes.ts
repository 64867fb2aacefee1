import { z } from "zod";
import { DOMAINS } from "@/lib/catalog/types";
import { getComparison } from "@/lib/operations/get-comparison";
import { getReleaseEffect } from "@/lib/operations/get-release-effect";
import { getTrend } from "@/lib/operations/get-trend";
import { compareJsonSchema } from "@/lib/reports/compare-json";
import { releaseEffectSchema } from "@/lib/reports/release-effect";
import { trendSchema } from "@/lib/reports/trend-view";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "What changed";

/** Trend, comparison, and what a new release would do. */
export const CHANGE_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "compareAssessments",
    method: "GET",
    path: "/compare",
    tag: TAG,
    summary: "The difference of two assessments: waterfall, transitions, and every changed cell with what moved it",
    says: "The parts of the waterfall stand in a fixed order and add up exactly. Default: the newest and the one before it.",
    query: z.strictObject({ a: z.int().min(1).describe("the earlier assessment").optional(), b: z.int().min(1).describe("the later one").optional(), segment: z.string().describe("name; default: the fleet").optional() }),
    response: compareJsonSchema,
    run: (ctx, { query: { a, b, segment } }) => getComparison(ctx, { a: a ?? null, b: b ?? null, ...(segment === undefined ? {} : { segment }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getTrend",
    method: "GET",
    path: "/trend",
    tag: TAG,
    summary: "The numbers over the assessments, with what moved the ground under them",
    says: "Only assessments of the same domains: numbers of others are of other analytics. `choices` says which there are.",
    query: z.strictObject({ segment: z.string().describe("name or id; default: the fleet").optional(), domains: z.array(z.enum(DOMAINS)).describe("exactly these; default: those of the newest assessment").optional() }),
    response: trendSchema,
    run: (ctx, { query }) => getTrend(ctx, { segment: query.segment ?? null, domains: query.domains ?? null }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getReleaseEffect",
    method: "GET",
    path: "/catalog/effect",
    tag: TAG,
    summary: "What an imported release would change if it were current, or changed since an earlier one",
    query: z.strictObject({ release: z.string().describe("a release such as 19.1 or mobile-19.1"), from: z.string().describe("the release to hold it against; default: the current one").optional() }),
    response: releaseEffectSchema,
    run: (ctx, { query }) => getReleaseEffect(ctx, query),
  }),
];
