import type { Analytic } from "@/lib/catalog/types";
import type { SegmentForScoring } from "@/lib/inventory/types";
import { carriersOf } from "@/lib/telemetry/carriers";
import { resolveLogSource } from "@/lib/telemetry/resolve-log-source";
import { DEFAULT_POLICY } from "../default-policy";
import { DAY_MS } from "../instants";
import type { ClaimForScoring, PinnedInputs, WindowedAggregate } from "../pinned-inputs";

const PLATFORMS = [["Windows"], ["Windows"], ["Windows"], ["Linux"], ["Linux"], ["macOS"], ["Windows", "Linux"], ["IaaS"], ["macOS", "Windows"], ["Network Devices"], ["Containers", "Linux"], ["Office Suite", "Identity Provider"], ["SaaS"], ["ESXi"]] as const;

/**
 * A fleet of a given size over a real catalogue: rosters for half of the segments, sample events of some 80 of the record kinds
 * that its analytics ask for (from 20 hosts each, some with a field missing, some old), a dozen claims each. The same every time.
 */
export function makeLargeFleet(analytics: readonly Analytic[], count: number, at: number): PinnedInputs {
  const random = startRandom(7);
  const byPlatform = kindsByPlatform(analytics);
  const segments: SegmentForScoring[] = [];
  const aggregates: WindowedAggregate[] = [];
  const claims: ClaimForScoring[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = `segment-${String(index).padStart(3, "0")}`;
    const platforms = PLATFORMS[index % PLATFORMS.length] ?? ["Windows"];
    const assets = 40 + Math.floor(random() * 2_000);
    const hosts = Array.from({ length: 20 }, (_, n) => `h${index}-${n}`);
    const roster = index % 2 === 0 ? hosts.map((host, n) => ({ host, platform: platforms[n % platforms.length] ?? "Windows" })) : null;
    segments.push({ id, name: `Segment ${index}`, assets: roster ? 30 : assets, criticality: 1 + (index % 5), platforms: platforms.map((name) => ({ name, hosts: null })), roster, target: null });
    for (const platform of platforms) {
      const kinds = byPlatform.get(platform) ?? [];
      const chance = Math.min(0.5, 80 / platforms.length / kinds.length);
      for (const { kind, shape } of kinds) {
        if (random() > chance) continue;
        const old = random() < 0.1;
        for (const host of hosts) {
          const fresh = old ? 0 : 1 + Math.floor(random() * 500);
          const last = at - Math.floor(random() * 20 * DAY_MS);
          aggregates.push({ segment: id, dataset: `d-${id}`, kind, host, shape: random() < 0.02 ? shape.slice(1) : shape, fresh, freshFirst: old ? null : last - DAY_MS, freshLast: old ? null : last, stale: old ? 50 : 0, staleLast: old ? at - 50 * DAY_MS : null, future: 0, untimed: 0 });
        }
      }
    }
    const sources = analytics.filter((analytic) => analytic.platforms.some((name) => platforms.some((platform) => platform === name))).flatMap((analytic) => analytic.logSources);
    for (let n = 0; n < 12; n += 1) {
      const source = sources[Math.floor(random() * sources.length)];
      if (source) claims.push({ segmentId: id, source: source.name, product: `product ${n}`, logSource: source.name, channel: n % 2 ? source.channel : "", component: "", hostsReporting: n % 3 ? 25 : null, asOf: null, basis: n % 4 ? "configuration" : "flow" });
    }
  }
  return { at, domains: ["enterprise"], releases: { enterprise: "19.1" }, catalogDigests: { enterprise: "bench" }, policy: DEFAULT_POLICY, weights: { profile: "uniform", version: 1, techniques: {} }, analytics, segments, claims, aggregates, exclusions: [] };
}

/** The record kinds that analytics of a platform accept as cited or by component, each with a shape that fills every field asked of it. */
function kindsByPlatform(analytics: readonly Analytic[]): Map<string, { kind: string; shape: string[] }[]> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const analytic of analytics) {
    const platform = analytic.platforms[0];
    if (platform === undefined) continue;
    let kinds = found.get(platform);
    if (!kinds) found.set(platform, (kinds = new Map()));
    for (const source of analytic.logSources) {
      if (carriersOf(source.component.id, platform).kinds.length === 0) continue;
      for (const { kind, fields } of resolveLogSource(source, platform).accepts) {
        let filled = kinds.get(kind);
        if (!filled) kinds.set(kind, (filled = new Set(["ts", "host"])));
        for (const field of [...fields.required, ...fields.anyOf.flat()]) filled.add(field);
      }
    }
  }
  return new Map([...found].map(([platform, kinds]) => [platform, [...kinds].map(([kind, fields]) => ({ kind, shape: [...fields].sort() }))]));
}

/** A small linear congruential generator: the same fleet on every machine. */
function startRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
