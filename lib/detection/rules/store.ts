import { randomUUID } from "node:crypto";
import { z } from "zod";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import { DbNull, type Db, type Tx } from "@/lib/db/client";
import { sha256 } from "@/lib/shared/digest";
import type { KnownRule, RuleImportPlan } from "./plan-rule-import";
import type { ProposedLink } from "./propose-links";
import { ruleHeadSchema, type RuleHead } from "./rule-head";
import { LINK_STATES, type LinkState, type RuleLinkRow } from "./rule-link";
import type { RuleImportRow, RuleSourceHead, RuleSourceRow } from "./rule-source";
import { importCountsSchema, importRefusalSchema, importWarningSchema, refusalSchema, RULE_KINDS, type ImportRefusal, type ImportWarning, type RuleTextFile, type StoredRule } from "./stored-rule";

/** Writes and reads RuleSource, RuleImport, RuleText, Rule and RuleLink: nothing else does. */

// ---------------------------------------------------------------- sources and imports

const importRow = z.object({
  id: z.string(),
  sourceId: z.string(),
  at: z.date().transform((at) => at.toISOString()),
  actor: z.string(),
  fileName: z.string(),
  fileDigest: z.string(),
  counts: importCountsSchema,
  refusals: z.array(importRefusalSchema),
  warnings: z.array(importWarningSchema),
});
const sourceKind = z.enum(["imported", "pack"]);

/** Every source with its counts and its newest import, by name. */
export async function listRuleSources(db: Db | Tx): Promise<RuleSourceRow[]> {
  const rows = await db.ruleSource.findMany({ orderBy: { name: "asc" }, include: { imports: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 } } });
  const counted = z
    .array(z.object({ sourceId: z.string(), rules: z.number(), refused: z.number() }))
    .parse(await db.$queryRaw`select "sourceId", count(*)::int rules, (count(*) filter (where refusal is not null))::int refused from "Rule" where state = 'active' group by 1`);
  const counts = new Map(counted.map((one) => [one.sourceId, one]));
  return rows.map(({ id, name, kind, pack, licence, imports }) => ({
    id,
    name,
    kind: sourceKind.parse(kind),
    pack,
    licence,
    rules: counts.get(id)?.rules ?? 0,
    refused: counts.get(id)?.refused ?? 0,
    lastImport: imports[0] === undefined ? null : importRow.parse(imports[0]),
  }));
}

/** Imports of a source, or of all, newest first. */
export async function listRuleImports(db: Db | Tx, sourceId?: string): Promise<RuleImportRow[]> {
  return z.array(importRow).parse(await db.ruleImport.findMany({ ...(sourceId === undefined ? {} : { where: { sourceId } }), orderBy: [{ at: "desc" }, { id: "desc" }] }));
}

/** Ids of a source's rules by their keys. */
export async function readRuleIds(db: Db | Tx, sourceId: string): Promise<Map<string, string>> {
  return new Map((await db.rule.findMany({ where: { sourceId }, select: { id: true, key: true } })).map(({ id, key }) => [key, id]));
}

/** How many of these Sigma ids other sources have too, by source. */
export async function countSharedIds(db: Db | Tx, name: string, sigmaIds: readonly string[]): Promise<{ readonly source: string; readonly rules: number }[]> {
  const rows = await db.$queryRaw`
    select s.name source, count(*)::int rules from "Rule" r join "RuleSource" s on s.id = r."sourceId"
    where r.state = 'active' and s.name <> ${name} and r."sigmaId" = any(${[...sigmaIds]}) group by 1 order by 2 desc`;
  return z.array(z.object({ source: z.string(), rules: z.number() })).parse(rows);
}

/** What is stored of a source, for a plan; version changes with whatever changes its rules. */
export interface KnownSource {
  readonly id: string | null; // null: there is none of this name
  readonly kind: "imported" | "pack";
  readonly version: string;
  readonly rules: readonly (KnownRule & { readonly id: string })[];
}

