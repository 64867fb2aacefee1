import { familyOfKind } from "@/lib/assessment/index-evidence";
import type { AggregateInput, AlternativeInput, ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { MILLION } from "@/lib/assessment/status";
import { techniqueWeight } from "@/lib/assessment/technique-weight";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { causesOf, isBelowObserved, type Cause } from "./causes-of";
import { isNative } from "./costs";
import { openExpectedEvidence, type ExpectedEvidence } from "./expected-evidence";
import { gapKey } from "./gap-key";
import { kindOfCode, nameGap, type GapCode, type GapGroup, type GapKind } from "./gap-words";

/** Why the cells of a gap are open: a reason, its words where it weighs most, and how many cells have it. */
export interface GapCause {
  readonly code: GapCode;
  readonly why: string;
  readonly cells: number;
}

/**
 * Cells of one segment below observed that the same thing would close. points: the part of the fleet's headline that is lost here,
 * in millionths; a cell that lacks several things divides its weight evenly over them, so that points add up over all gaps.
 * alone: cells that lack nothing else, and the points that closing this gap alone would bring at full reach.
 */
export interface FoundGap {
  readonly key: string;
  readonly segmentId: string;
  readonly segment: string;
  readonly domain: string;
  readonly group: GapGroup;
  readonly component: { readonly id: string; readonly name: string } | null;
  readonly family: string;
  readonly kind: GapKind; // of the heaviest cause
  readonly code: GapCode;
  readonly what: string;
  readonly why: string;
  readonly causes: readonly GapCause[]; // heaviest first
  readonly points: number;
  readonly cells: number;
  readonly alone: number;
  readonly alonePoints: number;
  readonly analytics: readonly string[]; // all of them, by id
  readonly expected: ExpectedEvidence;
  readonly closedBy: readonly string[]; // record kinds that together would close it: of each reference the first one of its family
  readonly present: boolean; // the family writes, or is said to write, something in the segment
}

interface Group {
  readonly cause: Cause;
  readonly key: string;
  readonly segment: number;
  readonly domain: string;
  weight: bigint; // in 1 / SHARES of a weight
  alone: number;
  aloneWeight: bigint;
  hosts: number;
  readonly analytics: number[];
  readonly codes: Map<GapCode, { weight: bigint; readonly cells: Set<number>; readonly texts: Map<string, bigint> }>;
  readonly lines: Set<AlternativeInput>;
}

// Divisible by every number of causes up to ten, so that even parts stay whole numbers. Causes beyond ten are rounded, once each.
const SHARES = 2_520n;

/**
 * Every cell below observed, grouped by what would close it: a partition of the cells by weight, and of each cell by its causes.
 * Does not depend on the order of cells, analytics or segments. Pure.
 */
export function groupGaps(input: ScoringInput, result: ScoringResult): FoundGap[] {
  const groups = new Map<string, Group>();
  const weights = input.analytics.map((analytic) => techniqueWeight(analytic, input.weights));
  let total = 0n;
  for (const cell of result.cells) {
    const weight = BigInt(cell.weight) * BigInt(weights[cell.analytic] ?? MILLION);
    total += weight;
    if (!isBelowObserved(cell)) continue;
    const analytic = input.analytics[cell.analytic];
    const byGroup: { readonly name: string; readonly causes: Cause[] }[] = []; // a cell has few
    for (const cause of causesOf(cell, result)) {
      const name = `${cell.segment}\n${analytic?.domain ?? ""}\n${cause.group}\n${cause.component?.id ?? ""}\n${cause.family}`;
      const same = byGroup.find((group) => group.name === name);
      if (same) same.causes.push(cause);
      else byGroup.push({ name, causes: [cause] });
    }
    const share = (weight * SHARES) / BigInt(byGroup.length);
    for (const { name, causes } of byGroup) {
      const group = groups.get(name) ?? openGroup(groups, name, input, cell.segment, analytic?.domain ?? "", causes[0]);
      if (!group) continue;
      group.weight += share;
      group.hosts = Math.max(group.hosts, cell.hosts);
      group.analytics.push(cell.analytic);
      if (byGroup.length === 1) {
        group.alone += 1;
        group.aloneWeight += weight;
      }
      for (const cause of causes) {
        noteCause(group, cause, cell.analytic, share / BigInt(causes.length));
        const line = analytic?.requirements[cause.requirement]?.alternatives[cause.alternative];
        if (line) group.lines.add(line);
      }
    }
  }
  const present = familiesPresent(input);
  const expect = openExpectedEvidence(input);
  // One division, at the end: weights can be so small that rounding a share away would show in the points.
  const points = (shares: bigint): number => (total === 0n ? 0 : Number((shares * BigInt(MILLION)) / (total * SHARES)));
  return [...groups.values()].map((group) => toGap(input, group, present, expect, points(group.weight), points(group.aloneWeight * SHARES))).sort((a, b) => compareCodeUnits(a.key, b.key));
}

function openGroup(groups: Map<string, Group>, name: string, input: ScoringInput, segment: number, domain: string, cause: Cause | undefined): Group | null {
  if (cause === undefined) return null;
  const key = gapKey({ segmentId: input.segments[segment]?.id ?? "", domain, group: cause.group, component: cause.component?.id ?? null, family: cause.family });
  const group: Group = { cause, key, segment, domain, weight: 0n, alone: 0, aloneWeight: 0n, hosts: 0, analytics: [], codes: new Map(), lines: new Set() };
  groups.set(name, group);
  return group;
}

function noteCause(group: Group, { code, why }: Cause, analytic: number, weight: bigint): void {
  let known = group.codes.get(code);
  if (!known) group.codes.set(code, (known = { weight: 0n, cells: new Set(), texts: new Map() }));
  known.weight += weight;
  known.cells.add(analytic);
  known.texts.set(why, (known.texts.get(why) ?? 0n) + weight);
}

function toGap(input: ScoringInput, group: Group, families: ReadonlySet<string>, expect: ReturnType<typeof openExpectedEvidence>, points: number, alonePoints: number): FoundGap {
  const { cause, key, domain, alone } = group;
  const segment = input.segments[group.segment];
  const causes = heaviest(new Map([...group.codes].map(([code, { weight }]) => [code, weight]))).map((code): GapCause => {
    const known = group.codes.get(code);
    return { code, why: heaviest(known?.texts ?? new Map<string, bigint>())[0] ?? "", cells: known?.cells.size ?? 0 };
  });
  const [main] = causes;
  const code = main?.code ?? cause.code;
  const { component, family } = cause;
  const present = families.has(`${segment?.id ?? ""}\n${family}`);
  return {
    key,
    segmentId: segment?.id ?? "",
    segment: segment?.name ?? "",
    domain,
    group: cause.group,
    component: component && { id: component.id, name: component.name },
    family,
    kind: kindOfCode(code, present || cause.group === "joins" || isNative(family)),
    code,
    what: nameGap(cause.group, component, family),
    why: main?.why ?? cause.why,
    causes,
    points,
    cells: group.analytics.length,
    alone,
    alonePoints,
    analytics: group.analytics.map((position) => input.analytics[position]?.id ?? "").sort(compareCodeUnits),
    expected: expect([...group.lines], group.hosts, family),
    closedBy: kindsThatClose(input, family, group.lines),
    present,
  };
}

/** Segment and family of everything that was seen or is claimed. */
function familiesPresent({ aggregates, claims }: ScoringInput): ReadonlySet<string> {
  const present = new Set<string>();
  let last: AggregateInput | null = null; // rows of a kind mostly stand together
  for (const row of aggregates) {
    if ((row.fresh === 0 && row.stale === 0) || (last !== null && row.kind === last.kind && row.segment === last.segment)) continue;
    present.add(`${row.segment}\n${familyOfKind(row.kind)}`);
    last = row;
  }
  for (const { segment, family, impossible } of claims) if (impossible === undefined) present.add(`${segment}\n${family}`);
  return present;
}

/** As cited before equivalent, of the family before another; what nothing meets adds nothing. */
function kindsThatClose({ acceptSets }: ScoringInput, family: string, lines: ReadonlySet<AlternativeInput>): string[] {
  const kinds = new Set<string>();
  for (const set of new Set([...lines].map(({ accepts }) => accepts))) {
    const [first] = [...(acceptSets[set] ?? [])].sort((a, b) => Number(familyOfKind(b.kind) === family) - Number(familyOfKind(a.kind) === family) || Number(b.met === "as-cited") - Number(a.met === "as-cited") || compareCodeUnits(a.kind, b.kind));
    if (first) kinds.add(first.kind);
  }
  return [...kinds].sort(compareCodeUnits);
}

/** The names by weight, ties by name, so that the order of the cells does not show. */
function heaviest<Name extends string>(weights: ReadonlyMap<Name, bigint>): Name[] {
  return [...weights].sort(([a, x], [b, y]) => (x === y ? compareCodeUnits(a, b) : x < y ? 1 : -1)).map(([name]) => name);
}
