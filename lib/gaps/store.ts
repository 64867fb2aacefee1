import { z } from "zod";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import { gapFactsSchema, type GapEventRow, type GapFactsDoc, type GapRow } from "./gap-row";
import { GAP_CLOSINGS, GAP_EVENT_KINDS, GAP_STATES, type GapDecision, type GapNote } from "./gap-state";
import { GAP_CODES, GAP_GROUPS, GAP_KINDS } from "./gap-words";
import type { GapStep, KnownGap } from "./reconcile-gaps";

/** Writes and reads Gap and GapEvent. Nothing else writes them. */

const LOCK = 72707374; // until the transaction ends: an assessment and somebody's decision never cross

/** Whoever changes gaps takes this first. */
export async function lockGaps(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
}

const decisionColumns = { state: z.enum(GAP_STATES), closing: z.enum(GAP_CLOSINGS).nullable(), owner: z.string(), due: z.date().nullable(), reason: z.string(), expires: z.date().nullable() };
const dateOnly = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
const decisionOf = ({ state, closing, owner, due, reason, expires }: z.infer<z.ZodObject<typeof decisionColumns>>): GapDecision => ({ state, closing, owner, due: dateOnly(due), reason, expires: dateOnly(expires) });

const knownSchema = z
  .object({ id: z.number(), key: z.string(), segmentId: z.string(), domain: z.string(), group: z.enum(GAP_GROUPS), component: z.string().nullable(), family: z.string(), analytics: z.array(z.string()), cells: z.number(), ...decisionColumns })
  .transform((row): KnownGap => {
    const { id, key, segmentId, domain, group, component, family, analytics, cells } = row;
    return { id, key, segmentId, domain, group, component, family, analytics, cells, decision: decisionOf(row) };
  });

/** Every gap of these domains, as an assessment takes it up. */
export async function listKnownGaps(tx: Tx, domains: readonly string[]): Promise<KnownGap[]> {
  return z.array(knownSchema).parse(await tx.gap.findMany({ where: { domain: { in: [...domains] } }, omit: { facts: true } }));
}

const COLUMNS: readonly BulkColumn[] = [
  ...["key", "segmentId", "domain", "group", "component", "family"].map((name) => ({ name, type: "text" })),
  { name: "facts", type: "jsonb" },
  { name: "analytics", type: "text[]" },
  ...["cells", "points", "alone", "alonePoints", "assessmentId"].map((name) => ({ name, type: "int" })),
  ...["state", "closing", "owner", "reason"].map((name) => ({ name, type: "text" })),
  { name: "due", type: "date" },
  { name: "expires", type: "date" },
  { name: "openedAt", type: "timestamp(3)" },
  { name: "changedAt", type: "timestamp(3)" },
];

/**
 * Writes what an assessment makes of the gaps, and their history. Gaps of a segment that was taken away meanwhile are left out.
 *
 * @param by at: when it is written; T: the time of the assessment (both as Date)
 */
