import type { Analytic } from "@/lib/catalog/types";
import { curatedJoins } from "@/lib/detection/packs/pack-requirements";
import type { PackManifest } from "@/lib/detection/packs/pack-schema";
import { cutJoinIndex } from "@/lib/events/joins/cut-join-index";
import type { JoinIndex } from "@/lib/events/joins/join-index";
import { joinResult, type JoinSide } from "@/lib/events/joins/join-result";
import { platformsOfAnalytic } from "@/lib/inventory/platforms";
import type { SegmentForScoring } from "@/lib/inventory/types";
import type { AnalyticInput, ScoringInput } from "./scoring-input";

/** Whether a pack was written against what the analytic publishes: every reference is cited by a requirement, or left with a reason. */
export function packFits({ requirements, left }: PackManifest, analytic: Pick<Analytic, "logSources">): boolean {
  const key = (component: string, name: string, channel: string): string => [component, name, channel].join("\n");
  const known = new Set([...requirements.flatMap(({ component, cites }) => cites.map(({ name, channel }) => key(component, name, channel))), ...left.map(({ component, name, channel }) => key(component, name, channel))]);
  return analytic.logSources.every(({ component, name, channel }) => known.has(key(component.id, name, channel)));
}

/** The edges of a pack's chain, by the positions of its requirements. */
export function edgesOf({ joins, requirements }: PackManifest): AnalyticInput["joins"] {
  const at = (id: string): number => requirements.findIndex((requirement) => requirement.id === id);
  return joins.map(({ id, from, to }) => ({ edge: id, from: at(from), to: at(to) }));
}

/** Requirements with the shortest time that an edge of the pack's chain allows them: what comes later than that joins too late to be seen. */
export function withWindows({ joins, requirements }: { readonly joins: readonly Pick<PackManifest["joins"][number], "from" | "to" | "windowSeconds">[]; readonly requirements: readonly { readonly id: string }[] }, resolved: AnalyticInput["requirements"]): AnalyticInput["requirements"] {
  return resolved.map((requirement, position) => {
    const id = requirements[position]?.id;
    const windows = joins.filter(({ from, to }) => from === id || to === id).map(({ windowSeconds }) => windowSeconds * 1_000);
    return windows.length === 0 ? requirement : { ...requirement, windowMs: Math.min(...windows) };
  });
}

export interface JoinSources {
  readonly segment: Pick<SegmentForScoring, "id" | "platforms">;
  readonly indexes: readonly { readonly dataset: string; readonly index: JoinIndex }[]; // of its files that may prove something
  readonly window: { readonly from: number; readonly to: number }; // ms: what is fresh
  readonly seen: readonly string[]; // record kinds met in the data of any segment
  readonly nameOf: (dataset: string) => string; // what people call the file
}

/**
 * Whether the chains of packs join in one segment, over all its fresh files together. A chain that no host of the segment
 * could show is left out. The index knows keys, not hosts: a pair may stem from a host that the roster does not list.
 */
export function joinsOfSegment(packs: readonly { readonly manifest: PackManifest; readonly analytic: Analytic }[], { segment, indexes, window, seen, nameOf }: JoinSources): ScoringInput["joins"] {
  const own = new Set(segment.platforms.map(({ name }) => name));
  const cut = indexes.map(({ dataset, index }) => ({ dataset, index: cutJoinIndex(index, window) }));
  const say = ({ dataset, record, ms }: JoinSide): string => `record ${record} of ${nameOf(dataset)} at ${new Date(ms).toISOString()}`;
  return packs
    .filter(({ analytic }) => [...platformsOfAnalytic(analytic)].some((platform) => own.has(platform)))
    .flatMap(({ manifest, analytic }) =>
      curatedJoins(manifest, seen).map((edge) => {
        const verdict = joinResult(cut, edge);
        const base = { segment: segment.id, analytic: analytic.id, edge: edge.id, state: verdict.state };
        if (verdict.state !== "joined") return { ...base, because: verdict.because };
        const { from, to } = verdict.witness;
        return { ...base, witness: `${say(from)} and ${say(to)}`, records: [from, to].map(({ dataset, record }) => ({ dataset, record })) };
      }),
    );
}
