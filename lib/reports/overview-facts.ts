import type { Headline } from "@/lib/assessment/scoring-result";

/** What the overview is made from: one assessment, the one before it, and what is wrong now. Shares in millionths, times in ms. */
export interface OverviewSegmentFacts {
  readonly id: string;
  readonly name: string;
  readonly assets: number;
  readonly criticality: number;
  readonly target: { readonly value: number; readonly date: string | null; readonly owner: string } | null;
  readonly headline: Headline;
  readonly weight: number; // sum over its applicable cells of hosts x criticality
}

export interface AssessmentFacts {
  readonly id: number;
  readonly label: string;
  readonly at: number;
  readonly runLater: boolean;
  readonly releases: string;
  readonly policy: number;
  readonly fleet: Headline;
  readonly segments: readonly OverviewSegmentFacts[];
}

/** A source of a segment that is silent, or whose claim its own records contradict. */
export interface Trouble {
  readonly segment: string;
  readonly source: string;
  readonly kind: "silent" | "contradicted";
}

/**
 * Cells of a segment below observed that the same thing would close, and what that costs. kind: repair what stopped, prove what
 * is claimed, configure what a product there does not write, buy what is not there. points: the part of the headline lost to it,
 * millionths; alone: cells that lack nothing else. key: its identity in the backlog; null: assessed before there was one.
 */
export interface GapFacts {
  readonly key: string | null;
  readonly segmentId: string;
  readonly segment: string;
  readonly what: string;
  readonly kind: "repair" | "prove" | "configure" | "buy";
  readonly points: number;
  readonly cells: number;
  readonly alone: number;
  readonly why: string;
}

export interface HistoryFacts {
  readonly label: string;
  readonly at: number;
  readonly releases: string;
  readonly policy: number;
  readonly assets: number;
  readonly observed: number | null;
  readonly ceiling: number | null;
  readonly validated: number | null;
}

export interface OverviewFacts {
  readonly current: AssessmentFacts;
  readonly previous: AssessmentFacts | null;
  readonly troubles: readonly Trouble[];
  readonly gaps: readonly GapFacts[]; // largest first
  readonly history: readonly HistoryFacts[]; // oldest first, without assessments run later than their time
}
