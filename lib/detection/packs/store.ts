import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { digestOf, sha256 } from "@/lib/shared/digest";
import { storedTestSchema, type PackOrigin, type PackRow } from "./pack-row";
import { packManifestSchema, type PackManifest } from "./pack-schema";
import type { PackTestResult } from "./run-pack-tests";

/* Writes and reads Pack and PackFile: nothing else does. */

export type { PackOrigin, PackRow, StoredPackTest } from "./pack-row";

const rowSchema = z
  .object({ analytic: z.string(), version: z.number(), digest: z.string(), origin: z.enum(["built-in", "imported"]), release: z.string(), doc: packManifestSchema, ownTests: z.array(storedTestSchema), passed: z.boolean(), current: z.boolean(), loadedAt: z.date(), loadedBy: z.string() })
  .transform(({ doc, ownTests, loadedAt, ...row }): PackRow => ({ ...row, manifest: doc, tests: ownTests, loadedAt: loadedAt.toISOString() }));

/** Versions of packs by analytic, the one in force first; of these analytics or of all. */
export async function listPackRows(db: Db | Tx, { analytics = "all", current }: { readonly analytics?: "all" | readonly string[]; readonly current?: true } = {}): Promise<PackRow[]> {
  const where = { ...(current === undefined ? {} : { current }), ...(analytics === "all" ? {} : { analytic: { in: [...analytics] } }) };
  return z.array(rowSchema).parse(await db.pack.findMany({ where, orderBy: [{ analytic: "asc" }, { current: "desc" }, { version: "desc" }] }));
}

/** The manifests of the packs in force, of these analytics or of all, by analytic. */
export async function listPackManifests(db: Db | Tx, analytics: "all" | readonly string[] = "all"): Promise<PackManifest[]> {
  return (await listPackRows(db, { analytics, current: true })).map(({ manifest }) => manifest);
}

/** The files of one version of a pack, by path. */
export async function readPackFiles(db: Db | Tx, { analytic, version }: Pick<PackRow, "analytic" | "version">): Promise<Map<string, Uint8Array>> {
  const rows = await db.packFile.findMany({ where: { analytic, version }, orderBy: { path: "asc" } });
  return new Map(rows.map(({ path, bytes }) => [path, bytes]));
}

/** What identifies the content of a pack, whatever the order of its files. */
export function packDigest(files: ReadonlyMap<string, Uint8Array>): string {
  return digestOf([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => [path, sha256(bytes)]));
}

export interface PackDraft {
  readonly manifest: PackManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly digest: string;
  readonly origin: PackOrigin;
  readonly tests: readonly PackTestResult[];
}

/** Writes a version of a pack and puts it in force in place of the one before, which stays to be read. */
export async function writePack(tx: Tx, { manifest, files, digest, origin, tests }: PackDraft, by: { readonly at: Date; readonly actor: string }): Promise<void> {
  const { analytic, version } = manifest;
  await tx.pack.updateMany({ where: { analytic, current: true }, data: { current: false } });
  const own = tests.map(({ test, kind, passed, problems, records }) => ({ test, kind, passed, problems: [...problems], records }));
  const row = { digest, origin, release: manifest.attack.release, doc: manifest, ownTests: own, passed: tests.every(({ passed }) => passed), current: true, loadedAt: by.at, loadedBy: by.actor };
  await tx.pack.upsert({ where: { analytic_version: { analytic, version } }, create: { analytic, version, ...row }, update: row });
  await tx.packFile.deleteMany({ where: { analytic, version } });
  await tx.packFile.createMany({ data: [...files].map(([path, bytes]) => ({ analytic, version, path, digest: sha256(bytes), bytes: Uint8Array.from(bytes) })) });
}

/** Until the transaction ends nobody else writes this analytic's packs. */
export async function lockPack(tx: Tx, analytic: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`pack ${analytic}`}))`;
}
