import { z } from "zod";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { analyticSchema, componentSchema, groupSchema, strategySchema, tacticSchema, techniqueSchema, type EntityKind } from "./entity-schema";
import type { BundleObject } from "./parse-stix-bundle";
import { DOMAINS, type Analytic, type CatalogIssue, type DataComponent, type Domain, type Group, type LinkedCatalog, type Snapshot, type Strategy, type Tactic, type Technique } from "./types";

/** Writes and reads CatalogSnapshot, CatalogRaw, CatalogObject, CatalogEntity and CatalogIssue. Nothing else writes them. */

const LOCK = 72707371; // imports of the catalogue follow each other

const snapshotSchema = z.object({
  id: z.string(),
  domain: z.enum(DOMAINS),
  release: z.string(),
  origin: z.enum(["mitre", "starter"]),
  digest: z.string(),
  fileName: z.string(),
  releaseFrom: z.enum(["collection", "option", "file-name"]),
  detectOnly: z.boolean(),
  current: z.boolean(),
  retiredAt: z.date().nullable().transform((date) => date?.toISOString() ?? null),
  importedAt: z.date().transform((date) => date.toISOString()),
  importedBy: z.string(),
  objectCount: z.number(),
  issueCount: z.number(),
  counts: z.record(z.string(), z.number()),
});

/** What is written of a bundle, under an id that exists or is new. */
export interface SnapshotDraft extends Omit<Snapshot, "current" | "retiredAt" | "importedAt" | "objectCount" | "issueCount" | "counts"> {
  readonly importedAt: Date;
  readonly objects: readonly BundleObject[];
  readonly linked: LinkedCatalog;
}

/** Until the transaction ends no other import writes: what was read here stays true. */
export async function lockCatalog(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
}

/** Every snapshot, newest import last within its domain. */
export async function listSnapshotRows(db: Db | Tx): Promise<Snapshot[]> {
  return z.array(snapshotSchema).parse(await db.catalogSnapshot.findMany({ orderBy: [{ domain: "asc" }, { importedAt: "asc" }] }));
}

/** How many snapshots there are; with an origin, of that origin. */
export async function countSnapshots(db: Db | Tx, origin?: Snapshot["origin"]): Promise<number> {
  return db.catalogSnapshot.count({ where: origin === undefined ? {} : { origin } });
}

/** STIX id -> raw hash of every object of a snapshot. */
export async function readHashes(db: Db | Tx, snapshotId: string): Promise<Map<string, string | null>> {
  const rows = z.array(z.object({ stixId: z.string(), rawSha256: z.string().nullable() })).parse(await db.$queryRaw`select "stixId", "rawSha256" from "CatalogObject" where "snapshotId" = ${snapshotId}`);
  return new Map(rows.map((row) => [row.stixId, row.rawSha256]));
}

const TEXT = (name: string): BulkColumn => ({ name, type: "text" });
const FLAG = (name: string): BulkColumn => ({ name, type: "boolean" });
const OBJECT_COLUMNS = [
  ...["snapshotId", "stixId", "type", "attackId", "name", "version", "created", "modified", "rawSha256", "normalizedSha256"].map(TEXT),
  ...["revoked", "deprecated"].map(FLAG),
];
const ENTITY_COLUMNS = [...["snapshotId", "kind", "attackId", "stixId", "name"].map(TEXT), { name: "doc", type: "jsonb" }];
const ISSUE_COLUMNS = [TEXT("snapshotId"), { name: "seq", type: "int" }, ...["severity", "code", "stixId", "attackId", "message"].map(TEXT)];

/**
 * Writes a snapshot with everything it holds, in place of what stood under its id. Run inside the transaction that makes it
 * visible: a crash leaves either all or nothing.
 */
