import type { Measure } from "@/lib/assessment/scoring-result";
import type { Status } from "@/lib/assessment/status";
import type { AlertFacts, GapFacts } from "./overview-facts";
import type { Sentence } from "./sentence";

export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly assets: number;
  readonly criticality: number;
  readonly counts: Readonly<Record<Status, number>>;
  readonly observed: Measure;
  readonly delta: number | null;
  readonly ofGap: number | null; // its part of the fleet's weighted gap, millionths
  readonly target: number | null;
}

export interface WeakestSegment {
  readonly id: string;
  readonly name: string;
  readonly criticality: number;
  readonly observed: Measure;
  readonly target: { readonly value: number; readonly date: string | null; readonly owner: string } | null;
  readonly short: number | null; // target - value; null: no target
  readonly say: Sentence; // how far from its target, and until when
}

/** A point of the frontier with the sentence that says it. value: thousandths of a millionth of the headline. */
export interface FrontierPoint {
  readonly cost: number;
  readonly value: number;
  readonly label: string; // for who cannot see where it stands
  readonly say: Sentence;
  readonly consists: string; // of how many actions of each kind
  readonly next: string; // what the next plan adds
}

/** The efficient frontier, small. */
export interface OverviewFrontier {
  readonly currency: string;
  readonly proven: boolean;
  readonly points: readonly FrontierPoint[];
  readonly naive: readonly { readonly cost: number; readonly value: number }[];
  readonly knee: number; // position of the point that is shown first
}

export interface ChangeRow {
  readonly segmentId: string;
  readonly text: Sentence;
  readonly cells: number; // observed or better, gained or lost
  readonly points: number | null; // of the segment's own share, millionths
}

export interface OverviewView {
  readonly assessment: number;
  readonly segment: string | null; // name; null: all of them
  readonly title: Sentence;
  readonly lead: Sentence;
  readonly observed: Measure & { readonly delta: number | null };
  readonly validated: Measure & { readonly delta: number | null };
  readonly weakest: WeakestSegment | null; // null: no segment of criticality 4 or 5
  readonly troubles: { readonly silent: number; readonly contradicted: number; readonly names: readonly string[] }; // names: of the first
  readonly alerts: AlertFacts;
  readonly alertsSay: Sentence;
  readonly currency: string;
  readonly actions: readonly GapFacts[]; // the best of each kind, repair, prove, configure, buy
  readonly frontier: OverviewFrontier | null; // null: not traced for this assessment, or one segment is looked at
  readonly tracing: string | null; // the job that is tracing it
  readonly segments: readonly SegmentRow[];
  readonly segmentsSay: Sentence;
  readonly trend: readonly { readonly at: number; readonly label: string; readonly observed: number | null; readonly ceiling: number | null; readonly validated: number | null; readonly mark?: string }[];
  readonly trendSay: Sentence;
  readonly gaps: readonly GapFacts[]; // the largest
  readonly gapsSay: Sentence;
  readonly changes: { readonly since: string; readonly say: Sentence; readonly rows: readonly ChangeRow[] } | null;
}
