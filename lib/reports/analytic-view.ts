import type { CellJson } from "@/lib/assessment/cell-json";
import type { MeasuredSource } from "@/lib/assessment/measured-of";
import type { Flag, Status } from "@/lib/assessment/status";
import type { AnalyticTestsView } from "./analytic-tests-view";
import type { AnalyticTuningView } from "./analytic-tuning-view";
import type { AnalyticPack, ChainEdge } from "./analytic-pack";
import type { AnalyticRule } from "./analytic-rules";
import type { ShownAnalytic } from "./describe-catalog-object";
import type { Sentence } from "./sentence";

export interface StripCell {
  readonly segmentId: string;
  readonly segment: string;
  readonly analytic: string; // this one, or its sibling for that segment's platform
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly met: number;
  readonly of: number;
}

export interface FieldFill {
  readonly field: string; // canonical id
  readonly sigma: string; // Sigma's name
  readonly filled: number;
  readonly redacted: number; // not filled, because the source hid the value
}

/** How full the required fields of a stage's records are. */
export interface StageFills {
  readonly records: number; // fresh records of the segment's own hosts, of the stage's record kind
  readonly fields: readonly FieldFill[];
}

export interface StageRecord {
  readonly datasetId: string;
  readonly fileName: string;
  readonly digest: string;
  readonly format: string;
  readonly number: number;
  readonly offset: number;
  readonly host: string;
  readonly time: string | null;
  readonly kind: string;
  readonly raw: string;
  readonly fields: readonly { readonly field: string; readonly sigma: string; readonly value: string; readonly required: boolean }[];
  readonly importedAt: string;
  readonly importedBy: string;
}

export interface HistoryRow {
  readonly segmentId: string;
  readonly segment: string;
  readonly cells: readonly ({ readonly status: Status; readonly flags: readonly Flag[] } | null)[]; // per assessment; null: not applicable or no such segment then
}

/** Somebody's score of one of the analytic's techniques; segment null: of the whole fleet. */
export interface TechniqueStatement {
  readonly author: string;
  readonly technique: string;
  readonly aspect: "visibility" | "detection";
  readonly score: number;
  readonly scoredOn: string | null;
  readonly appliesTo: string;
  readonly segment: string | null;
  readonly note: string;
}

export interface AnalyticView {
  readonly analytic: ShownAnalytic;
  readonly statements: readonly TechniqueStatement[]; // beside the verdict, never in it
  readonly strip: readonly StripCell[];
  readonly chosen: { readonly segmentId: string; readonly segment: string; readonly cell: CellJson } | null; // null: applicable nowhere, or nothing assessed
  readonly notAsked: string | null; // why the assessment asks nothing of it: its release does not hold it, or its domain was left out
  readonly verdict: { readonly title: string; readonly say: Sentence } | null;
  readonly stage: number | null; // position in cell.requirements whose evidence is open
  readonly records: readonly StageRecord[];
  readonly measured: readonly MeasuredSource[]; // of the open stage's record kind, as the assessment pinned them
  readonly fills: readonly (StageFills | null)[]; // per requirement; null: no record kind, or the assessment's kept input is gone or of another version
  readonly assessments: readonly { readonly id: number; readonly label: string; readonly at: number }[]; // oldest first
  readonly history: readonly HistoryRow[];
  readonly pack: AnalyticPack | null; // in force
  readonly edges: readonly ChainEdge[]; // of the chosen cell, as the pack drew them when it was assessed
  readonly rules: readonly AnalyticRule[]; // linked to it, whatever was decided
  readonly tests: AnalyticTestsView;
  readonly tuning: AnalyticTuningView;
  readonly raw: { readonly text: string | null; readonly sha256: string | null };
}
