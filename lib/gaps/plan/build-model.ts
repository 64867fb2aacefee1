import { commonPlatforms } from "@/lib/assessment/common-platforms";
import { familyOfKind, indexEvidence, type EvidenceIndex, type SegmentEvidence } from "@/lib/assessment/index-evidence";
import { prepareAnalytics, type PreparedAnalytic, type PreparedRequirement } from "@/lib/assessment/prepare-analytics";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { CellResult, RequirementResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { hostsNeeded, shareOf } from "@/lib/assessment/weigh-kind";
import { openPrices, type CostSettings, type SharedCost } from "../costs";
import { divideKinds, toCollection, type Collection } from "./collections";
import { openDecisions, type ActionVerdict } from "./decide-action";
import { isProven, linesOf, projectedHosts, sourcesOfKind } from "./grant-collections";
import type { PlanAction, PlanItem, PlanModel } from "./plan-model";

const OBSERVED = statusRank("observed");

/**
 * Everything that collecting more could win, by the same rules as the scorer: which collections would prove which requirement, what
 * each costs, and what every cell would add to the headline once its requirements are met. Pure.
 *
 * @param segment position of the one segment that the plan is for; null: the fleet
 */
export function buildModel(input: ScoringInput, result: ScoringResult, costs: CostSettings, segment: number | null): PlanModel {
  const index = indexEvidence(input);
  const { analytics } = prepareAnalytics(input);
  const joins = new Map(input.joins.map((join) => [`${join.segment}\n${join.analytic}\n${join.edge}`, join.state])); // of several on one edge the last counts, as it does for the scorer
  const price = openPrices(costs);
  const bySegment: number[][] = input.segments.map(() => []);
  result.cells.forEach((cell, position) => bySegment[cell.segment]?.push(position));
  const actions: PlanAction[] = [];
  const needs = openNeeds();
  const clauses: (readonly number[])[] = [];
  const items: PlanItem[] = [];
  let [value, weight, open, beyond] = [0n, 0n, 0, 0];
  index.segments.forEach((evidence, position) => {
    if (segment !== null && position !== segment) return;
    const wishes: { cell: CellResult; position: number; weight: bigint; wish: Wish }[] = [];
    const ground = openGrounds(index, evidence);
    for (const at of bySegment[position] ?? []) {
      const cell = result.cells[at];
      const analytic = cell && analytics[cell.analytic];
      if (cell === undefined || analytic === undefined) continue;
      const cellWeight = BigInt(cell.weight) * BigInt(analytic.weight);
      const observed = statusRank(cell.status) >= OBSERVED;
      weight += cellWeight;
      if (observed) value += cellWeight * BigInt(cell.reach);
      if (cell.status === "unassessable") continue;
      if (!observed) open += 1;
      const wish = wishOf(analytic, cell, linesOf(result, cell), (edge) => joins.get(`${evidence.input.id}\n${analytic.input.id}\n${edge}`) === "joined", ground);
      if (wish === null) beyond += observed ? 0 : 1;
      else wishes.push({ cell, position: at, weight: cellWeight, wish });
    }
    const first = actions.length;
    const offered = offerActions(index, evidence, new Set(wishes.flatMap(({ wish }) => wish.lacks.map(({ ways }) => ways))));
    for (const { collection, verdict } of offered) {
      const hosts = [...evidence.population.values()].reduce((sum, count) => sum + count, 0);
      const priced = price({ segment: { id: evidence.input.id, name: evidence.input.name, hosts }, family: collection.family, collection: collection.id, kinds: collection.kinds, kind: verdict.kind, present: verdict.present });
      actions.push({ segment: position, collection, kind: verdict.kind, price: priced, needs: priced.needs.map(needs.position), why: verdict.why });
    }
    const byKind = new Map(offered.flatMap(({ collection }, n) => collection.kinds.map((kind) => [kind, first + n] as const)));
    const own = openItems(position, byKind, clauses);
    for (const { cell, position: at, weight: cellWeight, wish } of wishes) {
      const won = own.add(wish, cellWeight, cell.hosts, statusRank(cell.status) >= OBSERVED ? null : at);
      if (!won && statusRank(cell.status) < OBSERVED) beyond += 1;
    }
    items.push(...own.list());
  });
  return { segment, actions, needs: needs.list, clauses, items, value, weight, open, beyond };
}

/** What a cell lacks: per requirement the hosts it is proven on, and what each kind that it accepts would bring. */
interface Wish {
  readonly now: number; // hosts that count in reach today
  readonly lacks: readonly Lack[];
}

interface Lack {
  readonly hosts: number; // proven on so many today
  readonly onlyProof: boolean; // it decides no reach: a stage that is not critical, wanted for its join
  readonly ways: Ways;
}

/** What would prove a requirement; one object for all cells that have it on the same platforms. */
interface Ways {
  readonly kinds: ReadonlyMap<string, number>; // record kind -> hosts that it would prove
  readonly sound: ReadonlySet<string>; // of those, kinds that a reference asks for which can be produced here
}

/** null: no collection brings it anywhere. */
function wishOf(analytic: PreparedAnalytic, cell: CellResult, lines: readonly RequirementResult[], joins: (edge: string) => boolean, grounds: Grounds): Wish | null {
  if (cell.hosts === 0) return null; // it weighs nothing, and nobody could prove it
  const stages = new Set<number>();
  for (const { edge, from, to } of analytic.input.joins) {
    if (joins(edge)) continue;
    // Both stages are there and do not join: more records of the same are no better.
    if (provenAt(lines, from) && provenAt(lines, to)) return null;
    for (const stage of [from, to]) stages.add(stage);
  }
  const ground = grounds(analytic);
  const lacks: Lack[] = [];
  let reach = cell.hosts;
  analytic.requirements.forEach((requirement, n) => {
    const line = lines[n];
    if (line === undefined || (!requirement.decides && !stages.has(n))) return;
    const hosts = isProven(line) ? (line.alternatives[line.best]?.reachHosts ?? 0) : 0;
    if (requirement.decides) reach = Math.min(reach, hosts);
    if (hosts < (requirement.decides ? cell.hosts : 1)) lacks.push({ hosts, onlyProof: !requirement.decides, ways: ground(requirement) });
  });
  const observed = statusRank(cell.status) >= OBSERVED;
  if (lacks.length === 0) return null;
  return { now: observed ? reach : 0, lacks };
}

function provenAt(lines: readonly RequirementResult[], position: number): boolean {
  const line = lines[position];
  return line !== undefined && isProven(line);
}

type Grounds = (analytic: PreparedAnalytic) => (requirement: PreparedRequirement) => Ways;

/** What the kinds of a requirement would prove on the hosts that an analytic and a segment have in common; remembered, because requirements recur. */
function openGrounds(index: EvidenceIndex, segment: SegmentEvidence): Grounds {
  const { input } = index;
  const standing = projectedHosts(segment.input, input.policy);
  const known = new Map<string, (requirement: PreparedRequirement) => Ways>();
  return (analytic) => {
    let ground = known.get(analytic.platformKey);
    if (ground !== undefined) return ground;
    const platforms = commonPlatforms(analytic.input, segment.input);
    const population = platforms.reduce((sum, name) => sum + (segment.population.get(name) ?? 0), 0);
    const needed = hostsNeeded(population, input.policy.minHostsPercent, input.policy.minHostsCap);
    const reached = new Map<string, number>();
    const reachedBy = (kind: string): number => {
      let hosts = reached.get(kind);
      if (hosts === undefined) {
        const sources = sourcesOfKind(input, segment.input, kind);
        const stand = sources.filter((name) => platforms.includes(name)).reduce((sum, name) => sum + (standing.get(name)?.length ?? 0), 0);
        const all = sources.reduce((sum, name) => sum + (segment.population.get(name) ?? 0), 0);
        reached.set(kind, (hosts = Math.min(stand, population) >= needed ? Math.min(all, population) : 0));
      }
      return hosts;
    };
    const requirements = new Map<number, Ways>();
    ground = (requirement) => {
      let found = requirements.get(requirement.number);
      if (found === undefined) {
        const kinds = new Map<string, number>();
        const sound = new Set<string>();
        for (const alternative of requirement.input.alternatives) {
          for (const { kind } of index.allowed(alternative).kinds) {
            const hosts = reachedBy(kind);
            if (hosts === 0) continue;
            kinds.set(kind, hosts);
            if (alternative.verdict === "producible") sound.add(kind);
          }
        }
        requirements.set(requirement.number, (found = { kinds, sound }));
      }
      return found;
    };
    known.set(analytic.platformKey, ground);
    return ground;
  };
}

/**
 * What can be done in a segment for these lacks. Nothing is offered for the sake of a reference that cannot be produced or that belongs
 * to another platform. A stream that stopped as a whole is one repair of all that it wrote; what a silent one never wrote has to wait
 * for that, because nobody can tell whether it would come.
 */
function offerActions(index: EvidenceIndex, segment: SegmentEvidence, ways: ReadonlySet<Ways>): { collection: Collection; verdict: ActionVerdict }[] {
  const wanted = new Set([...ways].flatMap(({ sound }) => [...sound]));
  const written = groupByFamily(segment.rows.keys());
  const streams = [...written].filter(([family, kinds]) => (segment.silentFamilies.has(family) || !segment.freshByFamily.has(family)) && kinds.some((kind) => wanted.has(kind)));
  const whole = new Set(streams.flatMap(([, kinds]) => kinds));
  const single = [...wanted].filter((kind) => !whole.has(kind) && !(segment.silentFamilies.has(familyOfKind(kind)) && written.has(familyOfKind(kind))));
  const decide = openDecisions(index, segment);
  return [...streams.map(([family, kinds]) => toCollection(family, ["*"], kinds, null)), ...divideKinds(single)].flatMap((collection) => {
    const verdict = decide(collection.family, collection.kinds);
    return verdict === null ? [] : [{ collection, verdict }];
  });
}

function groupByFamily(kinds: Iterable<string>): Map<string, string[]> {
  const families = new Map<string, string[]>();
  for (const kind of kinds) families.set(familyOfKind(kind), [...(families.get(familyOfKind(kind)) ?? []), kind]);
  return families;
}

interface Items {
  /** Adds what a cell could win, step by step of its reach. @returns whether it can become, or is, observed */
  add(wish: Wish, weight: bigint, population: number, cell: number | null): boolean;
  list(): PlanItem[];
}

function openItems(segment: number, byKind: ReadonlyMap<string, number>, clauses: (readonly number[])[]): Items {
  const groups = new Map<string, { clauses: readonly number[]; gain: bigint; cells: number[] }>();
  const clauseAt = openClauses(byKind, clauses);
  const implied = openImplied(clauses);
  return {
    add({ now, lacks }, weight, population, cell) {
      const steps = new Set([population]);
      for (const { hosts, ways, onlyProof } of lacks) {
        if (onlyProof) continue;
        if (hosts > now) steps.add(hosts);
        for (const would of clauseAt.steps(ways)) if (would > now) steps.add(would);
      }
      let [before, won] = [now, cell === null];
      for (const step of [...steps].sort((a, b) => a - b)) {
        const wanted: number[] = [];
        for (const { hosts, ways, onlyProof } of lacks) {
          const least = onlyProof ? 1 : step;
          if (hosts < least) wanted.push(clauseAt.find(ways, least));
        }
        if (wanted.includes(NEVER)) break;
        const own = implied(wanted);
        const key = own.join(",");
        let group = groups.get(key);
        if (group === undefined) groups.set(key, (group = { clauses: own, gain: 0n, cells: [] }));
        group.gain += weight * BigInt(shareOf(step, population) - shareOf(before, population));
        if (!won && cell !== null) group.cells.push(cell);
        won = true;
        before = step;
      }
      return won;
    },
    list: () => [...groups.values()].filter(({ gain, cells }) => gain > 0n || cells.length > 0).map((group) => ({ segment, ...group })),
  };
}

const NEVER = -1;

/** Which actions a requirement needs one of to stand on so many hosts, as the position of a clause; NEVER when none would do. */
function openClauses(byKind: ReadonlyMap<string, number>, clauses: (readonly number[])[]): { find(ways: Ways, hosts: number): number; steps(ways: Ways): Iterable<number> } {
  const known = new Map<Ways, { steps: Set<number>; at: Map<number, number> }>();
  const positions = new Map<string, number>();
  const open = (ways: Ways): { steps: Set<number>; at: Map<number, number> } => {
    let found = known.get(ways);
    if (found === undefined) known.set(ways, (found = { steps: new Set([...ways.kinds].flatMap(([kind, would]) => (byKind.has(kind) ? [would] : []))), at: new Map() }));
    return found;
  };
  return {
    steps: (ways) => open(ways).steps,
    find(ways, hosts) {
      const { at } = open(ways);
      let position = at.get(hosts);
      if (position !== undefined) return position;
      const clause = [...new Set([...ways.kinds].flatMap(([kind, would]) => (would >= hosts ? [byKind.get(kind) ?? NEVER] : [])))].filter((action) => action !== NEVER).sort((a, b) => a - b);
      const key = clause.join(",");
      position = clause.length === 0 ? NEVER : (positions.get(key) ?? clauses.push(clause) - 1);
      positions.set(key, position);
      at.set(hosts, position);
      return position;
    },
  };
}

/** Leaves out clauses that are met whenever another is, and orders the rest; remembered, because the same ones meet again. */
export function openImplied(clauses: readonly (readonly number[])[]): (wanted: readonly number[]) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  const implies = (one: readonly number[], other: readonly number[]): boolean => one.length <= other.length && one.every((action) => other.includes(action));
  return (wanted) => {
    const all = [...new Set(wanted)].sort((a, b) => a - b);
    const key = all.join(",");
    let kept = known.get(key);
    if (kept === undefined) known.set(key, (kept = all.filter((clause) => !all.some((other) => other !== clause && implies(clauses[other] ?? [], clauses[clause] ?? [])))));
    return kept;
  };
}

function openNeeds(): { readonly list: SharedCost[]; readonly position: (need: SharedCost) => number } {
  const list: SharedCost[] = [];
  const known = new Map<string, number>();
  return {
    list,
    position(need) {
      let position = known.get(need.id);
      if (position === undefined) known.set(need.id, (position = list.push(need) - 1));
      return position;
    },
  };
}
