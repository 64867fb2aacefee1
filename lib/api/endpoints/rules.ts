import { z } from "zod";
import { RULE_KINDS, refusalSchema } from "@/lib/detection/rules/stored-rule";
import { listRuleChecks, ruleCheckRowSchema } from "@/lib/operations/list-rule-checks";
import { listRules } from "@/lib/operations/list-rules";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Rules";

const ruleSchema = z.object({
  id: z.string(),
  sigmaId: z.string().nullable(),
  kind: z.enum(RULE_KINDS),
  title: z.string(),
  level: z.string().nullable(),
  status: z.string().nullable(),
  author: z.string().nullable(),
  license: z.string().nullable(),
  references: z.array(z.string()),
  tags: z.array(z.string()),
  product: z.string().nullable(),
  category: z.string().nullable(),
  service: z.string().nullable(),
  digest: z.string(),
  refusal: refusalSchema.nullable(),
  analytics: z.array(z.string()),
  proposed: z.array(z.string()),
});

/** Sigma rules, and whether they can fire. */
export const RULE_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listRules",
    method: "GET",
    path: "/rules",
    tag: TAG,
    summary: "Imported rules",
    query: z.strictObject({
      text: z.string().max(200).describe("in title, id, tags or description").optional(),
      analytic: z.string().describe("accepted for this analytic").optional(),
      refused: z.boolean().optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1_000).default(100),
    }),
    response: z.object({ items: z.array(ruleSchema), found: z.int() }),
    run: async (ctx, { query: { text, analytic, refused, offset, limit } }) => {
      const filter = { ...(text === undefined ? {} : { text }), ...(analytic === undefined ? {} : { linkedTo: analytic.toUpperCase() }), ...(refused === undefined ? {} : { refused }) };
      const { rules, found } = await listRules(ctx, filter, { skip: offset, take: limit });
      return { items: rules, found };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listRuleChecks",
    method: "GET",
    path: "/rules/check",
    tag: TAG,
    summary: "Can each rule fire, by segment",
    query: z.strictObject({ segment: z.string().describe("only this segment, by name").optional() }),
    response: z.object({ items: z.array(ruleCheckRowSchema) }),
    run: async (ctx, { query }) => ({ items: await listRuleChecks(ctx, query) }),
  }),
];
