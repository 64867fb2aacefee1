import { bulkInsert } from "@/lib/db/bulk-insert";
import { DbNull, type Db, type Tx } from "@/lib/db/client";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { segmentKey } from "./segment-key";
import { basisSchema, changesSchema, importKindSchema, lossesSchema, qualitySchema, refusalsSchema } from "./stored-documents";
import type { Claim, ClaimDraft, InventoryImport, RosterHost, Segment, SegmentDraft, SegmentForScoring, SegmentSummary } from "./types";

/** Writes and reads Segment, SegmentPlatform, RosterHost, Claim and InventoryImport. Nothing else writes them. */

// Sorted here, not by the database: a server may keep text in its own language's order.
const byNameKey = (a: { nameKey: string }, b: { nameKey: string }): number => compareCodeUnits(a.nameKey, b.nameKey);
const byHostKey = (a: { hostKey: string }, b: { hostKey: string }): number => compareCodeUnits(a.hostKey, b.hostKey);

/** Segments with how much is known of each, by name. Retired ones only when asked for. */
export async function listSegments(db: Db | Tx, options: { readonly retired?: boolean } = {}): Promise<SegmentSummary[]> {
  const rows = await db.segment.findMany({
    where: options.retired ? {} : { retiredAt: null },
    include: { platforms: true, _count: { select: { roster: true, claims: true } } },
  });
  return rows.sort(byNameKey).map((row) => ({ ...toSegment(row), rosterHosts: row._count.roster || null, claims: row._count.claims }));
}

/** Segments in use with any of these platforms, by name: no more of each than a choice among them shows. */
export async function listSegmentsOfPlatforms(db: Db | Tx, platforms: readonly string[]): Promise<{ readonly id: string; readonly name: string; readonly rostered: boolean }[]> {
  const rows = await db.segment.findMany({ where: { retiredAt: null, platforms: { some: { platform: { in: [...platforms] } } } }, select: { id: true, name: true, nameKey: true, _count: { select: { roster: true } } } });
  return rows.sort(byNameKey).map(({ id, name, _count }) => ({ id, name, rostered: _count.roster > 0 }));
}

/** How many segments there are: those in use, or all that are not the demonstration's, retired ones included. */
export async function countSegments(db: Db | Tx, which: "live" | "own"): Promise<number> {
  return db.segment.count({ where: which === "live" ? { retiredAt: null } : { demo: false } });
}

/** Names of the segments that are not the demonstration's, retired ones included, in order. */
export async function listOwnSegmentNames(db: Db | Tx): Promise<string[]> {
  const rows = await db.segment.findMany({ where: { demo: false }, select: { name: true, nameKey: true } });
  return rows.sort(byNameKey).map(({ name }) => name);
}

/** Ids of the demonstration's segments. */
export async function listDemoSegmentIds(db: Db | Tx): Promise<string[]> {
  return (await db.segment.findMany({ where: { demo: true }, select: { id: true } })).map(({ id }) => id);
}

/** Deletes segments with their platforms, rosters and claims, and the records of imports by this actor that no claim rests on any more. */
export async function deleteSegments(tx: Tx, ids: readonly string[], importedBy: string): Promise<void> {
  await tx.segment.deleteMany({ where: { id: { in: [...ids] } } });
  await tx.inventoryImport.deleteMany({ where: { actor: importedBy, claims: { none: {} }, statements: { none: {} }, measurements: { none: {} } } });
}

/** How many claims stand. */
export async function countClaims(db: Db | Tx): Promise<number> {
  return db.claim.count();
}

/** The segment with this id, retired or not; null when there is none. */
export async function findSegment(db: Db | Tx, id: string): Promise<Segment | null> {
  const row = await db.segment.findUnique({ where: { id }, include: { platforms: true } });
  return row && toSegment(row);
}

/** The segment of this name, outer blanks and case ignored, retired or not; null when there is none. */
export async function findSegmentByName(db: Db | Tx, name: string): Promise<Segment | null> {
  const row = await db.segment.findUnique({ where: { nameKey: segmentKey(name) }, include: { platforms: true } });
  return row && toSegment(row);
}

