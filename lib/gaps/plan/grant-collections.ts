import { assess } from "@/lib/assessment/assess";
import { countPopulation } from "@/lib/assessment/count-population";
import { criticalOf } from "@/lib/assessment/decide-status";
import type { AggregateInput, ClaimInput, ScoringInput, SegmentInput } from "@/lib/assessment/scoring-input";
import type { CellResult, RequirementResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { hostsNeeded } from "@/lib/assessment/weigh-kind";
import { platformsOfKind } from "@/lib/telemetry/record-kinds";

/** Record kinds that are thought of as collected, whole and fresh, from every host of a segment that can write them. */
export interface Grant {
  readonly segment: string; // id
  readonly kinds: readonly string[];
}

export interface Projection {
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  /** Positions in result.cells of chains that count only because the join of a stage that nobody has seen yet is taken for granted. */
  readonly assumed: readonly number[];
}

const PROJECTED = "projected";

/**
 * The platforms of a segment from whose hosts a kind can come; one that nobody has judged can come from all. Empty: from none.
 */
export function sourcesOfKind(input: Pick<ScoringInput, "kindPlatforms">, segment: Pick<SegmentInput, "platforms">, kind: string): string[] {
  const possible = input.kindPlatforms[kind] ?? platformsOfKind(kind);
  const names = segment.platforms.map(({ name }) => name);
  return possible.length === 0 ? names : names.filter((name) => possible.includes(name));
}

/** Hosts of a platform that stand for all of them in a projection: no more than a proof needs; with a roster only listed ones, because others prove nothing. */
export function projectedHosts(segment: SegmentInput, policy: ScoringInput["policy"]): ReadonlyMap<string, readonly string[]> {
  const population = countPopulation(segment);
  const needed = hostsNeeded([...population.values()].reduce((sum, hosts) => sum + hosts, 0), policy.minHostsPercent, policy.minHostsCap);
  return new Map(
    [...population].map(([platform, hosts]) => {
      const count = Math.min(hosts, needed);
      const listed = segment.roster?.filter((host) => host.platform === platform).map(({ host }) => host);
      return [platform, listed?.slice(0, count) ?? Array.from({ length: count }, (_, index) => `${PROJECTED}:${platform}:${index}`)];
    }),
  );
}

/**
 * A scoring input in which these collections are collected: evidence that does not exist, for thinking with, never to be stored as
 * a fact. Each granted kind has fresh records with every field filled from as many hosts as a proof needs, and a flow statistic
 * over all hosts; what records there are of it are taken as filled.
 */
export function grantCollections(input: ScoringInput, grants: readonly Grant[]): ScoringInput {
  const granted = new Map<string, Set<string>>();
  for (const { segment, kinds } of grants) granted.set(segment, new Set([...(granted.get(segment) ?? []), ...kinds]));
  if (granted.size === 0) return input;
  const shape = input.shapes.length;
  const every = [...new Set(input.fieldSets.flatMap(({ required, anyOf }) => [...required, ...anyOf.flat()]))].sort();
  const aggregates: AggregateInput[] = input.aggregates.map((row) => (granted.get(row.segment)?.has(row.kind) ? { ...row, shape } : row));
  const claims: ClaimInput[] = [...input.claims];
  const kindPlatforms = { ...input.kindPlatforms };
  for (const segment of input.segments) {
    const kinds = granted.get(segment.id);
    if (kinds === undefined) continue;
    const hosts = projectedHosts(segment, input.policy);
    const population = countPopulation(segment);
    const add = (kind: string, host: string): void => void aggregates.push({ segment: segment.id, dataset: PROJECTED, kind, host, shape, fresh: Math.max(1, input.policy.minEvents), freshFirst: input.at, freshLast: input.at, stale: 0, staleLast: null, future: 0, untimed: 0 });
    const anchored = new Set<string>();
    for (const kind of [...kinds].sort()) {
      let all = 0;
      for (const platform of sourcesOfKind(input, segment, kind)) {
        all += population.get(platform) ?? 0;
        anchored.add(platform);
        for (const host of hosts.get(platform) ?? []) add(kind, host);
      }
      if (all > 0) claims.push({ segment: segment.id, logSource: PROJECTED, channel: "", component: "", family: kind.slice(0, kind.indexOf(":")), kinds: [kind], hosts: all, asOf: input.at, basis: "flow", source: PROJECTED });
    }
    // Where nothing lists the hosts of several platforms, a host is known by records that only one of them writes.
    if (segment.roster !== null || segment.platforms.length < 2) continue;
    for (const platform of anchored) {
      kindPlatforms[`${PROJECTED}:${platform}`] = [platform];
      for (const host of hosts.get(platform) ?? []) add(`${PROJECTED}:${platform}`, host);
    }
  }
  return { ...input, aggregates, claims, kindPlatforms, shapes: [...input.shapes, every] };
}

/**
 * What the scorer says of an input with these collections granted. Whether stages join can only be seen in records, so the edge of a
 * stage that nothing proves today is taken to join once both its stages are granted, and the cell is listed; an edge between two
 * stages that are proven today stays as it was found.
 */
export function projectGrants(input: ScoringInput, before: ScoringResult, grants: readonly Grant[]): Projection {
  const granted = grantCollections(input, grants);
  const result = granted === input ? before : assess(granted);
  if (granted === input || !input.analytics.some(({ joins }) => joins.length > 0)) return { input: granted, result, assumed: [] };
  const joins = new Map(input.joins.map((join) => [`${join.segment}\n${join.analytic}\n${join.edge}`, join]));
  const assumed: number[] = [];
  result.cells.forEach((cell, position) => {
    const analytic = input.analytics[cell.analytic];
    const was = before.cells[position];
    if (analytic === undefined || was === undefined || analytic.joins.length === 0 || cell.status !== "partial") return;
    const now = linesOf(result, cell);
    if (!criticalOf(now).every(isProven)) return;
    const earlier = linesOf(before, was);
    const open = analytic.joins.filter(({ edge }) => joins.get(`${input.segments[cell.segment]?.id}\n${analytic.id}\n${edge}`)?.state !== "joined");
    if (open.length === 0 || !open.every(({ from, to }) => mayJoin([now[from], now[to]], [earlier[from], earlier[to]]))) return;
    assumed.push(position);
    for (const { edge } of open) joins.set(`${input.segments[cell.segment]?.id}\n${analytic.id}\n${edge}`, { segment: input.segments[cell.segment]?.id ?? "", analytic: analytic.id, edge, state: "joined", witness: "assumed: not collected yet" });
  });
  if (assumed.length === 0) return { input: granted, result, assumed };
  const joined = { ...granted, joins: [...joins.values()] };
  return { input: joined, result: assess(joined), assumed };
}

/** Whether an edge is taken to join: both stages would be proven, and at least one is not today. */
function mayJoin(now: readonly (RequirementResult | undefined)[], earlier: readonly (RequirementResult | undefined)[]): boolean {
  return now.every((line) => line !== undefined && isProven(line)) && !earlier.every((line) => line !== undefined && isProven(line));
}

/** A cell's requirement lines, in the order of its analytic's requirements. */
export function linesOf(result: ScoringResult, cell: CellResult): RequirementResult[] {
  return (result.details[cell.detail]?.requirements ?? []).map((line) => result.requirements[line]).filter((line) => line !== undefined);
}

export function isProven(line: RequirementResult): boolean {
  return line.alternatives[line.best]?.proven === true;
}
