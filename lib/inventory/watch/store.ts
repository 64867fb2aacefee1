import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";

/** Writes and reads WatchedFolder, WatchedFile and WatchedSource. Nothing else writes them. */

/** How long a folder stays ours without a sign of life. */
export const WATCH_LEASE_SECONDS = 60;

export interface WatchedFolderView {
  readonly id: string;
  readonly segmentId: string;
  readonly folder: string;
  readonly lookedAt: string | null; // ISO; when the folder was last read to the end
  readonly assessedAt: string | null;
  readonly leaseOwner: string | null; // null: nobody watches it now
  readonly families: readonly string[];
  readonly imported: number;
  readonly refused: readonly WatchedFileView[];
}

export interface WatchedFileView {
  readonly fileName: string;
  readonly digest: string;
  readonly state: "imported" | "refused";
  readonly what: "events" | "measurement" | "unknown";
  readonly reason: string;
  readonly at: string;
}

const stateSchema = z.enum(["imported", "refused"]);
const whatSchema = z.enum(["events", "measurement", "unknown"]);
const REFUSED_SHOWN = 50;

/** The folder's row, made when it is new. */
export async function openWatchedFolder(db: Db | Tx, segmentId: string, folder: string): Promise<{ readonly id: string; readonly assessedAt: Date | null; readonly leaseOwner: string | null }> {
  return db.watchedFolder.upsert({ where: { segmentId_folder: { segmentId, folder } }, create: { segmentId, folder }, update: {}, select: { id: true, assessedAt: true, leaseOwner: true } });
}

/**
 * Takes or renews the lease of a folder, by the database's clock.
 *
 * @param ended an owner that is known to have ended: its lease need not run out first
 * @returns false when another process holds it
 */
export async function takeWatchLease(db: Db | Tx, id: string, owner: string, ended: string | null = null): Promise<boolean> {
  const changed = await db.$executeRaw`
    update "WatchedFolder" set "leaseOwner" = ${owner}, "leaseUntil" = (now() at time zone 'utc') + make_interval(secs => ${WATCH_LEASE_SECONDS}::int)
    where id = ${id} and ("leaseOwner" is null or "leaseOwner" = ${owner} or "leaseOwner" = ${ended}::text or "leaseUntil" < (now() at time zone 'utc'))`;
  return changed === 1;
}

/** Gives the lease back. */
export async function releaseWatchLease(db: Db | Tx, id: string, owner: string): Promise<void> {
  await db.watchedFolder.updateMany({ where: { id, leaseOwner: owner }, data: { leaseOwner: null, leaseUntil: null } });
}

/**
 * Deletes a folder with its ledger and the families that it delivered; what was imported is kept elsewhere.
 *
 * @param ended an owner that is known to have ended: its lease does not count
 * @returns false when a process holds it, or there is none
 */
export async function deleteWatchedFolder(tx: Tx, id: string, ended: string | null): Promise<boolean> {
  const deleted = await tx.$executeRaw`
    delete from "WatchedFolder" where id = ${id} and ("leaseOwner" is null or "leaseOwner" = ${ended}::text or "leaseUntil" < (now() at time zone 'utc'))`;
  return deleted === 1;
}

/** Notes that the folder was read to the end, or that the fleet was assessed. */
export async function noteWatch(db: Db | Tx, id: string, noted: { readonly lookedAt: Date } | { readonly assessedAt: Date }): Promise<void> {
  await db.watchedFolder.update({ where: { id }, data: noted });
}

/** Contents that were taken or refused, and as which files: unchanged files need not be read again. */
export async function listWatchedFiles(db: Db | Tx, folderId: string): Promise<{ readonly digest: string; readonly fileName: string; readonly size: number; readonly mtimeMs: number }[]> {
  const rows = await db.watchedFile.findMany({ where: { folderId }, select: { digest: true, fileName: true, size: true, mtimeMs: true } });
  return rows.map(({ size, mtimeMs, ...row }) => ({ ...row, size: Number(size), mtimeMs: Number(mtimeMs) }));
}

export interface WatchedFileWrite {
  readonly digest: string;
  readonly fileName: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly state: "imported" | "refused";
  readonly what: "events" | "measurement" | "unknown";
  readonly reason: string;
  readonly families: readonly string[]; // that it delivered
  readonly at: Date;
}

/** Enters a file into the ledger, with the families that it delivered, which are watched from then on. */
export async function writeWatchedFile(tx: Tx, folderId: string, { families, size, mtimeMs, ...file }: WatchedFileWrite): Promise<void> {
  const row = { ...file, size: BigInt(size), mtimeMs: BigInt(Math.trunc(mtimeMs)) };
  await tx.watchedFile.upsert({ where: { folderId_digest: { folderId, digest: file.digest } }, create: { folderId, ...row }, update: row });
  await tx.watchedSource.createMany({ data: families.map((family) => ({ folderId, family, since: file.at })), skipDuplicates: true });
}

/** Families that watched folders of live segments have delivered, and when each folder was last read to the end. */
export async function listWatchedFamilies(db: Db | Tx): Promise<{ readonly segmentId: string; readonly family: string; readonly since: number; readonly lookedAt: number }[]> {
  const rows = await db.watchedSource.findMany({ where: { folder: { segment: { retiredAt: null } } }, include: { folder: true }, orderBy: [{ folderId: "asc" }, { family: "asc" }] });
  return rows.flatMap(({ family, since, folder }) => (folder.lookedAt === null ? [] : [{ segmentId: folder.segmentId, family, since: since.getTime(), lookedAt: folder.lookedAt.getTime() }]));
}

/** Every watched folder with what it delivered and what was refused, newest refusal first. */
export async function listWatchedFolders(db: Db | Tx, segmentIds: "all" | readonly string[]): Promise<WatchedFolderView[]> {
  const rows = await db.watchedFolder.findMany({
    where: segmentIds === "all" ? {} : { segmentId: { in: [...segmentIds] } },
    include: { sources: { orderBy: { family: "asc" } }, files: { where: { NOT: { reason: "" } }, orderBy: { at: "desc" }, take: REFUSED_SHOWN }, _count: { select: { files: { where: { state: "imported" } } } } },
    orderBy: [{ folder: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, segmentId, folder, lookedAt, assessedAt, leaseOwner, sources, files, _count }) => ({
    id,
    segmentId,
    folder,
    lookedAt: lookedAt?.toISOString() ?? null,
    assessedAt: assessedAt?.toISOString() ?? null,
    leaseOwner,
    families: sources.map(({ family }) => family),
    imported: _count.files,
    refused: files.map(({ fileName, digest, state, what, reason, at }) => ({ fileName, digest, state: stateSchema.parse(state), what: whatSchema.parse(what), reason, at: at.toISOString() })),
  }));
}
