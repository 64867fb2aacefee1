import type { Strategy, Tactic, Technique } from "@/lib/catalog/types";
import { columnsOf, countedCell, type CellColumns } from "./cell-columns";
import { startHeadline, type HeadlineSum } from "./headline";
import type { ScoringInput } from "./scoring-input";
import type { Headline, ScoringResult } from "./scoring-result";

/** From the finest to the whole. Every level is the same ratio of sums over its cells; none is a mean of the level below. */
export const ROLLUP_LEVELS = ["analytic", "strategy", "technique", "tactic", "segment", "fleet"] as const;
export type RollupLevel = (typeof ROLLUP_LEVELS)[number];
/** The levels that the catalogue makes; segment and fleet are totals of a scope. */
export type CatalogLevel = Exclude<RollupLevel, "segment" | "fleet">;

/** What of the pinned catalogues groups analytics. Retired techniques may be left out; what is listed gets a row even without an analytic. */
export interface RollupLinks {
  readonly strategies: readonly Pick<Strategy, "id" | "name" | "techniques" | "analytics">[];
  readonly techniques: readonly Pick<Technique, "id" | "name" | "parent" | "tactics">[];
  readonly tactics: readonly Pick<Tactic, "id" | "name">[]; // in the order of the matrix
}

/** Positions of the segments that are added up; null: all of them. */
export type RollupScope = readonly number[] | null;

/** One object of a level over a scope. */
export interface Rollup {
  readonly level: CatalogLevel;
  readonly id: string;
  readonly name: string;
  readonly analytics: readonly number[]; // positions, each once
  readonly headline: Headline;
  /** A technique that has sub-techniques: its own analytics and theirs, each once. Another number, never added to totals beside the own ones. */
  readonly including: { readonly techniques: number; readonly analytics: readonly number[]; readonly headline: Headline } | null;
}

export interface Rollups {
  /** Every object of a level, analytics by id, tactics as the matrix orders them, the others by id. */
  level(level: CatalogLevel, scope: RollupScope): readonly Rollup[];
  /** Over all analytics, each once: a segment's total or the fleet's. */
  total(scope: RollupScope): Headline;
  /** Over some analytics, positions, each once: a technique on one platform, say. */
  sum(analytics: readonly number[], scope: RollupScope): Headline;
}

/** Rollups of a result as the scorer gives it. */
export function rollUp(input: Pick<ScoringInput, "analytics" | "segments" | "weights">, result: Pick<ScoringResult, "cells">, links: RollupLinks): Rollups {
  return openRollups(input.analytics.map(({ id }) => id), columnsOf(input, result), links);
}

/**
 * Opens the rollups of an assessment: analytic -> strategy -> technique -> tactic -> segment -> fleet by the one formula
 * (startHeadline). A tactic adds the analytics of its distinct techniques; a total adds every analytic once and never adds
 * tactics, because a technique may stand in several.
 *
 * @param analytics ids by position
 */
export function openRollups(analytics: readonly string[], columns: CellColumns, links: RollupLinks): Rollups {
  const groups = groupAnalytics(analytics, links);
  const rows = rowsBySegment(columns);
  const sums = new Map<string, readonly HeadlineSum[]>(); // the last scopes asked for
  const sumsOf = (scope: RollupScope): readonly HeadlineSum[] => {
    const key = scope === null ? "all" : scope.join(",");
    const known = sums.get(key);
    if (known) return known;
    const made = sumAnalytics(columns, rows, scope);
    if (sums.size >= 8) sums.clear();
    sums.set(key, made);
    return made;
  };
  return {
    level(level, scope) {
      const own = sumsOf(scope);
      return groups[level].map(({ id, name, members, including }) => ({
        level,
        id,
        name,
        analytics: members,
        headline: addUp(own, members),
        including: including === null ? null : { techniques: including.techniques, analytics: including.members, headline: addUp(own, including.members) },
      }));
    },
    total: (scope) => addUp(sumsOf(scope), analytics.map((_, position) => position)),
    sum: (members, scope) => addUp(sumsOf(scope), new Set(members)),
  };
}

interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: readonly number[];
  readonly including: { readonly techniques: number; readonly members: readonly number[] } | null;
}

function groupAnalytics(analytics: readonly string[], { strategies, techniques, tactics }: RollupLinks): Readonly<Record<CatalogLevel, readonly Group[]>> {
  const positions = new Map(analytics.map((id, position) => [id, position]));
  const membersOf = (ids: readonly string[]): number[] => distinct(ids.flatMap((id) => positions.get(id) ?? []));
  const byTechnique = new Map<string, number[]>(techniques.map(({ id }) => [id, []]));
  for (const strategy of strategies) {
    const members = membersOf(strategy.analytics);
    for (const technique of strategy.techniques) byTechnique.get(technique)?.push(...members);
  }
  for (const [technique, members] of byTechnique) byTechnique.set(technique, distinct(members));
  const children = new Map<string, string[]>();
  const byTactic = new Map<string, number[]>(tactics.map(({ id }) => [id, []]));
  for (const technique of techniques) {
    if (technique.parent !== null) children.set(technique.parent, [...(children.get(technique.parent) ?? []), technique.id]);
    for (const tactic of technique.tactics) byTactic.get(tactic.id)?.push(...(byTechnique.get(technique.id) ?? []));
  }
  return {
    analytic: analytics.map((id, position) => ({ id, name: id, members: [position], including: null })),
    strategy: strategies.map(({ id, name, analytics: own }) => ({ id, name, members: membersOf(own), including: null })),
    technique: techniques.map(({ id, name }) => {
      const members = byTechnique.get(id) ?? [];
      const below = children.get(id);
      return { id, name, members, including: below === undefined ? null : { techniques: below.length, members: distinct([...members, ...below.flatMap((child) => byTechnique.get(child) ?? [])]) } };
    }),
    tactic: tactics.map(({ id, name }) => ({ id, name, members: distinct(byTactic.get(id) ?? []), including: null })),
  };
}

function distinct(positions: readonly number[]): number[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** Rows of the columns by segment, so that one segment of hundreds costs its own cells only. */
function rowsBySegment({ segment, criticality }: CellColumns): readonly number[][] {
  const rows = Array.from(criticality, (): number[] => []);
  segment.forEach((position, row) => rows[position]?.push(row));
  return rows;
}

/** One sum per analytic over the segments of the scope; a segment without a cell of it counts it as not applicable. */
function sumAnalytics(columns: CellColumns, rows: readonly number[][], scope: RollupScope): readonly HeadlineSum[] {
  const chosen = scope === null ? rows : [...new Set(scope)].flatMap((position) => (rows[position] ? [rows[position]] : []));
  const sums = Array.from(columns.weights, () => startHeadline());
  const met = new Uint32Array(columns.weights.length);
  for (const own of chosen) {
    for (const row of own) {
      const position = columns.analytic[row] ?? 0;
      const cell = countedCell(columns, row);
      if (cell === null) continue;
      sums[position]?.add(cell, columns.weights[position] ?? 0);
      met[position] = (met[position] ?? 0) + 1;
    }
  }
  sums.forEach((sum, position) => sum.skip(chosen.length - (met[position] ?? 0)));
  return sums;
}

function addUp(sums: readonly HeadlineSum[], members: Iterable<number>): Headline {
  const total = startHeadline();
  for (const position of members) {
    const part = sums[position];
    if (part) total.take(part);
  }
  return total.total();
}
