import type { Status } from "@/lib/assessment/status";
import type { GapEventRow } from "@/lib/gaps/gap-row";
import type { GapJson } from "@/lib/gaps/gap-json";

/** A cell that a gap holds, or held before it was done: its status by the assessment that looked last, and what else it lacks. */
export interface GapCell {
  readonly analytic: string;
  readonly technique: string; // id and name
  readonly status: Status; // not-applicable: it applies no more
  readonly also: readonly { readonly id: string; readonly what: string }[];
}

/** Everything the page of one gap shows. */
export interface GapView {
  readonly gap: GapJson;
  readonly sourceTitle: string; // of its family; "" where it has none
  readonly assessment: { readonly id: number; readonly label: string; readonly at: number };
  readonly currency: string;
  readonly segmentOwner: string;
  readonly overdue: boolean;
  readonly cells: readonly GapCell[];
  readonly events: readonly GapEventRow[]; // newest first
  readonly ticket: string; // Markdown
}