export async function writeSnapshot(tx: Tx, draft: SnapshotDraft, progress: (text: string) => void = () => {}): Promise<void> {
  const { objects, linked, ...head } = draft;
  const { id } = head;
  const counts: Record<string, number> = {};
  for (const { type } of objects) counts[type] = (counts[type] ?? 0) + 1;
  const data = { ...head, objectCount: objects.length, issueCount: linked.issues.length, counts };
  const replaced = (await tx.catalogSnapshot.count({ where: { id } })) > 0;
  if (replaced) {
    await tx.catalogSnapshot.update({ where: { id }, data });
    await tx.$executeRaw`delete from "CatalogObject" where "snapshotId" = ${id}`;
    await tx.$executeRaw`delete from "CatalogEntity" where "snapshotId" = ${id}`;
    await tx.$executeRaw`delete from "CatalogIssue" where "snapshotId" = ${id}`;
  } else await tx.catalogSnapshot.create({ data });

  progress("storing published texts");
  for (const part of partsOf(await newTexts(tx, objects))) await bulkInsert(tx, "CatalogRaw", [TEXT("sha256"), TEXT("text")], part, { onConflict: "nothing" });
  progress("storing objects");
  await bulkInsert(tx, "CatalogObject", OBJECT_COLUMNS, objectRows(id, objects));
  progress("storing links and issues");
  await bulkInsert(tx, "CatalogEntity", ENTITY_COLUMNS, entityRows(id, linked));
  await bulkInsert(tx, "CatalogIssue", ISSUE_COLUMNS, linked.issues.map((issue, seq) => ({ snapshotId: id, seq, ...issue })));
  if (replaced) await deleteUnheldTexts(tx);
}

/** Texts that no snapshot has brought yet: most objects of a release are those of the one before. */
async function newTexts(tx: Tx, objects: readonly BundleObject[]): Promise<{ sha256: string; text: string }[]> {
  const wanted = new Map(objects.flatMap(({ raw, rawSha256 }) => (raw === null || rawSha256 === null ? [] : [[rawSha256, raw] as const])));
  const known = z.array(z.object({ sha256: z.string() })).parse(await tx.$queryRaw`select sha256 from "CatalogRaw" where sha256 = any(${[...wanted.keys()]})`);
  for (const { sha256 } of known) wanted.delete(sha256);
  return [...wanted].map(([sha256, text]) => ({ sha256, text }));
}

/** Texts in statements of two million characters: a statement is held several times over while it is sent. */
function* partsOf(texts: readonly { readonly sha256: string; readonly text: string }[]) {
  let part: { readonly sha256: string; readonly text: string }[] = [];
  let length = 0;
  for (const row of texts) {
    part.push(row);
    length += row.text.length;
    if (length < 2_000_000) continue;
    yield part;
    part = [];
    length = 0;
  }
  if (part.length > 0) yield part;
}

function* objectRows(snapshotId: string, objects: readonly BundleObject[]) {
  for (const { raw: _raw, ...object } of objects) yield { snapshotId, ...object };
}

function* entityRows(snapshotId: string, linked: LinkedCatalog) {
  const kinds: readonly (readonly [EntityKind, readonly { readonly id: string; readonly stixId: string; readonly name: string }[]])[] = [
    ["analytic", linked.analytics],
    ["strategy", linked.strategies],
    ["technique", linked.techniques],
    ["tactic", linked.tactics],
    ["component", linked.components],
    ["group", linked.groups],
  ];
  for (const [kind, entities] of kinds) {
    for (const doc of entities) yield { snapshotId, kind, attackId: doc.id, stixId: doc.stixId, name: doc.name, doc };
  }
}

/** Deletes a snapshot with everything it holds, and the published texts that no other one holds. */
export async function deleteSnapshot(tx: Tx, id: string): Promise<void> {
  await tx.catalogSnapshot.delete({ where: { id } });
  await deleteUnheldTexts(tx);
}

async function deleteUnheldTexts(tx: Tx): Promise<void> {
  await tx.$executeRaw`delete from "CatalogRaw" r where not exists (select 1 from "CatalogObject" o where o."rawSha256" = r.sha256)`;
}

/** Makes one snapshot of a domain the current one. */
export async function setCurrent(tx: Tx, domain: Domain, snapshotId: string | null): Promise<void> {
  await tx.$executeRaw`update "CatalogSnapshot" set current = (id = ${snapshotId ?? ""}) where domain = ${domain} and current <> (id = ${snapshotId ?? ""})`;
}

