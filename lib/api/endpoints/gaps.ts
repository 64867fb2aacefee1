import { z } from "zod";
import { gapHistoryJsonSchema, toGapHistoryJson } from "@/lib/gaps/gap-history-json";
import { gapJsonSchema } from "@/lib/gaps/gap-json";
import { gapLabel, readGapLabel } from "@/lib/gaps/gap-key";
import { GAP_STATES, type GapChange, type GapState } from "@/lib/gaps/gap-state";
import { planJsonSchema } from "@/lib/gaps/plan/plan-json";
import { commentGap } from "@/lib/operations/comment-gap";
import { exportGapsCsv, exportGapTickets, type GapExportQuery } from "@/lib/operations/export-gaps";
import { getGapView } from "@/lib/operations/get-gap-view";
import { listGaps } from "@/lib/operations/list-gaps";
import { makePlan } from "@/lib/operations/make-plan";
import { setGaps } from "@/lib/operations/set-gaps";
import { SightlineError } from "@/lib/shared/errors";
import { fileEndpoint, jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Gaps and plan";
const narrowing = {
  segment: z.string().describe("only of this segment: its name or id").optional(),
  state: z.array(z.enum(GAP_STATES)).describe("only in these states").optional(),
  ids: z.array(z.string().max(300)).describe("only these gaps, by number").optional(),
};
const changeable = { state: z.enum(GAP_STATES).optional(), owner: z.string().optional(), due: z.string().nullable().describe("ISO date").optional(), reason: z.string().optional(), expires: z.string().describe("ISO date, last day of an accepted risk").optional() };

function gapQuery({ segment, state, ids }: { readonly segment?: string | undefined; readonly state?: readonly GapState[] | undefined; readonly ids?: readonly string[] | undefined }): GapExportQuery {
  return { segment, states: state, ids: ids?.map((id) => gapLabel(readGapLabel(id) ?? 0)) };
}

/** What is not to change is left out. */
function withoutAbsent({ state, owner, due, reason, expires }: { readonly [K in keyof GapChange]?: GapChange[K] | undefined }): GapChange {
  return { ...(state === undefined ? {} : { state }), ...(owner === undefined ? {} : { owner }), ...(due === undefined ? {} : { due }), ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires }) };
}

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
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setGaps",
    method: "PATCH",
    path: "/gaps",
    tag: TAG,
    summary: "Change state, owner, due date or acceptance of many gaps, all or none",
    body: z.strictObject({ ids: z.array(z.string().max(300)).min(1).max(50_000).describe("numbers or keys of gaps"), change: z.strictObject(changeable) }),
    response: z.object({ gaps: z.int(), changed: z.int().describe("those that were so already count not") }),
    run: async (ctx, { body: { ids, change } }) => ({ gaps: ids.length, changed: await setGaps(ctx, { ids, change: withoutAbsent(change) }) }),
  }),
  fileEndpoint({
    ...TAKES_NOTHING,
    id: "exportGapsCsv",
    method: "GET",
    path: "/gaps/csv",
    tag: TAG,
    summary: "The backlog as CSV, a line per gap",
    says: "Points are percentage points. Cells that a spreadsheet could take for a formula are quoted.",
    mediaType: "text/csv",
    query: z.strictObject(narrowing),
    run: async (ctx, { query }) => {
      const csv = new TextEncoder().encode(await exportGapsCsv(ctx, gapQuery(query)));
      return { fileName: "gaps.csv", content: (async function* () { yield csv; })() };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "exportGapTickets",
    method: "GET",
    path: "/gaps/tickets",
    tag: TAG,
    summary: "A ticket text per gap, as Markdown",
    query: z.strictObject(narrowing),
    response: z.object({ items: z.array(z.object({ id: z.string(), text: z.string() })) }),
    run: async (ctx, { query }) => ({ items: await exportGapTickets(ctx, gapQuery(query)) }),
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "getGap", method: "GET", path: "/gaps/{gap}", tag: TAG, summary: "One gap", parameters: gapParameter, response: gapJsonSchema, run: async (ctx, { path }) => (await getGapView(ctx, path.gap)).gap }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "getGapHistory", method: "GET", path: "/gaps/{gap}/history", tag: TAG, summary: "One gap with its history, newest first, comments among it", parameters: gapParameter, response: gapHistoryJsonSchema, run: async (ctx, { path }) => toGapHistoryJson(await getGapView(ctx, path.gap)) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setGap",
    method: "PATCH",
    path: "/gaps/{gap}",
    tag: TAG,
    summary: "Change state, owner, due date or acceptance",
    says: "Proves nothing: the next assessment closes what is proven and opens again what is not.",
    parameters: gapParameter,
    body: z.strictObject(changeable),
    response: gapJsonSchema,
    run: async (ctx, { path, body }) => {
      await setGaps(ctx, { ids: [path.gap], change: withoutAbsent(body) });
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
