import type { Headline } from "@/lib/assessment/scoring-result";
import type { ActionKind } from "@/lib/gaps/costs";

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
 * millionths; alone: cells that lack nothing else. key: its identity in the backlog; null: assessed before there was one. cost: a
 * year, all that closing it needs; null: not in the backlog any more, or too far down to be shown.
 */
export interface GapFacts {
  readonly key: string | null;
  readonly segmentId: string;
  readonly segment: string;
  readonly what: string;
  readonly component: string | null; // its name, where the gap is of one
  readonly kind: ActionKind;
  readonly points: number;
  readonly cells: number;
  readonly alone: number;
  readonly alonePoints: number; // that closing it alone would bring at full reach, millionths
  readonly cost: number | null;
  readonly why: string;
}

/** Alerts that are open now, whichever assessment is looked at. heaviest: those of critical segments first, then by cells. */
export interface AlertFacts {
  readonly open: number; // neither acknowledged nor snoozed
  readonly critical: number; // of them, of segments of criticality 4 and 5
  readonly heaviest: { readonly title: string; readonly segment: string } | null;
}

/** The efficient plans of this assessment at the costs in force. kinds: what a plan consists of; null: too long to keep. */
export interface FrontierFacts {
  readonly proven: boolean;
  readonly open: number; // cells below observed
  readonly beyond: number; // of them, what no collection can close
  readonly points: readonly { readonly cost: number; readonly value: number; readonly points: number; readonly cells: number; readonly kinds: readonly ActionKind[] | null }[];
  readonly naive: readonly { readonly cost: number; readonly value: number }[];
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
  readonly segment: string | null; // name; null: all of them
  readonly current: AssessmentFacts;
  readonly previous: AssessmentFacts | null;
  readonly troubles: { readonly silent: number; readonly contradicted: number; readonly first: readonly Trouble[] }; // first: the silent ones before the others
  readonly alerts: AlertFacts;
  readonly gaps: readonly GapFacts[]; // largest first: those that are shown
  readonly currency: string;
  readonly frontier: FrontierFacts | null; // null: not traced, or one segment is looked at
  readonly tracing: string | null; // the job that is tracing it
  readonly history: readonly HistoryFacts[]; // oldest first, without assessments run later than their time
}