/** Retires starter snapshots; their rows stay, because assessments name them. */
export async function retireSnapshots(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.catalogSnapshot.updateMany({ where: { id: { in: [...ids] } }, data: { retiredAt: at, current: false } });
}

/** Issues of a snapshot, in the order they were found; all of one severity when it is given. */
export async function readIssues(db: Db | Tx, snapshotId: string, severity?: CatalogIssue["severity"]): Promise<CatalogIssue[]> {
  const rows = await db.catalogIssue.findMany({ where: { snapshotId, ...(severity === undefined ? {} : { severity }) }, orderBy: { seq: "asc" } });
  const shape = z.object({ severity: z.enum(["odd", "folded", "refused"]), code: z.string(), stixId: z.string().nullable(), attackId: z.string().nullable(), message: z.string() });
  return z.array(shape).parse(rows);
}

const docs = <T>(schema: z.ZodType<T>, rows: readonly { readonly doc: unknown }[]): T[] => z.array(schema).parse(rows.map((row) => row.doc));

async function readDocs<T>(db: Db | Tx, snapshotId: string, kind: EntityKind, schema: z.ZodType<T>, ids?: readonly string[]): Promise<T[]> {
  const only = ids === undefined ? {} : { attackId: { in: [...ids] } };
  return docs(schema, await db.catalogEntity.findMany({ where: { snapshotId, kind, ...only }, select: { doc: true }, orderBy: { attackId: "asc" } }));
}