/** The rows of a source that an import compares with. Within a transaction that will write, its imports are locked until the end. */
export async function readKnownSource(db: Db | Tx, name: string): Promise<KnownSource> {
  const source = await db.ruleSource.findUnique({ where: { name }, include: { imports: { orderBy: [{ at: "desc" }, { id: "desc" }], take: 1, select: { id: true } } } });
  if (source === null) return { id: null, kind: "imported", version: "", rules: [] };
  const rows = await db.rule.findMany({ where: { sourceId: source.id }, select: { id: true, key: true, position: true, digest: true, refusal: true, state: true, text: { select: { path: true } } } });
  const rules = rows.map(({ text, refusal, state, ...row }) => ({ ...row, path: text.path, refusal: refusalSchema.nullable().parse(refusal), state: state === "removed" ? ("removed" as const) : ("active" as const) }));
  return { id: source.id, kind: sourceKind.parse(source.kind), version: versionOf(source.imports[0]?.id, rules.filter(({ state }) => state === "removed").length), rules };
}

/** Until the transaction ends no other import writes this source. @returns the version that is stored now */
export async function lockRuleSource(tx: Tx, name: string): Promise<string> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rules ${name}`}))`;
  const newest = await tx.ruleImport.findFirst({ where: { source: { name } }, orderBy: [{ at: "desc" }, { id: "desc" }], select: { id: true } });
  return versionOf(newest?.id, await tx.rule.count({ where: { source: { name }, state: "removed" } }));
}

/** Changes with every import, and when rules are taken out by hand. */
function versionOf(newestImport: string | undefined, removed: number): string {
  return newestImport === undefined ? "" : `${newestImport} ${removed}`;
}

export interface RuleImportDraft {
  readonly source: RuleSourceHead;
  readonly licence: string | null;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly at: Date;
  readonly actor: string;
  readonly plan: RuleImportPlan;
  readonly texts: readonly RuleTextFile[]; // every active file of the source after this import
  readonly refusals: readonly ImportRefusal[];
  readonly warnings: readonly ImportWarning[];
}

const TEXT = (name: string): BulkColumn => ({ name, type: "text" });
const LIST = (name: string): BulkColumn => ({ name, type: "text[]" });
const WHEN = (name: string): BulkColumn => ({ name, type: "timestamp(3)" });
const TEXT_COLUMNS = ["id", "sourceId", "path", "digest", "text", "state"].map(TEXT);
const PLACE = [TEXT("textId"), { name: "position", type: "int" }];
const CONTENT = [
  ...["kind", "sigmaId", "name", "title", "status", "level", "author", "license", "description", "date", "modified", "product", "category", "service", "digest", "state"].map(TEXT),
  ...["references", "tags", "falsePositives", "fields", "placeholders", "warnings"].map(LIST),
  { name: "refusal", type: "jsonb" },
  WHEN("changedAt"),
];
const RULE_COLUMNS = [...["id", "sourceId", "key"].map(TEXT), ...PLACE, ...CONTENT, WHEN("firstSeenAt")];

/**
 * Writes an import: texts, rules that are new or changed, what was removed, and its own row. Run in the transaction that
 * makes it visible: a crash leaves all or nothing. Links of a rule stay with its row.
 *
 * @returns the source's and the import's id
 */
export async function writeRuleImport(tx: Tx, draft: RuleImportDraft): Promise<{ readonly sourceId: string; readonly importId: string }> {
  const { source, plan, at } = draft;
  const licence = draft.licence === null ? {} : { licence: draft.licence };
  const { id: sourceId } = await tx.ruleSource.upsert({ where: { name: source.name }, create: { ...source, ...licence }, update: licence, select: { id: true } });

  const paths = new Set(draft.texts.map(({ path }) => path));
  await bulkInsert(tx, "RuleText", TEXT_COLUMNS, mapRows(draft.texts, ({ path, text }) => ({ id: randomUUID(), sourceId, path, digest: sha256(text), text, state: "active" })), { onConflict: { target: ["sourceId", "path"], set: ["digest", "text", "state"] } });
  const textRows = await tx.ruleText.findMany({ where: { sourceId }, select: { id: true, path: true } });
  const gone = textRows.filter(({ path }) => !paths.has(path)).map(({ id }) => id);
  await tx.ruleText.updateMany({ where: { id: { in: gone } }, data: { state: "removed" } });

  const textAt = new Map(textRows.map(({ id, path }) => [path, id]));
  const rows = (change: (one: RuleImportPlan["write"][number]) => boolean) => mapRows(plan.write.filter(change), ({ path, change: _, ...rule }) => ({ ...rule, id: randomUUID(), sourceId, textId: textAt.get(path), state: "active", firstSeenAt: at, changedAt: at }));
  const target = ["sourceId", "key"];
  await bulkInsert(tx, "Rule", RULE_COLUMNS, rows(({ change }) => change !== "moved"), { onConflict: { target, set: [...PLACE, ...CONTENT].map(({ name }) => name) } });
  await bulkInsert(tx, "Rule", RULE_COLUMNS, rows(({ change }) => change === "moved"), { onConflict: { target, set: PLACE.map(({ name }) => name) } });
  await tx.rule.updateMany({ where: { sourceId, key: { in: [...plan.removed] } }, data: { state: "removed", changedAt: at } });

  const { id: importId } = await tx.ruleImport.create({
    data: { sourceId, at, actor: draft.actor, fileName: draft.fileName, fileDigest: draft.fileDigest, counts: plan.counts, refusals: [...draft.refusals], warnings: [...draft.warnings] },
    select: { id: true },
  });
  return { sourceId, importId };
}