/** Every live segment with its platforms, roster and target, ordered by name key: what an assessment pins. */
export async function listSegmentsForScoring(db: Db | Tx): Promise<SegmentForScoring[]> {
  const rows = await db.segment.findMany({ where: { retiredAt: null }, include: { platforms: true, roster: true } });
  return rows.sort(byNameKey).map((row) => {
    const { id, name, assets, criticality, target } = toSegment(row);
    const platforms = toPlatforms(row.platforms);
    const roster = row.roster.length === 0 ? null : row.roster.sort(byHostKey).map(({ hostKey, platform }) => ({ host: hostKey, platform }));
    return { id, name, assets, criticality, platforms, roster, target };
  });
}

/** Writes a new segment. @throws Prisma's unique violation when the name is taken; operations look first. */
export async function insertSegment(tx: Tx, draft: SegmentDraft, options: { readonly at: Date; readonly demo?: boolean }): Promise<Segment> {
  const row = await tx.segment.create({
    data: { ...columnsOf(draft), demo: options.demo ?? false, createdAt: options.at, updatedAt: options.at, platforms: { create: platformRows(draft) } },
    include: { platforms: true },
  });
  return toSegment(row);
}

/** Replaces what people wrote about a segment; its id, roster, claims and history stay. */
export async function updateSegment(tx: Tx, id: string, draft: SegmentDraft, at: Date): Promise<Segment> {
  await tx.segmentPlatform.deleteMany({ where: { segmentId: id } });
  const row = await tx.segment.update({
    where: { id },
    data: { ...columnsOf(draft), updatedAt: at, platforms: { create: platformRows(draft) } },
    include: { platforms: true },
  });
  return toSegment(row);
}

/** Retires (retired = true) or restores a segment. */
export async function setSegmentRetired(tx: Tx, id: string, retired: boolean, at: Date): Promise<Segment> {
  const row = await tx.segment.update({ where: { id }, data: { retiredAt: retired ? at : null, updatedAt: at }, include: { platforms: true } });
  return toSegment(row);
}

/** The hosts that belong to a segment, by folded name. Empty: it has no roster. */
export async function listRoster(db: Db | Tx, segmentId: string): Promise<RosterHost[]> {
  const rows = await db.rosterHost.findMany({ where: { segmentId } });
  return rows.sort(byHostKey).map(({ host, hostKey, platform }) => ({ host, key: hostKey, platform }));
}

/** Replaces the whole roster of a segment. */
export async function replaceRoster(tx: Tx, segmentId: string, hosts: readonly RosterHost[]): Promise<void> {
  await tx.rosterHost.deleteMany({ where: { segmentId } });
  const columns = ["segmentId", "hostKey", "host", "platform"].map((name) => ({ name, type: "text" }));
  await bulkInsert(tx, "RosterHost", columns, hosts.map(({ host, key, platform }) => ({ segmentId, hostKey: key, host, platform })));
}

/** Claims of live segments (or of the segments given), in a fixed order. */
export async function listClaims(db: Db | Tx, segmentIds?: readonly string[]): Promise<Claim[]> {
  const rows = await db.claim.findMany({
    where: segmentIds ? { segmentId: { in: [...segmentIds] } } : { segment: { retiredAt: null } },
    include: { import: { select: { format: true, fileName: true } } },
  });
  rows.sort((a, b) => compareCodeUnits(a.segmentId, b.segmentId) || compareCodeUnits(a.identity, b.identity));
  return rows.map((row) => ({
    id: row.id,
    segmentId: row.segmentId,
    importId: row.importId,
    format: row.import.format,
    fileName: row.import.fileName,
    source: row.source,
    product: row.product,
    logSource: row.logSource,
    channel: row.channel,
    component: row.component,
    hostsReporting: row.hostsReporting,
    latencyP95S: row.latencyP95S,
    retentionDays: row.retentionDays,
    basis: basisSchema.parse(row.basis),
    asOf: row.asOf ? isoDate(row.asOf) : null,
    note: row.note,
    condition: row.condition,
    quality: row.quality === null ? null : qualitySchema.parse(row.quality),
  }));
}

export interface ClaimWrite {
  readonly segmentId: string;
  readonly identity: string;
  readonly claim: ClaimDraft;
}