/** Linked objects of one kind of a snapshot, by ATT&CK id; all, or those of the ids given. */
export const readAnalytics = (db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<Analytic[]> => readDocs(db, snapshotId, "analytic", analyticSchema, ids);
export const readStrategies = (db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<Strategy[]> => readDocs(db, snapshotId, "strategy", strategySchema, ids);
export const readTechniques = (db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<Technique[]> => readDocs(db, snapshotId, "technique", techniqueSchema, ids);
export const readComponents = (db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<DataComponent[]> => readDocs(db, snapshotId, "component", componentSchema, ids);
/** Threat groups in force with what they use; none in a detection-only bundle, the starter catalogue, or a snapshot imported before groups were read. */
export const readGroups = (db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<Group[]> => readDocs(db, snapshotId, "group", groupSchema, ids);
/** Tactics of a snapshot, in the order of the matrix. */
export async function readTactics(db: Db | Tx, snapshotId: string, ids?: readonly string[]): Promise<Tactic[]> {
  return (await readDocs(db, snapshotId, "tactic", tacticSchema, ids)).sort((a, b) => a.order - b.order);
}

const placeSchema = z.object({ snapshotId: z.string(), kind: z.enum(["analytic", "strategy", "technique", "tactic", "component", "group"]), attackId: z.string(), stixId: z.string() });
export type EntityPlace = z.infer<typeof placeSchema>;

/** Every (snapshot, kind) that holds one of these ATT&CK ids. */
export async function findEntities(db: Db | Tx, attackIds: readonly string[]): Promise<EntityPlace[]> {
  return z.array(placeSchema).parse(await db.catalogEntity.findMany({ where: { attackId: { in: [...attackIds] } }, select: { snapshotId: true, kind: true, attackId: true, stixId: true } }));
}

const headSchema = z.object({
  snapshotId: z.string(),
  stixId: z.string(),
  type: z.string(),
  attackId: z.string().nullable(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  created: z.string().nullable(),
  modified: z.string().nullable(),
  revoked: z.boolean(),
  deprecated: z.boolean(),
  rawSha256: z.string().nullable(),
});
export type ObjectHead = z.infer<typeof headSchema>;

/** Heads of these objects in every snapshot that holds them. */
export async function readHeads(db: Db | Tx, stixIds: readonly string[]): Promise<ObjectHead[]> {
  return z.array(headSchema).parse(await db.catalogObject.findMany({ where: { stixId: { in: [...stixIds] } } }));
}

/** The published text of an object in a snapshot; null when the snapshot lacks it or (starter) never had it. */
export async function readRawText(db: Db | Tx, snapshotId: string, stixId: string): Promise<string | null> {
  const rows = z
    .array(z.object({ text: z.string() }))
    .parse(await db.$queryRaw`select r.text from "CatalogObject" o join "CatalogRaw" r on r.sha256 = o."rawSha256" where o."snapshotId" = ${snapshotId} and o."stixId" = ${stixId}`);
  return rows[0]?.text ?? null;
}

/** Published texts by their hash. */
export async function readTexts(db: Db | Tx, hashes: readonly string[]): Promise<Map<string, string>> {
  const rows = z.array(z.object({ sha256: z.string(), text: z.string() })).parse(await db.$queryRaw`select sha256, text from "CatalogRaw" where sha256 = any(${[...hashes]})`);
  return new Map(rows.map((row) => [row.sha256, row.text]));
}

const side = { name: z.string().nullable(), version: z.string().nullable(), attackId: z.string().nullable(), revoked: z.boolean(), deprecated: z.boolean(), rawSha256: z.string().nullable() };
const pairSchema = z.object({ stixId: z.string(), type: z.string(), a: z.object(side).nullable(), b: z.object(side).nullable() });
/** One object that differs between two snapshots; a or b is null where that snapshot lacks it. */
export type DifferingObject = z.infer<typeof pairSchema>;

// What a detection-only bundle holds: the scope in which it can be compared with a full one.
const DETECTION_SCOPE = sql`and (type like 'x-mitre-%' or type in ('attack-pattern', 'identity', 'marking-definition') or (type = 'relationship' and name in ('detects', 'subtechnique-of', 'revoked-by')))`;
const WHOLE = sql``;

/** Objects that differ in their normalised form, by type and STIX id. */
export async function readDifferences(db: Db | Tx, a: string, b: string, detectionOnly: boolean): Promise<DifferingObject[]> {
  const scope = detectionOnly ? DETECTION_SCOPE : WHOLE;
  const rows = await db.$queryRaw`
    select coalesce(a."stixId", b."stixId") "stixId", coalesce(a.type, b.type) type, to_jsonb(a) a, to_jsonb(b) b
    from (select * from "CatalogObject" where "snapshotId" = ${a} ${scope}) a
    full join (select * from "CatalogObject" where "snapshotId" = ${b} ${scope}) b on b."stixId" = a."stixId"
    where a."normalizedSha256" is distinct from b."normalizedSha256"
    order by coalesce(a.type, b.type) collate "C", coalesce(a."stixId", b."stixId") collate "C"`;
  return z.array(pairSchema).parse(rows);
}

/** How many objects differ as published but not in their normalised form: flags, dates and spec versions that came and went. */
export async function countFormalDifferences(db: Db | Tx, a: string, b: string): Promise<number> {
  const rows = await db.$queryRaw`
    select count(*)::int n from "CatalogObject" a join "CatalogObject" b on b."stixId" = a."stixId"
    where a."snapshotId" = ${a} and b."snapshotId" = ${b} and a."normalizedSha256" = b."normalizedSha256" and a."rawSha256" <> b."rawSha256"`;
  return z.array(z.object({ n: z.number() })).parse(rows)[0]?.n ?? 0;
}

/** Which technique took the place of which, by ATT&CK ids, over every imported bundle (the starter catalogue says none). */
export async function listRevocations(db: Db | Tx): Promise<{ readonly from: string; readonly to: string }[]> {
  const rows = await db.$queryRaw`
    select distinct a."attackId" "from", b."attackId" "to"
    from "CatalogObject" o
    join "CatalogRaw" r on r.sha256 = o."rawSha256"
    join "CatalogObject" a on a."snapshotId" = o."snapshotId" and a."stixId" = r.text::jsonb->>'source_ref'
    join "CatalogObject" b on b."snapshotId" = o."snapshotId" and b."stixId" = r.text::jsonb->>'target_ref'
    where o.type = 'relationship' and o.name = 'revoked-by' and a.type = 'attack-pattern' and a."attackId" is not null and b."attackId" is not null
    order by 1, 2`;
  return z.array(z.object({ from: z.string(), to: z.string() })).parse(rows);
}