/** Marks every rule and file of a source as removed. @returns how many rules were there */
export async function removeRules(tx: Tx, sourceId: string, at: Date): Promise<number> {
  await tx.ruleText.updateMany({ where: { sourceId }, data: { state: "removed" } });
  return (await tx.rule.updateMany({ where: { sourceId, state: "active" }, data: { state: "removed", changedAt: at } })).count;
}

function* mapRows<A, B>(rows: readonly A[], map: (row: A) => B): Generator<B> {
  for (const row of rows) yield map(row);
}

// ---------------------------------------------------------------- rules and their texts

export interface RuleFilter {
  readonly ids?: readonly string[];
  readonly sourceIds?: readonly string[];
  readonly textIds?: readonly string[]; // of their files
  readonly sigmaIds?: readonly string[];
  readonly calledAny?: readonly string[]; // by id or name, as correlations refer to rules
  readonly kinds?: readonly StoredRule["kind"][];
  readonly state?: StoredRule["state"] | "any"; // default active
  readonly refused?: boolean;
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
  readonly text?: string; // in title, id, tags or description
  readonly linkedTo?: string; // accepted for this analytic
  readonly linked?: boolean; // accepted for any
}

export interface Page {
  readonly skip: number;
  readonly take: number;
}

const nullable = z.string().nullable();
const ruleRow = z.object({
  id: z.string(),
  sourceId: z.string(),
  key: z.string(),
  position: z.number(),
  kind: z.enum(RULE_KINDS),
  sigmaId: nullable,
  name: nullable,
  title: z.string(),
  status: nullable,
  level: nullable,
  author: nullable,
  license: nullable,
  description: nullable,
  date: nullable,
  modified: nullable,
  references: z.array(z.string()),
  tags: z.array(z.string()),
  falsePositives: z.array(z.string()),
  product: nullable,
  category: nullable,
  service: nullable,
  fields: z.array(z.string()),
  placeholders: z.array(z.string()),
  warnings: z.array(z.string()),
  refusal: refusalSchema.nullable(),
  digest: z.string(),
  state: z.enum(["active", "removed"]),
  firstSeenAt: z.date().transform((at) => at.toISOString()),
  changedAt: z.date().transform((at) => at.toISOString()),
});
const storedRow = ruleRow
  .extend({ source: z.object({ name: z.string(), kind: sourceKind, licence: nullable }), text: z.object({ path: z.string() }) })
  .transform(({ source, text, ...row }): StoredRule => ({ ...row, license: row.license ?? source.licence, source: source.name, sourceKind: source.kind, path: text.path }));
const WITH_PLACE = { source: { select: { name: true, kind: true, licence: true } }, text: { select: { path: true } } } as const;

