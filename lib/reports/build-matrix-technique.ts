import { criticalOf } from "@/lib/assessment/decide-status";
import { decideGroupStatus } from "@/lib/assessment/decide-group-status";
import type { AlternativeResult, JoinResult, RequirementResult } from "@/lib/assessment/scoring-result";
import { flagBits, flagsOf, statusRank, type Flag, type Status } from "@/lib/assessment/status";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { familyById } from "@/lib/telemetry/family-of";
import type { MatrixTechniqueView, SegmentCell, TechniqueAnalytic, TechniqueCause, TechniqueLine, TechniqueUnlock } from "./matrix-technique-view";

/** A cell of an analytic of the technique with what was found. */
export interface TechniqueCell {
  readonly analytic: string;
  readonly segment: number; // position in TechniqueFacts.segments
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly hosts: number;
  readonly reach: number; // millionths
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
  readonly gaps: readonly Gap[]; // as ranked when the assessment ran
}

const CAUSES = 6;
const OBSERVED = statusRank("observed");
const isOpen = ({ status }: TechniqueCell): boolean => statusRank(status) < OBSERVED && status !== "not-applicable";
const best = (requirement: RequirementResult): AlternativeResult | undefined => requirement.alternatives[requirement.best];

/** What keeps a technique from being observed in a scope, and what would help. Pure. */
export function buildMatrixTechnique(facts: TechniqueFacts): MatrixTechniqueView {
  const weightOf = (cell: TechniqueCell): number => (cell.hosts * (facts.segments[cell.segment]?.criticality ?? 1) * (1_000_000 - (isOpen(cell) ? 0 : cell.reach))) / 1_000_000;
  const cells = [...facts.cells].sort((a, b) => weightOf(b) - weightOf(a) || a.segment - b.segment);
  const inScope = facts.scope === null ? cells : cells.filter(({ segment }) => segment === facts.scope);
  const open = inScope.filter(isOpen);
  const causes = causesOf(open);
  const bySegment: TechniqueCell[][] = facts.segments.map(() => []);
  for (const cell of cells) bySegment[cell.segment]?.push(cell);
  return {
    id: facts.id,
    url: facts.url,
    analytics: facts.analytics.flatMap((analytic) => describeAnalytic(facts, analytic, inScope) ?? []),
    causes: causes.slice(0, CAUSES).map(({ what, why, cells: count, segments }) => ({ what, why, cells: count, segments: segments.size })),
    open: open.length,
    unlock: findUnlock(facts, causes),
    segments: facts.segments.flatMap((segment, position) => segmentCell(segment, bySegment[position] ?? []) ?? []),
  };
}

function describeAnalytic({ segments }: TechniqueFacts, { id, technique, platforms }: TechniqueFacts["analytics"][number], inScope: readonly TechniqueCell[]): TechniqueAnalytic | null {
  const own = inScope.filter((cell) => cell.analytic === id);
  const [heaviest] = own;
  if (heaviest === undefined) return null;
  const { status, flags, k, n } = groupOf(own);
  const segment = segments[heaviest.segment];
  return {
    id,
    technique,
    platforms,
    status,
    flags,
    k,
    n,
    segment: segment ? { id: segment.id, name: segment.name } : null,
    lines: heaviest.requirements.map((requirement) => lineOf(requirement, heaviest.hosts)),
    joins: heaviest.joins.flatMap(({ edge, state, because }) => (state === "joined" ? [] : [{ edge, because: because ?? (state === "not-joined" ? "no chain joins" : "the joins were not computed") }])),
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

interface Cause extends Pick<TechniqueCause, "what" | "why"> {
  readonly code: string;
  readonly component: string | null; // id
  readonly family: string;
  cells: number;
  readonly segments: Set<number>;
}

/** Unproven critical requirements of open cells by reason, component and source, as gaps group them; a chain that does not join is a cause of its own. */
function causesOf(open: readonly TechniqueCell[]): Cause[] {
  const causes = new Map<string, Cause>();
  const count = (cell: TechniqueCell, cause: Pick<Cause, "code" | "component" | "family" | "what" | "why">): void => {
    const key = `${cause.code}\n${cause.component ?? ""}\n${cause.family}`;
    let known = causes.get(key);
    if (!known) causes.set(key, (known = { ...cause, cells: 0, segments: new Set() }));
    known.cells += 1;
    known.segments.add(cell.segment);
  };
  for (const cell of open) {
    const unmet = criticalOf(cell.requirements).flatMap((requirement) => {
      const line = best(requirement);
      return line === undefined || line.proven ? [] : [{ code: line.why.code, component: requirement.component.id, family: line.family, what: `${requirement.component.name} from ${familyById(line.family)?.title ?? line.family}`, why: line.why.text }];
    });
    const seen = new Set<string>();
    for (const cause of unmet) {
      const key = `${cause.code} ${cause.component} ${cause.family}`;
      if (!seen.has(key)) count(cell, cause);
      seen.add(key);
    }
    if (unmet.length === 0 && cell.joins.some(({ state }) => state === "not-joined")) count(cell, { code: "unjoinable", component: null, family: "joins", what: "Join keys", why: "Every stage is proven, but the chain does not join." });
  }
  return [...causes.values()].sort((a, b) => b.cells - a.cells || (a.what < b.what ? -1 : 1));
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
