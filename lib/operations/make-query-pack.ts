import { resolveRequirements } from "@/lib/assessment/resolve-requirements";
import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import { platformsOfAnalytic } from "@/lib/inventory/platforms";
import { makeQueryPack as makePack, type QueryPack } from "@/lib/inventory/query-packs/make-query-pack";
import { BACKENDS, type WantedFamily } from "@/lib/inventory/query-packs/types";
import { listRoster } from "@/lib/inventory/store";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { overridesInForce } from "@/lib/telemetry/overrides/override";
import { resolveWithOverrides } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { platformsOfKind, splitKind } from "@/lib/telemetry/record-kinds";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { writeZip } from "./evidence/write-zip";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

const MOST_DAYS = 90;

export interface SegmentQueryPack extends QueryPack {
  readonly segment: { readonly id: string; readonly name: string };
  readonly fileName: string;
}

/**
 * The query pack of a segment: queries for the families that its analytics accept on its platforms, limited to its roster.
 *
 * @param input.segment name or id
 * @param input.days how far back the queries look; default 7
 * @throws SightlineError NOT_FOUND for an unknown segment or without a catalogue, INVALID for an unknown backend
 */
export async function makeQueryPack(ctx: OperationContext, input: { readonly segment: string; readonly backend: string; readonly days?: number }): Promise<SegmentQueryPack> {
  authorize(ctx, "inventory.read", "none");
  const segment = await findSegmentOrRefuse(ctx.db, input.segment, { live: true });
  authorize(ctx, "inventory.read", [segment.id]);
  const backend = BACKENDS.find((id) => id === input.backend.trim().toLowerCase());
  if (backend === undefined) throw new SightlineError("INVALID", `There are no queries for "${input.backend}".`, { field: "backend", remedy: `Use one of: ${BACKENDS.join(", ")}.` });
  if (input.days !== undefined && !(Number.isInteger(input.days) && input.days >= 1 && input.days <= MOST_DAYS)) throw new SightlineError("INVALID", `The window is no whole number of days from 1 to ${MOST_DAYS}.`, { field: "days" });
  const roster = (await listRoster(ctx.db, segment.id)).map(({ key }) => key);
  const wanted = await findWanted(ctx, segment.platforms.map(({ name }) => name));
  const pack = makePack({ segment: segment.name, backend, roster: roster.length === 0 ? null : roster, wanted, days: input.days });
  const slug = segment.name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "segment";
  return { ...pack, segment: { id: segment.id, name: segment.name }, fileName: `sightline-${slug}-${backend}.zip` };
}

/** The pack as a zip, the same bytes for the same pack. */
export async function* zipQueryPack(pack: Pick<QueryPack, "files">): AsyncGenerator<Uint8Array> {
  yield* writeZip(pack.files.map(({ path, text }) => ({ path, content: () => [text] })), new Date(Date.UTC(1980, 0, 1)), []);
}

/** Per family: the event keys that the analytics of these platforms accept, and every field that one of their components requires. */
async function findWanted(ctx: OperationContext, platforms: readonly string[]): Promise<WantedFamily[]> {
  const current = (await listSnapshotRows(ctx.db)).filter((snapshot) => snapshot.current);
  if (current.length === 0) throw new SightlineError("NOT_FOUND", "No catalogue is imported, so nobody knows what to ask for.", { remedy: "Run sightline catalog import FILE first." });
  const analytics = (await Promise.all(current.map(({ id }) => readAnalytics(ctx.db, id)))).flat().filter((analytic) => !analytic.revoked && !analytic.deprecated && platformsOfAnalytic(analytic).some((name) => platforms.includes(name)));
  const resolved = resolveRequirements(analytics, [], resolveWithOverrides(overridesInForce(await listOverrideVersions(ctx.db))));
  const families = new Map<string, { keys: Set<string>; fields: Set<string> }>();
  for (const set of resolved.acceptSets) {
    for (const { kind, fields } of set) {
      if (!platformsOfKind(kind).some((platform) => platforms.includes(platform))) continue;
      const { family, key } = splitKind(kind);
      const known = families.get(family) ?? { keys: new Set(), fields: new Set() };
      families.set(family, known);
      known.keys.add(key);
      const required = resolved.fieldSets[fields];
      for (const field of [...(required?.required ?? []), ...(required?.anyOf.flat() ?? [])]) known.fields.add(field);
    }
  }
  return [...families].map(([family, { keys, fields }]) => ({ family, keys: [...keys].sort(compareCodeUnits), fields: [...fields].sort(compareCodeUnits) })).sort((a, b) => compareCodeUnits(a.family, b.family));
}
