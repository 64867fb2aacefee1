import { criticalOf } from "@/lib/assessment/decide-status";
import { decideGroupStatus } from "@/lib/assessment/decide-group-status";
import type { AlternativeResult, JoinResult, RequirementResult, WhyCode } from "@/lib/assessment/scoring-result";
import type { LineCause } from "@/lib/assessment/stored-cells";
import { flagBits, flagsOf, statusRank, type Flag, type Status } from "@/lib/assessment/status";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { groupBy } from "@/lib/shared/group-by";
import { familyById } from "@/lib/telemetry/family-of";
import type { MatrixTechniqueView, SegmentCell, TechniqueAnalytic, TechniqueLine, TechniqueUnlock } from "./matrix-technique-view";

/** A cell of an analytic of the technique with what was found. */
export interface TechniqueCell {
  readonly analytic: string;
  readonly segment: number; // position in TechniqueFacts.segments
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly hosts: number;
  readonly reach: number; // millionths
  readonly lines: readonly LineCause[]; // its requirements
}

/** The words of a cell. */
export interface TechniqueDetail {
  readonly requirements: readonly RequirementResult[];
  readonly joins: readonly JoinResult[];
}

export interface TechniqueFacts {
  readonly id: string;
  readonly url: string | null;
  readonly analytics: readonly { readonly id: string; readonly technique: string; readonly platforms: readonly string[] }[];
  readonly segments: readonly { readonly id: string; readonly name: string; readonly criticality: number }[]; // all that the actor may see
  readonly scope: number | null; // position; null: all
  readonly cells: readonly TechniqueCell[]; // of every segment
  readonly details: ReadonlyMap<TechniqueCell, TechniqueDetail>; // of those that cellsToldOf names
  readonly gaps: readonly Gap[]; // as ranked when the assessment ran
}

const CAUSES = 6;
const OBSERVED = statusRank("observed");
const isOpen = ({ status }: TechniqueCell): boolean => statusRank(status) < OBSERVED && status !== "not-applicable";
const best = (requirement: RequirementResult): AlternativeResult | undefined => requirement.alternatives[requirement.best];

/** The cells whose words are told, a few of many: the heaviest of each analytic and of each cause, and those that lack nothing but may not join. */
export function cellsToldOf(facts: Omit<TechniqueFacts, "details" | "gaps">): TechniqueCell[] {
  const inScope = cellsInScope(facts);
  const heaviest = [...groupBy(inScope, ({ analytic }) => analytic).values()].flatMap(([first]) => first ?? []);
  const open = inScope.filter(isOpen);
  return [...new Set([...heaviest, ...causesOf(new Map(), open).map(({ heaviest }) => heaviest), ...open.filter(isMet)])];
}

/** What keeps a technique from being observed in a scope, and what would help. Pure. */
export function buildMatrixTechnique(facts: TechniqueFacts): MatrixTechniqueView {
  const inScope = cellsInScope(facts);
  const byAnalytic = groupBy(inScope, ({ analytic }) => analytic);
  const bySegment = groupBy(facts.cells, ({ segment }) => segment);
  const open = inScope.filter(isOpen);
  const causes = causesOf(facts.details, open);
  return {
    id: facts.id,
    url: facts.url,
    analytics: facts.analytics.flatMap((analytic) => describeAnalytic(facts, analytic, byAnalytic.get(analytic.id) ?? []) ?? []),
    causes: causes.slice(0, CAUSES).map((cause) => ({ what: cause.what, why: whyOf(facts.details, cause), cells: cause.cells, segments: cause.segments.size })),
    open: open.length,
    unlock: findUnlock(facts, causes),
    segments: facts.segments.flatMap((segment, position) => segmentCell(segment, bySegment.get(position) ?? []) ?? []),
  };
}

/** The cells of the scope, the heaviest first. */
function cellsInScope({ cells, segments, scope }: Pick<TechniqueFacts, "cells" | "segments" | "scope">): TechniqueCell[] {
  const weightOf = (cell: TechniqueCell): number => (cell.hosts * (segments[cell.segment]?.criticality ?? 1) * (1_000_000 - (isOpen(cell) ? 0 : cell.reach))) / 1_000_000;
  return cells
    .filter(({ segment }) => scope === null || segment === scope)
    .map((cell) => ({ cell, weight: weightOf(cell) }))
    .sort((a, b) => b.weight - a.weight || a.cell.segment - b.cell.segment)
    .map(({ cell }) => cell);
}

function isMet({ lines }: TechniqueCell): boolean {
  return criticalOf(lines).every(({ best }) => best?.proven ?? true);
}

function describeAnalytic({ segments, details }: TechniqueFacts, { id, technique, platforms }: TechniqueFacts["analytics"][number], own: readonly TechniqueCell[]): TechniqueAnalytic | null {
  const [heaviest] = own;
  if (heaviest === undefined) return null;
  const { status, flags, k, n } = groupOf(own);
  const segment = segments[heaviest.segment];
  const detail = details.get(heaviest);
  return {
    id,
    technique,
    platforms,
    status,
    flags,
    k,
    n,
    segment: segment ? { id: segment.id, name: segment.name } : null,
    lines: (detail?.requirements ?? []).map((requirement) => lineOf(requirement, heaviest.hosts)),
    joins: (detail?.joins ?? []).flatMap(({ edge, state, because }) => (state === "joined" ? [] : [{ edge, because: because ?? (state === "not-joined" ? "no chain joins" : "the joins were not computed") }])),
  };
}