function whereOf({ ids, sourceIds, textIds, sigmaIds, calledAny, kinds, state = "active", refused, product, category, service, text, linkedTo, linked }: RuleFilter) {
  const holds = (word: string) => ({ contains: word, mode: "insensitive" as const });
  return {
    ...(ids === undefined ? {} : { id: { in: [...ids] } }),
    ...(sourceIds === undefined ? {} : { sourceId: { in: [...sourceIds] } }),
    ...(textIds === undefined ? {} : { textId: { in: [...textIds] } }),
    ...(sigmaIds === undefined ? {} : { sigmaId: { in: [...sigmaIds] } }),
    ...(calledAny === undefined ? {} : { OR: [{ sigmaId: { in: [...calledAny] } }, { name: { in: [...calledAny] } }] }),
    ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
    ...(state === "any" ? {} : { state }),
    ...(refused === undefined ? {} : { refusal: refused ? { not: DbNull } : { equals: DbNull } }),
    ...(product === undefined ? {} : { product }),
    ...(category === undefined ? {} : { category }),
    ...(service === undefined ? {} : { service }),
    ...(linked === undefined ? {} : { links: linked ? { some: { state: "accepted" } } : { none: { state: "accepted" } } }),
    ...(linkedTo === undefined ? {} : { links: { some: { analytic: linkedTo, state: "accepted" } } }),
    ...(text === undefined || text.trim() === "" ? {} : { AND: text.trim().split(/\s+/).map((word) => ({ OR: [{ title: holds(word) }, { description: holds(word) }, { sigmaId: holds(word) }, { tags: { has: word.toLowerCase() } }] })) }),
  };
}

/** Rules by a filter, in the order of source, file and position. license is the rule's own, else its source's. */
export async function listRules(db: Db | Tx, filter: RuleFilter = {}, page?: Page): Promise<StoredRule[]> {
  const rows = await db.rule.findMany({ where: whereOf(filter), include: WITH_PLACE, orderBy: [{ source: { name: "asc" } }, { text: { path: "asc" } }, { position: "asc" }], ...page });
  return z.array(storedRow).parse(rows);
}

/** How many rules a filter finds. */
export async function countRules(db: Db | Tx, filter: RuleFilter = {}): Promise<number> {
  return db.rule.count({ where: whereOf(filter) });
}

/** Every rule that is there, as long tables show it: thousands of them in one statement. */
export async function listRuleHeads(db: Db | Tx): Promise<RuleHead[]> {
  const rows = await db.$queryRaw`
    select r.id, r.kind, r.title, r.author, r.level, r.status, r.product, r.category, r.service, r.tags,
           coalesce(cardinality(r.placeholders), 0) placeholders, r.refusal is not null refused, s.name source, s.kind "sourceKind", r."firstSeenAt", r."changedAt",
           coalesce(l.accepted, '{}') accepted, coalesce(l.proposed, 0) proposed
    from "Rule" r
    join "RuleSource" s on s.id = r."sourceId"
    left join (
      select "ruleId", array_agg(analytic order by analytic) filter (where state = 'accepted') accepted, (count(*) filter (where state = 'proposed'))::int proposed
      from "RuleLink" group by 1
    ) l on l."ruleId" = r.id
    where r.state = 'active'
    order by s.name, r.title`;
  return z.array(ruleHeadSchema).parse(rows);
}

/** One rule, removed ones too; null when there is none. */
export async function findRule(db: Db | Tx, id: string): Promise<StoredRule | null> {
  return (await listRules(db, { ids: [id], state: "any" }))[0] ?? null;
}

/** A stored Sigma file with its source. */
export interface StoredText extends RuleTextFile {
  readonly id: string;
  readonly sourceId: string;
  readonly source: string;
  readonly digest: string;
}

/** Texts of whole sources, or of the files that hold these rules; of rules that are there, unless asked for removed ones. */
export async function listRuleTexts(db: Db | Tx, where: { readonly sourceIds?: readonly string[]; readonly ruleIds?: readonly string[]; readonly removed?: boolean }): Promise<StoredText[]> {
  const rows = await db.ruleText.findMany({
    where: {
      ...(where.removed === true ? {} : { state: "active" }),
      ...(where.sourceIds === undefined ? {} : { sourceId: { in: [...where.sourceIds] } }),
      ...(where.ruleIds === undefined ? {} : { rules: { some: { id: { in: [...where.ruleIds] } } } }),
    },
    select: { id: true, sourceId: true, path: true, text: true, digest: true, source: { select: { name: true } } },
    orderBy: [{ source: { name: "asc" } }, { path: "asc" }],
  });
  return rows.map(({ source, ...row }) => ({ ...row, source: source.name }));
}

