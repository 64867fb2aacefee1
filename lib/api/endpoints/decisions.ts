import { z } from "zod";
import { policySchema } from "@/lib/assessment/scoring-input";
import { addExclusion } from "@/lib/operations/add-exclusion";
import { getPolicy } from "@/lib/operations/get-policy";
import { listExclusions } from "@/lib/operations/list-exclusions";
import { gateOutcomeSchema, runGate } from "@/lib/operations/run-gate";
import { setPolicy } from "@/lib/operations/set-policy";
import { verifyAuditChain } from "@/lib/operations/verify-audit-chain";
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
    id: "listExclusions",
    method: "GET",
    path: "/exclusions",
    tag: TAG,
    summary: "Exclusions, newest first, expired ones included",
    response: z.object({ items: z.array(exclusionSchema.extend({ segmentId: z.string(), createdAt: z.string(), createdBy: z.string(), expired: z.boolean() })) }),
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
