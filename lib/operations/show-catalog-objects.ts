import { compareReleases } from "@/lib/catalog/compare-releases";
import type { EntityKind } from "@/lib/catalog/entity-schema";
import {
  findEntities,
  listSnapshotRows,
  readAnalytics,
  readComponents,
  readGroups,
  readHeads,
  readStrategies,
  readTactics,
  readTechniques,
  type EntityPlace,
  type ObjectHead,
} from "@/lib/catalog/store";
import { DOMAINS, type Snapshot } from "@/lib/catalog/types";
import { describeAnalytic, type CatalogObjectHead, type ShownObject } from "@/lib/reports/describe-catalog-object";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readResolver } from "./read-resolver";

export interface ShowCatalogInput {
  readonly ids: readonly string[]; // AN, DET, T, TA or DC ids, any case
  readonly release?: string; // default: the current release, else the newest that holds the object
}

const TYPES: Readonly<Record<EntityKind, string>> = {
  analytic: "x-mitre-analytic",
  strategy: "x-mitre-detection-strategy",
  technique: "attack-pattern",
  tactic: "x-mitre-tactic",
  component: "x-mitre-data-component",
  group: "intrusion-set",
};

/**
 * ATT&CK objects by the ids that people use, in the order given, with everything that is linked to them.
 *
 * @throws SightlineError NOT_FOUND naming every id that no imported release (or not the wanted one) holds.
 */
export async function showCatalogObjects(ctx: OperationContext, input: ShowCatalogInput): Promise<ShownObject[]> {
  authorize(ctx, "catalog.read", "none");
  const ids = input.ids.map((id) => id.trim().toUpperCase());
  const snapshots = new Map((await listSnapshotRows(ctx.db)).map((snapshot) => [snapshot.id, snapshot]));
  const places = await findEntities(ctx.db, ids);
  const heads = await readHeads(ctx.db, [...new Set(places.map((place) => place.stixId))]);
  const chosen = ids.map((id) => ({ id, place: choose(places.filter((place) => place.attackId === id), snapshots, input.release) }));
  const missing = chosen.filter(({ place }) => place === null).map(({ id }) => id);
  if (missing.length > 0) {
    const where = input.release === undefined ? "no imported release" : `release ${input.release}`;
    throw new SightlineError("NOT_FOUND", `${missing.join(", ")}: ${where} holds ${missing.length === 1 ? "this id" : "these ids"}.`, { remedy: "See `catalog list` for what is imported." });
  }
  const shown: ShownObject[] = [];
  for (const { place } of chosen) if (place !== null) shown.push(await show(ctx, place, heads, snapshots));
  return shown;
}

/** The place to show an object from: current before not current, published before starter, higher release first, enterprise before others. */
function choose(places: readonly EntityPlace[], snapshots: ReadonlyMap<string, Snapshot>, release: string | undefined): EntityPlace | null {
  const ranked = places
    .flatMap((place) => {
      const snapshot = snapshots.get(place.snapshotId);
      return snapshot === undefined || (release !== undefined && snapshot.release !== release) ? [] : [{ place, snapshot }];
    })
    .sort(
      (a, b) =>
        Number(b.snapshot.current) - Number(a.snapshot.current) ||
        compareReleases(b.snapshot.release, a.snapshot.release) ||
        DOMAINS.indexOf(a.snapshot.domain) - DOMAINS.indexOf(b.snapshot.domain),
    );
  return ranked[0]?.place ?? null;
}

async function show(ctx: OperationContext, place: EntityPlace, heads: readonly ObjectHead[], snapshots: ReadonlyMap<string, Snapshot>): Promise<ShownObject> {
  const { snapshotId, kind, attackId } = place;
  const head = headOf(place, heads, snapshots);
  const only = <T>(found: readonly T[]): T => {
    const [first] = found;
    if (first === undefined) throw new SightlineError("NOT_FOUND", `${attackId} was removed while it was read.`);
    return first;
  };
  switch (kind) {
    case "analytic": {
      const { resolver } = await readResolver(ctx);
      return describeAnalytic(head, only(await readAnalytics(ctx.db, snapshotId, [attackId])), (source, platform) => resolver.resolve(source, platform, attackId));
    }
    case "strategy":
      return { ...head, ...only(await readStrategies(ctx.db, snapshotId, [attackId])) };
    case "technique":
      return { ...head, ...only(await readTechniques(ctx.db, snapshotId, [attackId])) };
    case "tactic":
      return { ...head, ...only(await readTactics(ctx.db, snapshotId, [attackId])) };
    case "component":
      return { ...head, ...only(await readComponents(ctx.db, snapshotId, [attackId])) };
    case "group":
      return { ...head, ...only(await readGroups(ctx.db, snapshotId, [attackId])) };
  }
}

function headOf(place: EntityPlace, heads: readonly ObjectHead[], snapshots: ReadonlyMap<string, Snapshot>): CatalogObjectHead {
  const snapshot = snapshots.get(place.snapshotId);
  const own = heads.find((head) => head.snapshotId === place.snapshotId && head.stixId === place.stixId);
  if (snapshot === undefined || own === undefined) throw new SightlineError("NOT_FOUND", `${place.attackId} was removed while it was read.`);
  const releases = heads
    .filter((head) => head.stixId === place.stixId)
    .flatMap((head) => {
      const holder = snapshots.get(head.snapshotId);
      return holder === undefined || holder.origin === "starter" ? [] : [{ holder, head }];
    })
    .sort((a, b) => DOMAINS.indexOf(a.holder.domain) - DOMAINS.indexOf(b.holder.domain) || compareReleases(a.holder.release, b.holder.release))
    .map(({ holder, head }) => ({ domain: holder.domain, release: holder.release, rawSha256: head.rawSha256, version: head.version ?? "", modified: head.modified ?? "" }));
  return {
    id: place.attackId,
    stixId: place.stixId,
    type: TYPES[place.kind],
    name: own.name ?? place.attackId,
    domain: snapshot.domain,
    release: snapshot.release,
    origin: snapshot.origin,
    version: own.version ?? "",
    created: own.created ?? "",
    modified: own.modified ?? "",
    revoked: own.revoked,
    deprecated: own.deprecated,
    rawSha256: own.rawSha256,
    releases,
  };
}
