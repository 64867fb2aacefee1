import type { CellColumns } from "@/lib/assessment/cell-columns";
import { decideGroupStatus } from "@/lib/assessment/decide-group-status";
import type { Rollups, RollupScope } from "@/lib/assessment/rollups";
import { flagsOf, statusRank, STATUSES, type Flag, type Status } from "@/lib/assessment/status";
import type { MatrixPlan } from "./matrix-techniques";
import type { MatrixScope, NumberRow, SegmentStrips } from "./matrix-view";

/** Lists of flags by position, each once. */
export interface FlagSets {
  readonly sets: (readonly Flag[])[];
  readonly of: (bits: number) => number;
}

export function startFlagSets(): FlagSets {
  const sets: (readonly Flag[])[] = [[]];
  const known = new Map<number, number>([[0, 0]]);
  return {
    sets,
    of(bits) {
      let position = known.get(bits);
      if (position === undefined) known.set(bits, (position = sets.push(flagsOf(bits)) - 1));
      return position;
    },
  };
}

/** Platforms on which an analytic of the matrix applies somewhere, most analytics first. */
export function listPlatforms({ platforms }: MatrixPlan, columns: CellColumns): string[] {
  const counts = new Map<string, number>();
  for (const analytic of new Set(columns.analytic)) for (const name of platforms[analytic] ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

/**
 * Every number that the matrix shows of a scope: of techniques with and without their sub-techniques, of tactics over their
 * distinct techniques and of everything, over all platforms and over each alone. Where one platform is all there is, the rows
 * of that platform are left out: they would repeat the others.
 *
 * @param scope positions of segments; null: all
 */
export function matrixNumbers(plan: MatrixPlan, columns: CellColumns, rollups: Rollups, scope: RollupScope, platforms: readonly string[], flagSets: FlagSets): Pick<MatrixScope, "only" | "total" | "techniques" | "tactics" | "totals"> {
  const met = metAnalytics(columns, scope);
  const column = new Map(platforms.map((name, position) => [name, position]));
  const here = new Set([...met.keys()].flatMap((analytic) => plan.platforms[analytic] ?? []));
  const rowsOf = (of: number, whole: 0 | 1, members: readonly number[]): NumberRow[] => {
    const applicable = members.filter((analytic) => met.has(analytic));
    if (applicable.length === 0) return [];
    const rows = [numberRow(of, -1, whole, applicable)];
    if (here.size < 2) return rows;
    const byPlatform = new Map<string, number[]>();
    for (const analytic of applicable) for (const name of plan.platforms[analytic] ?? []) byPlatform.set(name, [...(byPlatform.get(name) ?? []), analytic]);
    for (const [name, own] of byPlatform) rows.push(numberRow(of, column.get(name) ?? -1, whole, own));
    return rows;
  };
  const numberRow = (of: number, platform: number, whole: 0 | 1, members: readonly number[]): NumberRow => {
    const { counts, observed } = rollups.sum(members, scope);
    const bits = members.reduce((sum, analytic) => sum | (met.get(analytic) ?? 0), 0);
    return [of, platform, whole, statusRank(decideGroupStatus(counts)), flagSets.of(bits), observed.value, observed.low, observed.high, counts.validated, counts.observed, counts.partial, counts.declared, counts.blind, counts.unassessable];
  };
  const everything = plan.platforms.flatMap((own, analytic) => (own.length > 0 ? [analytic] : []));
  return {
    only: here.size === 1 ? platforms.findIndex((name) => here.has(name)) : -1,
    total: rollups.sum(everything, scope),
    techniques: plan.techniques.flatMap((_, index) => [...rowsOf(index, 0, plan.own[index] ?? []), ...rowsOf(index, 1, plan.whole[index] ?? [])]),
    tactics: plan.tactics.flatMap((_, index) => rowsOf(index, 0, membersOfTactic(plan, index))),
    totals: rowsOf(0, 0, everything),
  };
}

/** Analytics of the distinct techniques of a tactic, each once. */
export function membersOfTactic({ techniques, own }: MatrixPlan, tactic: number): number[] {
  return [...new Set(techniques.flatMap((technique, index) => (technique.tactics.includes(tactic) ? (own[index] ?? []) : [])))];
}

/** Analytics with a cell in the scope, and the flags of those cells as bits. */
function metAnalytics({ segment, analytic, flags }: CellColumns, scope: RollupScope): Map<number, number> {
  const wanted = scope === null ? null : new Set(scope);
  const met = new Map<number, number>();
  analytic.forEach((position, row) => {
    if (wanted?.has(segment[row] ?? -1) ?? true) met.set(position, (met.get(position) ?? 0) | (flags[row] ?? 0));
  });
  return met;
}

export interface StripSegment {
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly weight: number; // hosts x criticality
}

/** The status of every technique in every segment, the heaviest `most` segments in the given order. */
export function segmentStrips(plan: MatrixPlan, { segment, analytic, status }: CellColumns, segments: readonly StripSegment[], most: number): SegmentStrips {
  const heaviest = new Set([...segments].sort((a, b) => b.weight - a.weight).slice(0, most));
  const shown = segments.filter((one) => heaviest.has(one));
  const column = new Map(shown.map(({ position }, index) => [position, index]));
  const byAnalytic = new Map<number, [column: number, rank: number][]>();
  analytic.forEach((position, row) => {
    const at = column.get(segment[row] ?? -1);
    if (at === undefined) return;
    const found = byAnalytic.get(position);
    const cell: [number, number] = [at, status[row] ?? 0];
    if (found) found.push(cell);
    else byAnalytic.set(position, [cell]);
  });
  const strip = (members: readonly number[]): string => {
    const counts = shown.map(() => STATUSES.map(() => 0));
    for (const member of members) {
      for (const [at, rank] of byAnalytic.get(member) ?? []) {
        const own = counts[at];
        if (own) own[rank] = (own[rank] ?? 0) + 1;
      }
    }
    return counts.map((own) => statusRank(decideGroupStatus(toRecord(own)))).join("");
  };
  return { segments: shown.map(({ id, name }) => ({ id, name })), left: segments.length - shown.length, own: plan.own.map(strip), whole: plan.whole.map((members) => (members === null ? "" : strip(members))) };
}

function toRecord(counts: readonly number[]): Record<Status, number> {
  const of = (status: Status): number => counts[statusRank(status)] ?? 0;
  return { "not-applicable": 0, unassessable: of("unassessable"), blind: of("blind"), declared: of("declared"), partial: of("partial"), observed: of("observed"), validated: of("validated") };
}
