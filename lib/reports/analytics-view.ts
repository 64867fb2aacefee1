import type { Flag, Status } from "@/lib/assessment/status";

/** A status with its flags; rows refer to it by position, because few differ among thousands of cells. */
export interface CellMark {
  readonly status: Status;
  readonly flags: readonly Flag[];
}

export interface AnalyticRow {
  readonly id: string;
  readonly name: string;
  readonly technique: { readonly id: string; readonly name: string } | null;
  readonly tactics: readonly string[];
  readonly platform: string;
  readonly components: readonly string[];
  readonly basis: readonly ("curated" | "channel" | "component")[];
  readonly pips: readonly { readonly name: string; readonly state: "proven" | "claimed" | "missing" }[];
  readonly cells: readonly number[]; // position in marks per segment column; -1 = not applicable there
  readonly weights: readonly number[]; // hosts x criticality per segment column; 0 where not applicable
  readonly gaps: readonly number[]; // the part of the weight that is not observed, per segment column
  readonly heaviest: string; // why-not of the heaviest unmet requirement, in words; "" = none open
}

export interface AnalyticsView {
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly marks: readonly CellMark[];
  readonly rows: readonly AnalyticRow[];
}