// ---------------------------------------------------------------- links

const linkRow = z.object({
  ruleId: z.string(),
  analytic: z.string(),
  state: z.enum(LINK_STATES),
  because: z.string(),
  reason: z.string(),
  decidedBy: nullable,
  decidedAt: z.date().nullable().transform((at) => at?.toISOString() ?? null),
  proposedAt: z.date().transform((at) => at.toISOString()),
});

export interface LinkFilter {
  readonly state?: LinkState;
  readonly analytics?: readonly string[];
  readonly ruleIds?: readonly string[];
  readonly sourceId?: string;
}

/** Links of rules that are there, by analytic and rule. */
export async function listRuleLinks(db: Db | Tx, { state, analytics, ruleIds, sourceId }: LinkFilter = {}): Promise<RuleLinkRow[]> {
  const rows = await db.ruleLink.findMany({
    where: {
      ...(state === undefined ? {} : { state }),
      ...(analytics === undefined ? {} : { analytic: { in: [...analytics] } }),
      ...(ruleIds === undefined ? {} : { ruleId: { in: [...ruleIds] } }),
      rule: { state: "active", ...(sourceId === undefined ? {} : { sourceId }) },
    },
    orderBy: [{ analytic: "asc" }, { ruleId: "asc" }],
  });
  return z.array(linkRow).parse(rows);
}

/** The rules that serve an analytic by an accepted link, refused ones included (they are shown, and never fire). */
export async function listRulesOfAnalytic(db: Db | Tx, analytic: string): Promise<StoredRule[]> {
  return listRules(db, { linkedTo: analytic });
}

const PROPOSED = [TEXT("ruleId"), TEXT("analytic"), TEXT("state"), TEXT("because"), TEXT("reason"), WHEN("proposedAt")];

/**
 * Puts proposals in place of the undecided ones of a source; what somebody decided stays as decided.
 *
 * @returns how many proposals are new, and how many stand undecided now
 */
export async function replaceProposals(tx: Tx, sourceId: string, links: readonly ProposedLink[], at: Date): Promise<{ readonly fresh: number; readonly open: number }> {
  const key = ({ ruleId, analytic }: { ruleId: string; analytic: string }): string => `${ruleId} ${analytic}`;
  const before = await tx.ruleLink.findMany({ where: { rule: { sourceId } }, select: { ruleId: true, analytic: true, state: true } });
  const wanted = new Set(links.map(({ rule, analytic }) => key({ ruleId: rule, analytic })));
  const stale = before.filter((one) => one.state === "proposed" && !wanted.has(key(one)));
  await tx.$executeRaw`delete from "RuleLink" l using unnest(${stale.map(({ ruleId }) => ruleId)}::text[], ${stale.map(({ analytic }) => analytic)}::text[]) as s(r, a) where l."ruleId" = s.r and l.analytic = s.a`;
  const known = new Set(before.map(key));
  const fresh = links.filter(({ rule, analytic }) => !known.has(key({ ruleId: rule, analytic })));
  await bulkInsert(tx, "RuleLink", PROPOSED, mapRows(fresh, ({ rule, analytic, because }) => ({ ruleId: rule, analytic, state: "proposed", because, reason: "", proposedAt: at })), { onConflict: "nothing" });
  return { fresh: fresh.length, open: await tx.ruleLink.count({ where: { state: "proposed", rule: { sourceId } } }) };
}

export interface LinkDecision {
  readonly ruleId: string;
  readonly analytic: string;
  readonly state: "accepted" | "rejected";
  readonly because: string; // kept where the link was proposed before
  readonly reason: string;
}

/** Decides links, whether or not they were proposed. */
export async function decideRuleLinks(tx: Tx, decisions: readonly LinkDecision[], by: { readonly at: Date; readonly actor: string }): Promise<void> {
  const columns = [...PROPOSED, TEXT("decidedBy"), WHEN("decidedAt")];
  const rows = mapRows(decisions, ({ ...one }) => ({ ...one, proposedAt: by.at, decidedBy: by.actor, decidedAt: by.at }));
  await bulkInsert(tx, "RuleLink", columns, rows, { onConflict: { target: ["ruleId", "analytic"], set: ["state", "reason", "decidedBy", "decidedAt"] } });
}
