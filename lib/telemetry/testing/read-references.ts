import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { LogSource } from "@/lib/catalog/types";

// eslint-disable-next-line no-restricted-globals -- tests alone import this file: it finds the samples as they do
const FOLDER = path.resolve(process.env["SIGHTLINE_SAMPLES"] ?? path.join(__dirname, "../../../../shared"), "attack");

/** The bundles of release 19.1 by domain. */
export const BUNDLES = {
  enterprise: "enterprise-attack-19.1-detect-stix21.json.gz",
  mobile: "mobile-attack-19.1-stix21.json.gz",
  ics: "ics-attack-19.1-stix21.json.gz",
} as const;

const Bundle = z.object({
  objects: z.array(
    z.looseObject({
      type: z.string(),
      id: z.string(),
      name: z.string().optional(),
      external_references: z.array(z.looseObject({ source_name: z.string(), external_id: z.string().optional() })).optional(),
      x_mitre_platforms: z.array(z.string()).optional(),
      x_mitre_log_source_references: z.array(z.object({ x_mitre_data_component_ref: z.string(), name: z.string(), channel: z.string() })).optional(),
      x_mitre_analytic_refs: z.array(z.string()).optional(),
      relationship_type: z.string().optional(),
      source_ref: z.string().optional(),
      target_ref: z.string().optional(),
      kill_chain_phases: z.array(z.object({ phase_name: z.string() })).optional(),
    }),
  ),
});

/** One log-source reference as ATT&CK prints it, with the analytic that cites it. */
export interface Cited {
  readonly analytic: string;
  readonly position: number; // in the analytic's own list
  readonly platform: string | null;
  readonly ref: LogSource;
  readonly techniques: readonly string[]; // of the analytic's strategy
  readonly tactics: readonly string[];
}

/** Whether the samples folder holds the bundle of a domain. */
export function hasBundle(domain: keyof typeof BUNDLES): boolean {
  return existsSync(path.join(FOLDER, BUNDLES[domain]));
}

const read = new Map<keyof typeof BUNDLES, readonly Cited[]>(); // of all test files that one worker runs

/** Every log-source reference of a domain's bundle, in its order. */
export function readReferences(domain: keyof typeof BUNDLES): readonly Cited[] {
  const known = read.get(domain) ?? parseReferences(domain);
  read.set(domain, known);
  return known;
}

function parseReferences(domain: keyof typeof BUNDLES): readonly Cited[] {
  const { objects } = Bundle.parse(JSON.parse(gunzipSync(readFileSync(path.join(FOLDER, BUNDLES[domain]))).toString("utf8")));
  const attackId = (object: (typeof objects)[number]): string => object.external_references?.find((item) => item.source_name.startsWith("mitre-"))?.external_id ?? "";
  const byId = new Map(objects.map((object) => [object.id, object]));
  const strategyOf = new Map(objects.flatMap((object) => (object.x_mitre_analytic_refs ?? []).map((analytic) => [analytic, object.id] as const)));
  const detected = new Map<string, string[]>();
  for (const { relationship_type, source_ref = "", target_ref = "" } of objects) if (relationship_type === "detects") detected.set(source_ref, [...(detected.get(source_ref) ?? []), target_ref]);
  return objects
    .filter((object) => object.type === "x-mitre-analytic")
    .flatMap((object) => {
      const techniques = (detected.get(strategyOf.get(object.id) ?? "") ?? []).flatMap((id) => byId.get(id) ?? []);
      const tactics = [...new Set(techniques.flatMap((technique) => (technique.kill_chain_phases ?? []).map((phase) => phase.phase_name)))];
      return (object.x_mitre_log_source_references ?? []).flatMap((item, position): Cited[] => {
        const component = byId.get(item.x_mitre_data_component_ref);
        if (!component) return [];
        const platform = object.x_mitre_platforms?.[0] ?? "None";
        const channel = item.channel.trim();
        const ref = { component: { id: attackId(component), name: component.name ?? "" }, name: item.name.trim(), channel: channel === "None" ? "" : channel };
        return [{ analytic: attackId(object), position, platform: platform === "None" ? null : platform, ref, techniques: techniques.map(attackId), tactics }];
      });
    });
}
