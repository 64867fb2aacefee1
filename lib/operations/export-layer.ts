import type { Domain } from "@/lib/catalog/types";
import { makeLayer } from "@/lib/evidence/navigator/make-layer";
import type { Layer } from "@/lib/evidence/navigator/layer-schema";
import { SightlineError } from "@/lib/shared/errors";
import packageJson from "@/package.json";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getRollups } from "./get-rollups";

export interface LayerRequest {
  readonly assessment: number | null; // null: the newest
  readonly segment?: string; // name or id; absent: the fleet
  readonly domain?: Domain; // default: enterprise, else the only one that was assessed
}

/**
 * A layer for ATT&CK Navigator of one segment or of the fleet.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment or segment, or a domain that was not assessed
 */
export async function exportLayer(ctx: OperationContext, { assessment, segment, domain }: LayerRequest): Promise<{ readonly fileName: string; readonly layer: Layer }> {
  authorize(ctx, "assessment.read", "none");
  const rollups = await getRollups(ctx, { assessment, levels: ["technique"], ...(segment === undefined ? {} : { segment }) });
  const chosen = domain ?? (Object.hasOwn(rollups.releases, "enterprise") ? "enterprise" : onlyOf(rollups.releases));
  const release = rollups.releases[chosen];
  if (release === undefined) throw new SightlineError("NOT_FOUND", `Assessment ${rollups.assessment} does not cover ${chosen}.`, { field: "domain" });
  const ids = new Set((await readRollupLinks(ctx, { [chosen]: release })).techniques.map(({ id }) => id));
  const name = rollups.rows[0]?.segment ?? segment ?? null;
  const layer = makeLayer({ ...rollups, domain: chosen, segment: segment === undefined ? null : name, rows: rollups.rows.filter(({ id }) => ids.has(id)), software: `Sightline ${packageJson.version}` });
  const slug = (segment === undefined ? "fleet" : (name ?? segment)).toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "") || "segment";
  return { fileName: `sightline-${rollups.assessment}-${slug}-${chosen}.json`, layer };
}

function onlyOf(releases: Readonly<Record<string, string>>): Domain {
  const found = (["mobile", "ics"] as const).find((domain) => Object.hasOwn(releases, domain));
  return found ?? "enterprise";
}
