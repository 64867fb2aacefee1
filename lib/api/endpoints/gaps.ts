import { z } from "zod";
import { gapJsonSchema } from "@/lib/gaps/gap-json";
import { GAP_STATES } from "@/lib/gaps/gap-state";
import { planJsonSchema } from "@/lib/gaps/plan/plan-json";
import { commentGap } from "@/lib/operations/comment-gap";
import { getGapView } from "@/lib/operations/get-gap-view";
import { listGaps } from "@/lib/operations/list-gaps";
import { makePlan } from "@/lib/operations/make-plan";
import { setGaps } from "@/lib/operations/set-gaps";
import { SightlineError } from "@/lib/shared/errors";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Gaps and plan";
const gapParameter = z.strictObject({ gap: z.string().max(300).describe("number or key of a gap") });

/** What is missing, whose it is, and what to change first. */
export const GAP_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listGaps",
    method: "GET",
    path: "/gaps",
    tag: TAG,
    summary: "The backlog, most gain for its cost first",
    query: z.strictObject({
      segment: z.string().describe("only of this segment: its name or id").optional(),
      state: z.array(z.enum(GAP_STATES)).describe("only in these states").optional(),
      after: z.string().describe("`next` of the page before").optional(),
      limit: z.int().min(1).max(10_000).describe("default: all").optional(),
    }),
    response: z.object({ items: z.array(gapJsonSchema), next: z.string().nullable() }),
    run: async (ctx, { query: { segment, state, after, limit } }) => {
      const gaps = await listGaps(ctx, { segment, states: state });
      const last = after === undefined ? -1 : gaps.findIndex(({ id }) => id === after);
      if (after !== undefined && last < 0) throw new SightlineError("NOT_FOUND", `There is no gap "${after}" among these.`, { field: "after", remedy: "An assessment changed the backlog: begin again without it." });
      const items = gaps.slice(last + 1, limit === undefined ? undefined : last + 1 + limit);
      return { items, next: last + 1 + items.length < gaps.length ? (items.at(-1)?.id ?? null) : null };
    },
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "getGap", method: "GET", path: "/gaps/{gap}", tag: TAG, summary: "One gap", parameters: gapParameter, response: gapJsonSchema, run: async (ctx, { path }) => (await getGapView(ctx, path.gap)).gap }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setGap",
    method: "PATCH",
    path: "/gaps/{gap}",
    tag: TAG,
    summary: "Change state, owner, due date or acceptance",
    says: "Proves nothing: the next assessment closes what is proven and opens again what is not.",
    parameters: gapParameter,
    body: z.strictObject({ state: z.enum(GAP_STATES).optional(), owner: z.string().optional(), due: z.string().nullable().describe("ISO date").optional(), reason: z.string().optional(), expires: z.string().describe("ISO date, last day of an accepted risk").optional() }),
    response: gapJsonSchema,
    run: async (ctx, { path, body: { state, owner, due, reason, expires } }) => {
      const change = { ...(state === undefined ? {} : { state }), ...(owner === undefined ? {} : { owner }), ...(due === undefined ? {} : { due }), ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires }) };
      await setGaps(ctx, { ids: [path.gap], change });
      return (await getGapView(ctx, path.gap)).gap;
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "commentGap",
    method: "POST",
    path: "/gaps/{gap}/comments",
    tag: TAG,
    summary: "Add a comment to the history of a gap",
    parameters: gapParameter,
    body: z.strictObject({ text: z.string() }),
    response: z.object({ gap: z.string() }),
    status: 201,
    run: async (ctx, { path, body }) => ({ gap: await commentGap(ctx, { id: path.gap, text: body.text }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "makePlan",
    method: "GET",
    path: "/plan",
    tag: TAG,
    summary: "What to collect first within a budget, proven best where it says so",
    says: "Answers when the optimiser has: a segment within seconds, a large fleet within a minute. Without budget and target: no limit.",
    query: z.strictObject({
      segment: z.string().describe("name or id; default: the fleet").optional(),
      budget: z.number().min(0).optional(),
      target: z.number().min(0).max(1).describe("instead of a budget: a headline to reach as cheaply as possible").optional(),
      assessment: z.int().min(1).describe("default: the newest").optional(),
      seconds: z.int().min(1).max(120).describe("time limit of the optimiser").optional(),
    }),
    response: planJsonSchema,
    run: (ctx, { query: { segment, budget, target, assessment, seconds } }) => makePlan(ctx, { segment: segment ?? null, budget: budget ?? null, target: target ?? null, assessment: assessment ?? null, ...(seconds === undefined ? {} : { seconds }) }),
  }),
];
