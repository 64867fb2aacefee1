import { differingFields } from "@/lib/catalog/compare-objects";
import { findRepointed, type RepointedStrategy } from "@/lib/catalog/find-repointed";
import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { countFormalDifferences, listSnapshotRows, readDifferences, readStrategies, readTexts, type DifferingObject } from "@/lib/catalog/store";
import type { Domain, Snapshot } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface DiffObject {
  readonly stixId: string;
  readonly type: string;
  readonly id: string | null; // ATT&CK id
  readonly name: string | null;
}

export interface ChangedObject extends DiffObject {
  readonly fields: readonly string[];
  readonly versions: readonly [string | null, string | null];
}

export interface CatalogDiff {
  readonly domain: Domain;
  readonly a: string; // release
  readonly b: string;
  readonly scope: "all" | "detection"; // detection: one side is a detection-only bundle, so only what such a bundle holds was compared
  readonly counts: Readonly<Record<string, { readonly added: number; readonly removed: number; readonly changed: number }>>; // by type
  readonly added: readonly DiffObject[];
  readonly removed: readonly DiffObject[];
  readonly changed: readonly ChangedObject[];
  readonly revoked: readonly DiffObject[]; // newly
  readonly deprecated: readonly DiffObject[]; // newly
  readonly repointed: readonly RepointedStrategy[]; // strategies that moved to other techniques
  readonly formalOnly: number; // objects whose published text differs in dates, spec versions or false flags only
}

/**
 * What really changed between two releases of one domain: by normalised content, never by `modified`.
 *
 * @throws SightlineError NOT_FOUND for a release that was not imported; INVALID for two domains or the starter catalogue.
 */
export async function diffCatalog(ctx: OperationContext, input: { readonly a: string; readonly b: string }): Promise<CatalogDiff> {
  authorize(ctx, "catalog.read", "none");
  const snapshots = await listSnapshotRows(ctx.db);
  const a = find(snapshots, input.a);
  const b = find(snapshots, input.b);
  if (a.domain !== b.domain) throw new SightlineError("INVALID", `${a.domain} and ${b.domain} are different domains; releases of one domain can be compared.`);
  const detectionOnly = a.detectOnly || b.detectOnly;
  const rows = await readDifferences(ctx.db, a.id, b.id, detectionOnly);
  const pairs = rows.filter((row) => row.a !== null && row.b !== null);
  const texts = await readTexts(ctx.db, pairs.flatMap((row) => [row.a?.rawSha256, row.b?.rawSha256]).filter((hash) => typeof hash === "string"));
  const text = (hash: string | null | undefined): string => texts.get(hash ?? "") ?? "{}";
  const [before, after] = await Promise.all([readStrategies(ctx.db, a.id), readStrategies(ctx.db, b.id)]);
  return {
    domain: a.domain,
    a: a.release,
    b: b.release,
    scope: detectionOnly ? "detection" : "all",
    counts: countByType(rows),
    added: rows.filter((row) => row.a === null).map(toObject),
    removed: rows.filter((row) => row.b === null).map(toObject),
    changed: pairs.map((row) => ({
      ...toObject(row),
      fields: differingFields(text(row.a?.rawSha256), text(row.b?.rawSha256)),
      versions: [row.a?.version ?? null, row.b?.version ?? null],
    })),
    revoked: pairs.filter((row) => row.b?.revoked && !row.a?.revoked).map(toObject),
    deprecated: pairs.filter((row) => row.b?.deprecated && !row.a?.deprecated).map(toObject),
    repointed: findRepointed(before, after),
    formalOnly: await countFormalDifferences(ctx.db, a.id, b.id),
  };
}

function find(snapshots: readonly Snapshot[], key: string): Snapshot {
  const { domain, release } = readReleaseKey(key);
  const found = snapshots.find((snapshot) => snapshot.domain === domain && snapshot.release === release);
  if (found === undefined) {
    const known = snapshots.filter((snapshot) => snapshot.origin === "mitre").map((snapshot) => `${snapshot.domain}-${snapshot.release}`);
    throw new SightlineError("NOT_FOUND", `${domain} ${release} was not imported.`, { remedy: known.length === 0 ? "Import a bundle first." : `Imported: ${known.join(", ")}.` });
  }
  if (found.origin === "starter") throw new SightlineError("INVALID", "The starter catalogue is an excerpt and stays outside the history of releases.", { remedy: "Import the whole bundle." });
  return found;
}

function toObject(row: DifferingObject): DiffObject {
  const side = row.b ?? row.a;
  return { stixId: row.stixId, type: row.type, id: side?.attackId ?? null, name: side?.name ?? null };
}

function countByType(rows: readonly DifferingObject[]): CatalogDiff["counts"] {
  const counts: Record<string, { added: number; removed: number; changed: number }> = {};
  for (const row of rows) {
    const count = (counts[row.type] ??= { added: 0, removed: 0, changed: 0 });
    count[row.a === null ? "added" : row.b === null ? "removed" : "changed"] += 1;
  }
  return counts;
}