function lineOf(requirement: RequirementResult, of: number): TechniqueLine {
  const line = best(requirement);
  return {
    component: requirement.component.name,
    source: line ? (familyById(line.family)?.title ?? line.family) : "no log source",
    state: line?.proven ? "proven" : line?.claimed ? "claimed" : "missing",
    met: line?.met ?? null,
    hosts: line?.hosts ?? 0,
    of,
    why: line === undefined ? "no reference" : line.proven ? "" : line.why.text,
  };
}

interface Cause {
  readonly code: WhyCode | "unjoinable";
  readonly component: string | null; // id
  readonly family: string;
  readonly what: string;
  readonly heaviest: TechniqueCell;
  cells: number;
  readonly segments: Set<number>;
}

const JOINS_FAMILY = "joins";

/** Unproven critical requirements of open cells, the heaviest first, by reason, component and source, as gaps group them; a chain that does not join is a cause of its own. */
function causesOf(details: TechniqueFacts["details"], open: readonly TechniqueCell[]): Cause[] {
  const causes = new Map<string, Cause>();
  const count = (cell: TechniqueCell, key: string, start: () => Pick<Cause, "code" | "component" | "family" | "what">): void => {
    let known = causes.get(key);
    if (!known) causes.set(key, (known = { ...start(), heaviest: cell, cells: 0, segments: new Set() }));
    known.cells += 1;
    known.segments.add(cell.segment);
  };
  for (const cell of open) {
    const seen = new Set<string>();
    for (const { component, best } of criticalOf(cell.lines)) {
      if (best === null || best.proven) continue;
      const { code, family } = best;
      const key = `${code} ${component.id} ${family}`;
      if (seen.has(key)) continue;
      seen.add(key);
      count(cell, key, () => ({ code, component: component.id, family, what: `${component.name} from ${familyById(family)?.title ?? family}` }));
    }
    if (seen.size === 0 && details.get(cell)?.joins.some(({ state }) => state === "not-joined")) count(cell, "unjoinable", () => ({ code: "unjoinable", component: null, family: JOINS_FAMILY, what: "Join keys" }));
  }
  return [...causes.values()].sort((a, b) => b.cells - a.cells || (a.what < b.what ? -1 : 1));
}

/** In the words of its heaviest cell. */
function whyOf(details: TechniqueFacts["details"], { code, component, family, heaviest }: Cause): string {
  if (code === "unjoinable") return "Every stage is proven, but the chain does not join.";
  const lines = details.get(heaviest)?.requirements.flatMap((requirement) => (requirement.component.id === component ? (best(requirement) ?? []) : [])) ?? [];
  return lines.find((line) => line.family === family && line.why.code === code)?.why.text ?? "";
}

/** Of the ranked gaps that share a cause with this technique, the one that unlocks most by itself. */
function findUnlock({ gaps, segments, scope }: TechniqueFacts, causes: readonly Cause[]): TechniqueUnlock | null {
  const positions = new Map(segments.map(({ id }, position) => [id, position]));
  const bySource = new Map<string, Cause[]>(); // thousands of gaps ask
  for (const cause of causes) bySource.set(sourceKey(cause), [...(bySource.get(sourceKey(cause)) ?? []), cause]);
  const found = gaps.flatMap((gap): TechniqueUnlock[] => {
    if (gap.kind === "none") return [];
    const position = positions.get(gap.segmentId) ?? -1;
    if (position < 0 || (scope !== null && scope !== position)) return [];
    const cause = bySource.get(sourceKey({ component: gap.component?.id ?? null, family: gap.family }))?.find(({ code }) => gap.causes?.some((one) => one.code === code) ?? code === gap.code);
    return cause?.segments.has(position) ? [{ segment: { id: gap.segmentId, name: gap.segment }, kind: gap.kind, what: gap.what, why: gap.why, alone: gap.alone, cells: gap.cells }] : [];
  });
  return found.sort((a, b) => b.alone - a.alone || b.cells - a.cells)[0] ?? null;
}

function sourceKey({ component, family }: Pick<Cause, "component" | "family">): string {
  return `${component ?? ""}\n${family}`;
}

function groupOf(cells: readonly TechniqueCell[]): Pick<SegmentCell, "status" | "flags" | "k" | "n"> {
  const counts: Record<Status, number> = { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 };
  for (const { status } of cells) counts[status] += 1;
  return { status: decideGroupStatus(counts), flags: flagsOf(cells.reduce((bits, { flags }) => bits | flagBits(flags), 0)), k: counts.observed + counts.validated, n: cells.length };
}

function segmentCell({ id, name }: { readonly id: string; readonly name: string }, cells: readonly TechniqueCell[]): SegmentCell | null {
  return cells.length === 0 ? null : { id, name, ...groupOf(cells) };
}
