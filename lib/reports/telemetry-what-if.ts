import { assess } from "@/lib/assessment/assess";
import type { ClaimInput, ScoringInput } from "@/lib/assessment/scoring-input";
import type { Headline, ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank, type Status } from "@/lib/assessment/status";
import { acceptReadings } from "./accept-readings";

/** What is added to think with: record kinds that somebody would collect in a segment. Never stored, never a fact. */
export interface Addition {
  readonly segment: string; // id
  readonly name: string; // product or file
  readonly kinds: readonly string[];
  readonly hosts: number | null; // null: all of them
  readonly condition?: string; // what restricts it: an include list, a path, a filter
}

/** A cell that would change. At best it is "declared": a claim proves nothing. */
export interface WouldCell {
  readonly analytic: string;
  readonly from: Status;
  readonly to: Status;
}

/** A requirement that nothing proves or claims now and that would be claimed. */
export interface WouldMeet {
  readonly component: string;
  readonly cells: number; // cells that rest on it
}

/** What the additions would change in one segment. Shares in millionths. */
export interface WouldSegment {
  readonly id: string;
  readonly name: string;
  readonly platforms: readonly string[];
  readonly claimed: readonly WouldCell[]; // not claimed in whole now, and then: every critical requirement would be claimed or proven
  readonly requirements: readonly WouldMeet[]; // most cells first
  readonly cells: number; // with at least one requirement that would be claimed
  readonly byComponent: number; // of those cells, ones that would rest on a reference in free text
  readonly contradicted: number; // of those cells, ones where records of today speak against it
  readonly ceiling: { readonly now: number | null; readonly then: number | null; readonly n: number }; // U of the weighted observed share
}

export interface WhatIf {
  readonly segments: readonly WouldSegment[]; // only those that the additions touch
  readonly fleet: { readonly claimed: number; readonly cells: number; readonly requirements: number; readonly ceiling: WouldSegment["ceiling"] };
}

/**
 * What would change if the additions were true, by the scorer itself: the same input with claims added, scored again. They
 * count as configuration claims of today, name no log source of ATT&CK and prove nothing.
 *
 * @param before the verdict without them
 */
export function projectAdditions(input: ScoringInput, before: ScoringResult, additions: readonly Addition[]): WhatIf {
  const claims = additions.filter(({ kinds }) => kinds.length > 0).flatMap((addition) => toClaims(addition, input.at));
  const after = claims.length === 0 ? before : assess({ ...acceptReadings(input, claims.flatMap(({ kinds }) => kinds)), claims: [...input.claims, ...claims] });
  const touched = new Set(claims.map(({ segment }) => segment));
  const segments = input.segments.flatMap((segment, position): WouldSegment[] => {
    if (!touched.has(segment.id)) return [];
    const change = compareSegment(before, after, position, input);
    return [{ id: segment.id, name: segment.name, platforms: segment.platforms.map(({ name }) => name), ...change, ceiling: ceilingOf(before.segments[position]?.headline, after.segments[position]?.headline) }];
  });
  segments.sort((a, b) => b.claimed.length - a.claimed.length || b.cells - a.cells || (a.name < b.name ? -1 : 1));
  return {
    segments,
    fleet: {
      claimed: segments.reduce((sum, { claimed }) => sum + claimed.length, 0),
      cells: segments.reduce((sum, { cells }) => sum + cells, 0),
      requirements: segments.reduce((sum, { requirements }) => sum + requirements.length, 0),
      ceiling: ceilingOf(before.fleet, after.fleet),
    },
  };
}

function toClaims({ segment, name, kinds, hosts, condition }: Addition, at: number): ClaimInput[] {
  const families = [...new Set(kinds.map((kind) => kind.slice(0, kind.indexOf(":"))))];
  return families.map((family) => ({
    segment,
    logSource: `what-if ${name}`,
    channel: "",
    component: "",
    family,
    kinds: kinds.filter((kind) => kind.startsWith(`${family}:`)),
    hosts,
    asOf: at,
    basis: "configuration" as const,
    ...(condition === undefined ? {} : { condition }),
    source: name,
  }));
}

function ceilingOf(before: Headline | undefined, after: Headline | undefined): WouldSegment["ceiling"] {
  return { now: before?.observed.high ?? null, then: after?.observed.high ?? null, n: after?.observed.n ?? 0 };
}

function compareSegment(before: ScoringResult, after: ScoringResult, position: number, input: ScoringInput): Pick<WouldSegment, "claimed" | "requirements" | "cells" | "byComponent" | "contradicted"> {
  const claimed: WouldCell[] = [];
  const components = new Map<string, number>();
  let [cells, byComponent, contradicted] = [0, 0, 0];
  // Both list the same cells in the same order: a claim makes no analytic applicable.
  after.cells.forEach((now, index) => {
    const was = before.cells[index];
    if (now.segment !== position || was === undefined) return;
    const [old, fresh] = [linesOf(before, was.detail), linesOf(after, now.detail)];
    const met = fresh.filter((line, at) => isClaimed(line) && !isClaimed(old[at]));
    if (met.length === 0) return;
    cells += 1;
    if (met.some((line) => line?.flags.includes("by-component"))) byComponent += 1;
    if (met.some((line) => line?.flags.includes("contradicted"))) contradicted += 1;
    for (const line of met) if (line !== undefined) components.set(line.component.name, (components.get(line.component.name) ?? 0) + 1);
    const whole = (lines: ReturnType<typeof linesOf>): boolean => lines.every((line) => line?.critical === false || isClaimed(line));
    if (whole(fresh) && !whole(old)) claimed.push({ analytic: input.analytics[now.analytic]?.id ?? "", from: was.status, to: now.status });
  });
  claimed.sort((a, b) => statusRank(a.from) - statusRank(b.from) || (a.analytic < b.analytic ? -1 : 1));
  const requirements = [...components].map(([component, count]): WouldMeet => ({ component, cells: count })).sort((a, b) => b.cells - a.cells || (a.component < b.component ? -1 : 1));
  return { claimed, requirements, cells, byComponent, contradicted };
}

function linesOf(result: ScoringResult, detail: number) {
  return (result.details[detail]?.requirements ?? []).map((line) => result.requirements[line]);
}

/** Proven, or claimed by something that the records do not contradict in whole. */
function isClaimed(line: ScoringResult["requirements"][number] | undefined): boolean {
  return line !== undefined && line.alternatives.some(({ proven, claimed }) => proven || claimed);
}