export async function writeGapSteps(tx: Tx, steps: readonly GapStep[], by: { readonly assessmentId: number; readonly at: Date; readonly time: Date; readonly actor: string }): Promise<void> {
  const there = new Set((await tx.segment.findMany({ select: { id: true } })).map(({ id }) => id));
  const found = steps.flatMap(({ found: gap, decision, known, notes }) => {
    if (gap === null || !there.has(gap.segmentId)) return [];
    const { kind, code, component, what, why, causes, expected, closedBy, present } = gap;
    const facts: GapFactsDoc = { kind, code, component, what, why, causes: [...causes], expected, closedBy: [...closedBy], present };
    const { key, segmentId, domain, group, family, analytics, cells, points, alone, alonePoints } = gap;
    const numbers = { analytics, cells, points, alone, alonePoints, assessmentId: by.assessmentId };
    return [{ known, reopened: notes.some((note) => note.kind === "reopened"), row: { key, segmentId, domain, group, component: component?.id ?? null, family, facts, ...numbers, ...decision, openedAt: by.time, changedAt: by.at } }];
  });
  // The heaviest first, so that small numbers are those that people speak of.
  const added = found.filter(({ known }) => known === null).map(({ row }) => row);
  await bulkInsert(tx, "Gap", COLUMNS, added.sort((a, b) => b.points - a.points));
  // An update, not an insert that meets a conflict: that would use up a number for every gap at every assessment.
  const kept = found.flatMap(({ known, reopened, row }) => (known === null ? [] : [{ id: known.id, facts: row.facts, analytics: row.analytics, cells: row.cells, points: row.points, alone: row.alone, alonePoints: row.alonePoints, changedAt: reopened ? by.at : null }]));
  for (let from = 0; from < kept.length; from += 5_000) {
    await tx.$executeRaw`
      update "Gap" g set facts = r.facts, analytics = r.analytics, cells = r.cells, points = r.points, alone = r.alone, "alonePoints" = r."alonePoints", "assessmentId" = ${by.assessmentId}, "changedAt" = coalesce(r."changedAt", g."changedAt")
      from jsonb_to_recordset(${JSON.stringify(kept.slice(from, from + 5_000))}::jsonb) as r(id int, facts jsonb, analytics text[], cells int, points int, alone int, "alonePoints" int, "changedAt" timestamp(3)) where g.id = r.id`;
  }
  await updateDecisions(tx, found.flatMap(({ known, reopened, row }) => (known !== null && reopened ? [{ id: known.id, next: row }] : [])));
  const closed = steps.flatMap(({ found: gap, notes, known, decision }) => (gap === null && known !== null && notes.length > 0 ? [{ id: known.id, next: decision }] : []));
  await tx.gap.updateMany({ where: { id: { in: closed.map(({ id }) => id) } }, data: { cells: 0, points: 0, alone: 0, alonePoints: 0, assessmentId: by.assessmentId, changedAt: by.at } });
  await updateDecisions(tx, closed);
  const noted = steps.filter(({ notes }) => notes.length > 0);
  const ids = new Map(z.array(z.object({ id: z.number(), key: z.string() })).parse(await tx.$queryRaw`select id, key from "Gap" where key = any(${noted.map(({ key }) => key)})`).map(({ id, key }) => [key, id]));
  const events = noted.flatMap(({ key, notes }) => notes.flatMap((note) => (ids.has(key) ? [{ gapId: ids.get(key), at: by.at, actor: by.actor, assessmentId: by.assessmentId, ...note }] : [])));
  await bulkInsert(tx, "GapEvent", EVENT_COLUMNS, events);
}

const EVENT_COLUMNS: readonly BulkColumn[] = [
  { name: "gapId", type: "int" },
  { name: "at", type: "timestamp(3)" },
  { name: "actor", type: "text" },
  { name: "kind", type: "text" },
  { name: "assessmentId", type: "int" },
  { name: "text", type: "text" },
];

async function updateDecisions(tx: Tx, changes: readonly { readonly id: number; readonly next: GapDecision }[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes.map(({ id, next: { state, closing, owner, due, reason, expires } }) => ({ id, state, closing, owner, due, reason, expires })));
  await tx.$executeRaw`
    update "Gap" g set state = r.state, closing = r.closing, owner = r.owner, due = r.due, reason = r.reason, expires = r.expires
    from jsonb_to_recordset(${rows}::jsonb) as r(id int, state text, closing text, owner text, due date, reason text, expires date) where g.id = r.id`;
}

/** Writes what somebody decided or said about gaps, and its history. next absent: only said. */
export async function writeGapDecisions(tx: Tx, changes: readonly { readonly id: number; readonly next?: GapDecision; readonly notes: readonly GapNote[] }[], by: { readonly at: Date; readonly actor: string }): Promise<void> {
  await updateDecisions(tx, changes.flatMap(({ id, next }) => (next === undefined ? [] : [{ id, next }])));
  await tx.gap.updateMany({ where: { id: { in: changes.filter(({ notes }) => notes.some(({ kind }) => kind === "state")).map(({ id }) => id) } }, data: { changedAt: by.at } });
  await bulkInsert(tx, "GapEvent", EVENT_COLUMNS, changes.flatMap(({ id, notes }) => notes.map((note) => ({ gapId: id, at: by.at, actor: by.actor, assessmentId: null, ...note }))));
}

const rowSchema = z
  .object({
    id: z.number(), key: z.string(), segmentId: z.string(), segment: z.object({ name: z.string() }), domain: z.string(), group: z.enum(GAP_GROUPS), family: z.string(), facts: gapFactsSchema,
    cells: z.number(), points: z.number(), alone: z.number(), alonePoints: z.number(), assessmentId: z.number(), openedAt: z.date(), changedAt: z.date(), analytics: z.array(z.string()).default([]), ...decisionColumns,
  })
  .transform((row): GapRow => {
    const { id, key, segmentId, segment, domain, group, family, facts, analytics, cells, points, alone, alonePoints, assessmentId, openedAt, changedAt } = row;
    return { id, key, segmentId, segment: segment.name, domain, group, family, ...facts, analytics, cells, points, alone, alonePoints, assessmentId, openedAt: openedAt.toISOString(), changedAt: changedAt.toISOString(), decision: decisionOf(row) };
  });