/** Writes claims that are new or changed (a claim of the same identity is replaced), and removes those given by id. */
export async function writeClaims(tx: Tx, importId: string, writes: readonly ClaimWrite[], removedIds: readonly string[]): Promise<void> {
  if (removedIds.length > 0) await tx.claim.deleteMany({ where: { id: { in: [...removedIds] } } });
  const bySegment = new Map<string, string[]>();
  for (const { segmentId, identity } of writes) bySegment.set(segmentId, [...(bySegment.get(segmentId) ?? []), identity]);
  for (const [segmentId, identities] of bySegment) await tx.claim.deleteMany({ where: { segmentId, identity: { in: identities } } });
  await tx.claim.createMany({
    data: writes.map(({ segmentId, identity, claim }) => ({
      ...claim,
      quality: claim.quality ? { ...claim.quality } : DbNull,
      asOf: claim.asOf === null ? null : dateOf(claim.asOf),
      segmentId,
      identity,
      importId,
    })),
  });
}

/** Records one applied import. */
export async function insertImport(tx: Tx, entry: Omit<InventoryImport, "id" | "at"> & { readonly at: Date }): Promise<string> {
  const { refusals, losses, changes, ...rest } = entry;
  const row = await tx.inventoryImport.create({
    data: { ...rest, refusals: refusals.map((item) => ({ ...item })), losses: losses.map((item) => ({ ...item })), changes: { ...changes } },
  });
  return row.id;
}

/** Applied imports, newest first. */
export async function listImports(db: Db | Tx, limit = 200): Promise<InventoryImport[]> {
  const rows = await db.inventoryImport.findMany({ orderBy: [{ at: "desc" }, { id: "asc" }], take: limit });
  return rows.map((row) => ({
    ...row,
    at: row.at.toISOString(),
    kind: importKindSchema.parse(row.kind),
    refusals: refusalsSchema.parse(row.refusals),
    losses: lossesSchema.parse(row.losses),
    changes: changesSchema.parse(row.changes),
  }));
}

/** Makes inventory changes queue up behind each other until the transaction ends, so that a plan stays true while it is written. */
export async function lockInventory(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sightline.inventory'))`;
}

interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly assets: number;
  readonly criticality: number;
  readonly owner: string;
  readonly tags: string[];
  readonly timeZone: string | null;
  readonly targetMillionths: number | null;
  readonly targetDate: Date | null;
  readonly targetOwner: string | null;
  readonly demo: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly retiredAt: Date | null;
  readonly platforms: readonly { readonly platform: string; readonly hosts: number | null }[];
}

function toSegment(row: SegmentRow): Segment {
  const { id, name, assets, criticality, owner, tags, timeZone, demo } = row;
  return {
    id,
    name,
    platforms: toPlatforms(row.platforms),
    assets,
    criticality,
    owner,
    tags,
    timeZone,
    target:
      row.targetMillionths === null
        ? null
        : { value: row.targetMillionths, date: row.targetDate ? isoDate(row.targetDate) : null, owner: row.targetOwner ?? "" },
    demo,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    retiredAt: row.retiredAt?.toISOString() ?? null,
  };
}

function toPlatforms(rows: SegmentRow["platforms"]): { name: string; hosts: number | null }[] {
  return rows.map(({ platform, hosts }) => ({ name: platform, hosts })).sort((a, b) => compareCodeUnits(a.name, b.name));
}

function columnsOf(draft: SegmentDraft) {
  return {
    name: draft.name,
    nameKey: segmentKey(draft.name),
    assets: draft.assets,
    criticality: draft.criticality,
    owner: draft.owner,
    tags: [...draft.tags],
    timeZone: draft.timeZone,
    targetMillionths: draft.target?.value ?? null,
    targetDate: draft.target?.date ? dateOf(draft.target.date) : null,
    targetOwner: draft.target?.owner ?? null,
  };
}

function platformRows(draft: SegmentDraft): { platform: string; hosts: number | null }[] {
  return draft.platforms.map(({ name, hosts }) => ({ platform: name, hosts }));
}

function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function dateOf(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`);
}
