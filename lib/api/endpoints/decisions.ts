import { z } from "zod";
import { policySchema } from "@/lib/assessment/scoring-input";
import { MILLION } from "@/lib/assessment/status";
import { targetJsonSchema, toTargetJson } from "@/lib/assessment/target-json";
import { addExclusion } from "@/lib/operations/add-exclusion";
import { getPolicy } from "@/lib/operations/get-policy";
import { getSegment } from "@/lib/operations/get-segment";
import { listExclusions } from "@/lib/operations/list-exclusions";
import { listTargetChanges } from "@/lib/operations/list-target-changes";
import { listTargets } from "@/lib/operations/list-targets";
import { previewPolicy } from "@/lib/operations/preview-policy";
import { gateOutcomeSchema, runGate } from "@/lib/operations/run-gate";
import { setPolicy } from "@/lib/operations/set-policy";
import { setTarget } from "@/lib/operations/set-target";
import { verifyAuditChain } from "@/lib/operations/verify-audit-chain";
import { withdrawExclusion } from "@/lib/operations/withdraw-exclusion";
import { policyEffectJson, policyEffectJsonSchema } from "@/lib/reports/policy-effect-json";
import { targetsJson, targetsJsonSchema } from "@/lib/reports/targets-json";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Decisions";

const exclusionSchema = z.object({ id: z.string(), analytic: z.string(), segment: z.string(), reason: z.string(), owner: z.string(), expires: z.iso.date() });

/** What people decided that a verdict depends on, and the gate that pipelines ask. */
export const DECISION_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getPolicy",
    method: "GET",
    path: "/policy",
    tag: TAG,
    summary: "The policy of the next assessment, and its versions",
    response: z.object({ policy: policySchema, versions: z.array(z.object({ policy: policySchema, at: z.string(), by: z.string(), reason: z.string() })) }),
    run: (ctx) => getPolicy(ctx),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setPolicy",
    method: "PATCH",
    path: "/policy",
    tag: TAG,
    summary: "Write the next version of the policy",
    says: "Assessments that ran keep theirs.",
    body: z.strictObject({ settings: policySchema.omit({ version: true }).partial().describe("what changes"), reason: z.string().min(1) }),
    response: policySchema,
    run: (ctx, { body }) => setPolicy(ctx, { settings: Object.entries(body.settings).map(([key, value]) => `${key}=${value}`), reason: body.reason }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "previewPolicy",
    method: "POST",
    path: "/policy/preview",
    tag: TAG,
    summary: "What changed settings would do to today's numbers",
    says: "Nothing is written.",
    body: z.strictObject({ settings: policySchema.omit({ version: true }).partial().describe("what would change") }),
    response: policyEffectJsonSchema,
    run: async (ctx, { body }) => policyEffectJson(await previewPolicy(ctx, Object.entries(body.settings).map(([key, value]) => `${key}=${value}`))),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listTargets",
    method: "GET",
    path: "/targets",
    tag: TAG,
    summary: "Every segment against its target, farthest first",
    says: "Shares of the newest assessment, as fractions 0..1.",
    response: targetsJsonSchema,
    run: async (ctx) => targetsJson(await listTargets(ctx)),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setTarget",
    method: "PUT",
    path: "/targets",
    tag: TAG,
    summary: "Set, change or take away the target of a segment",
    says: "It moves no verdict; assessments that ran keep theirs.",
    body: z.strictObject({ segment: z.string().describe("name or id"), target: targetJsonSchema.nullable().describe("null takes it away"), reason: z.string().min(1) }),
    response: z.object({ segment: z.string(), target: targetJsonSchema.nullable() }),
    run: async (ctx, { body: { segment, target, reason } }) => {
      const set = await setTarget(ctx, { segment, target: target && { ...target, value: Math.round(target.value * MILLION) }, reason });
      return { segment: set.segment, target: set.target && toTargetJson(set.target) };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listTargetChanges",
    method: "GET",
    path: "/targets/history",
    tag: TAG,
    summary: "How the target of a segment came to be what it is, newest first",
    query: z.strictObject({ segment: z.string().describe("name or id") }),
    response: z.object({ items: z.array(z.object({ at: z.string(), by: z.string(), reason: z.string(), from: targetJsonSchema.nullable(), to: targetJsonSchema.nullable() })) }),
    run: async (ctx, { query }) => ({ items: (await listTargetChanges(ctx, (await getSegment(ctx, query.segment)).segment.id)).map(({ at, by, reason, from, to }) => ({ at, by, reason, from: from && toTargetJson(from), to: to && toTargetJson(to) })) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listExclusions",
    method: "GET",
    path: "/exclusions",
    tag: TAG,
    summary: "Exclusions, newest first, expired and withdrawn ones included",
    response: z.object({
      items: z.array(
        exclusionSchema.extend({
          segmentId: z.string(),
          createdAt: z.string(),
          createdBy: z.string(),
          approvedBy: z.string().nullable().describe("a second person; nobody before there are accounts"),
          withdrawn: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
          expired: z.boolean(),
        }),
      ),
    }),
    run: async (ctx) => ({ items: await listExclusions(ctx) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "addExclusion",
    method: "POST",
    path: "/exclusions",
    tag: TAG,
    summary: "Take a cell out of the denominator for a time",
    body: z.strictObject({ analytic: z.string(), segment: z.string().describe("name or id"), reason: z.string(), owner: z.string(), expires: z.string().describe("last day it holds, at most 12 months ahead") }),
    response: exclusionSchema,
    status: 201,
    run: (ctx, { body }) => addExclusion(ctx, body),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "withdrawExclusion",
    method: "POST",
    path: "/exclusions/withdraw",
    tag: TAG,
    summary: "End an exclusion before its last day",
    says: "The cell counts again from the next assessment on; the exclusion stays listed.",
    body: z.strictObject({ id: z.string(), reason: z.string().min(1) }),
    response: z.object({ withdrawn: z.string() }),
    run: async (ctx, { body }) => {
      await withdrawExclusion(ctx, body);
      return { withdrawn: body.id };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "runGate",
    method: "POST",
    path: "/gate",
    tag: TAG,
    summary: "May the pipeline go on?",
    says: "Answers 200 either way; read `passed`. `sightline gate` turns it into an exit code.",
    body: z.strictObject({ minObserved: z.number().min(0).max(1).optional(), noRegression: z.boolean().optional(), rules: z.boolean().optional(), segment: z.string().describe("name; default: the fleet").optional() }),
    response: gateOutcomeSchema,
    run: (ctx, { body }) => runGate(ctx, body),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "verifyAudit",
    method: "GET",
    path: "/audit/verify",
    tag: TAG,
    summary: "Recompute the audit log's hash chain",
    response: z.object({ entries: z.int(), lastHash: z.string(), broken: z.object({ seq: z.string(), why: z.string() }).nullable() }),
    run: (ctx) => verifyAuditChain(ctx),
  }),
];