/** Gaps as they stand, of these segments, ids and state (absent: of all). Without their analytics where nobody asks for them. */
export async function listGapRows(db: Db | Tx, filter: { readonly segmentIds?: readonly string[] | undefined; readonly ids?: readonly number[] | undefined; readonly state?: GapDecision["state"]; readonly analytics: boolean }): Promise<GapRow[]> {
  const where = { ...(filter.segmentIds === undefined ? {} : { segmentId: { in: [...filter.segmentIds] } }), ...(filter.ids === undefined ? {} : { id: { in: [...filter.ids] } }), ...(filter.state === undefined ? {} : { state: filter.state }) };
  return z.array(rowSchema).parse(await db.gap.findMany({ where, orderBy: { id: "asc" }, include: { segment: { select: { name: true } } }, omit: { analytics: !filter.analytics } }));
}

/** The number of the gap with this key; null when there is none. */
export async function findGapId(db: Db | Tx, key: string): Promise<number | null> {
  return (await db.gap.findUnique({ where: { key }, select: { id: true } }))?.id ?? null;
}

const eventSchema = z.object({ id: z.number(), at: z.date().transform((at) => at.toISOString()), actor: z.string(), kind: z.enum(GAP_EVENT_KINDS), assessmentId: z.number().nullable(), text: z.string() });

/** The history of a gap, oldest first. */
export async function listGapEvents(db: Db | Tx, gapId: number): Promise<GapEventRow[]> {
  return z.array(eventSchema).parse(await db.gapEvent.findMany({ where: { gapId }, orderBy: { id: "asc" }, omit: { gapId: true } }));
}

const priceableSchema = z.object({ key: z.string(), group: z.enum(GAP_GROUPS), closedBy: z.array(z.string()), present: z.boolean(), hosts: z.number() });

/** What the price of these gaps depends on, by key; those that are not in the backlog any more are left out. */
export async function listPriceableGaps(db: Db | Tx, keys: readonly string[]): Promise<ReadonlyMap<string, z.infer<typeof priceableSchema>>> {
  const rows = await db.$queryRaw`select key, "group", facts->'closedBy' as "closedBy", (facts->>'present')::boolean as present, (facts->'expected'->>'hosts')::int as hosts from "Gap" where key = any(${[...keys]})`;
  return new Map(z.array(priceableSchema).parse(rows).map((row) => [row.key, row]));
}

const headSchema = z.array(
  z.object({
    id: z.number(), segmentId: z.string(), segment: z.string(), group: z.enum(GAP_GROUPS), family: z.string(), cells: z.number(), points: z.number(), alone: z.number(), assessmentId: z.number(),
    kind: z.enum(GAP_KINDS), code: z.enum(GAP_CODES), what: z.string(), why: z.string(), closedBy: z.array(z.string()), present: z.boolean(), hosts: z.number(),
    state: z.enum(GAP_STATES), closing: z.enum(GAP_CLOSINGS).nullable(), owner: z.string(), due: z.string().nullable(), reason: z.string(), expires: z.string().nullable(),
  }),
);
export type GapHead = z.infer<typeof headSchema>[number];

/** What a long table shows of every gap of these segments (absent: all), in one document: thousands in a tenth of a second. */
export async function listGapHeads(db: Db | Tx, segmentIds: readonly string[] | undefined): Promise<GapHead[]> {
  const every = segmentIds === undefined;
  const rows = z.array(z.object({ doc: z.unknown() })).parse(await db.$queryRaw`
    select coalesce(json_agg(json_build_object('id', g.id, 'segmentId', g."segmentId", 'segment', s.name, 'group', g."group", 'family', g.family, 'cells', g.cells, 'points', g.points, 'alone', g.alone,
      'assessmentId', g."assessmentId", 'kind', f.kind, 'code', f.code, 'what', f.what, 'why', f.why, 'closedBy', f."closedBy", 'present', f.present, 'hosts', (f.expected->>'hosts')::int,
      'state', g.state, 'closing', g.closing, 'owner', g.owner, 'due', g.due, 'reason', g.reason, 'expires', g.expires) order by g.id), '[]'::json) as doc
    from "Gap" g join "Segment" s on s.id = g."segmentId",
      lateral jsonb_to_record(g.facts) as f(kind text, code text, what text, why text, "closedBy" json, present boolean, expected jsonb)
    where ${every} or g."segmentId" = any(${[...(segmentIds ?? [])]})`);
  return headSchema.parse(rows[0]?.doc ?? []);
}
