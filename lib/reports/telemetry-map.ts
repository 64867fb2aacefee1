import { familyOfKind } from "@/lib/assessment/index-evidence";
import { statusRank } from "@/lib/assessment/status";
import { familyById, FAMILIES, UNKNOWN_FAMILY } from "@/lib/telemetry/family-of";
import { describeSource } from "./telemetry-cell";
import type { TelemetryEvidence } from "./telemetry-evidence";
import type { SegmentSources } from "./segment-sources";
import type { MapFamily, SourceCell, TelemetryMapView } from "./telemetry-states";

/** Groups in the order of the map: what runs on hosts, then the wire, then clouds and services. */
const GROUPS = ["macOS", "Windows", "Linux", "Several systems", "Network", "Containers and virtualisation", "Cloud", "Identity, office and SaaS", "Mobile", "Industrial", "Other"] as const;

const OF_FAMILY: Readonly<Record<string, (typeof GROUPS)[number]>> = {
  "nsm-zeek": "Network", "nsm-suricata": "Network", "nsm-packetbeat": "Network", netflow: "Network", firewall: "Network", "network-device": "Network",
  "docker-containerd": "Containers and virtualisation", kubernetes: "Containers and virtualisation", esxi: "Containers and virtualisation", "vcenter-nsx": "Containers and virtualisation",
  "windows-application": "Windows", "linux-osquery": "Linux", "linux-ebpf": "Linux", "ics-process-data": "Industrial", "ics-asset": "Industrial", "generic-host": "Several systems",
};
const OF_PLATFORM: Readonly<Record<string, (typeof GROUPS)[number]>> = { macOS: "macOS", Windows: "Windows", Linux: "Linux", IaaS: "Cloud", "Identity Provider": "Identity, office and SaaS", "Office Suite": "Identity, office and SaaS", SaaS: "Identity, office and SaaS", Android: "Mobile", iOS: "Mobile" };

/** Where a source stands in the map. */
export function groupOfFamily(id: string): string {
  const own = OF_FAMILY[id];
  if (own !== undefined) return own;
  const platforms = familyById(id)?.platforms ?? [];
  const groups = new Set(platforms.map((platform) => OF_PLATFORM[platform] ?? "Other"));
  const [only] = groups;
  return only !== undefined && groups.size === 1 ? only : groups.size > 1 && platforms.some((platform) => platform === "Windows" || platform === "Linux") ? "Several systems" : (only ?? "Other");
}

/** Sources that analytics of the assessment cite, whether or not they apply anywhere. */
export function listCitedFamilies({ units }: TelemetryEvidence): string[] {
  return [...new Set(units.flatMap((byFamily) => [...byFamily].flatMap(([family, own]) => (own.some((unit) => unit.cites) ? [family] : []))))].sort();
}

/** The sources of every segment, as an assessment keeps them so that the map is drawn without its input. */
export function describeSources(evidence: TelemetryEvidence): SegmentSources[] {
  const { index, bySegment } = evidence;
  const met = index.segments.map((segment) => new Set([...[...segment.rows.keys()].map(familyOfKind), ...segment.claims.map(({ claim }) => claim.family)]));
  const ids = allFamilies(met.flatMap((own) => [...own]));
  return index.segments.map(({ input: segment, population }, position) => {
    const own = bySegment[position] ?? [];
    return {
      id: segment.id,
      name: segment.name,
      platforms: segment.platforms.map(({ name }) => name),
      hosts: [...population.values()].reduce((sum, hosts) => sum + hosts, 0),
      criticality: segment.criticality,
      observed: own.filter(({ status }) => statusRank(status) >= statusRank("observed")).length,
      applicable: own.length,
      met: [...(met[position] ?? [])].sort(),
      sources: ids.flatMap((family) => {
        const cell = describeSource(evidence, position, family);
        return cell === null ? [] : [{ ...cell, family }];
      }),
    };
  });
}

/** Every source that can be met, is cited, was seen or is claimed, in every segment of an assessment. */
export function composeTelemetryMap(segments: readonly SegmentSources[], facts: Pick<TelemetryMapView, "assessment" | "at" | "freshDays" | "silentHours" | "later"> & { readonly cited: readonly string[] }): Omit<TelemetryMapView, "say"> {
  const { cited: citedIds, ...head } = facts;
  const cited = new Set(citedIds);
  const met = new Set(segments.flatMap((segment) => segment.met));
  const columns = new Map(allFamilies([...met]).map((id): [string, Omit<SourceCell, "family">[]] => [id, []]));
  segments.forEach(({ sources }, segment) => {
    for (const { family, ...cell } of sources) columns.get(family)?.push({ ...cell, segment });
  });
  const shown = [...columns].filter(([id, cells]) => cells.length > 0 && (cited.has(id) || met.has(id) || cells.some((cell) => cell.analytics > 0)));
  const order = (id: string): number => GROUPS.findIndex((group) => group === groupOfFamily(id));
  const rows = shown.map(([id, cells]) => ({ id, cells, analytics: cells.reduce((sum, cell) => sum + cell.analytics, 0) })).sort((a, b) => order(a.id) - order(b.id) || b.analytics - a.analytics || (a.id < b.id ? -1 : 1));
  return {
    ...head,
    segments: segments.map(({ met: _, sources: __, ...segment }) => segment),
    families: rows.map(({ id, analytics }): MapFamily => ({ id, title: id === UNKNOWN_FAMILY.id ? UNKNOWN_FAMILY.title : (familyById(id)?.title ?? id), group: groupOfFamily(id), needed: cited.has(id) || met.has(id), analytics })),
    cells: rows.flatMap(({ cells }, family) => cells.map((cell): SourceCell => ({ ...cell, family }))),
  };
}

/** The same of evidence that is at hand. */
export function buildTelemetryMap(evidence: TelemetryEvidence, facts: Pick<TelemetryMapView, "assessment" | "later">): Omit<TelemetryMapView, "say"> {
  const { at, policy } = evidence.input;
  return composeTelemetryMap(describeSources(evidence), { ...facts, at, freshDays: policy.freshDays, silentHours: policy.silentHours, cited: listCitedFamilies(evidence) });
}

/** The families that are known, and after them those that were met. */
function allFamilies(met: readonly string[]): string[] {
  const known = [...FAMILIES.map(({ id }) => id), UNKNOWN_FAMILY.id];
  return [...known, ...[...new Set(met)].filter((id) => !known.includes(id)).sort()];
}
