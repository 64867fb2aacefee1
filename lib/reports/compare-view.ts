import type { CellState, Matrix, Stand } from "@/lib/assessment/compare/comparison";
import type { Part } from "@/lib/assessment/compare/parts";
import type { WaterfallPart } from "@/lib/assessment/compare/waterfall";
import type { Sentence } from "./sentence";

/** One of the two assessments. Times in ms. */
export interface ComparedAssessment {
  readonly id: number;
  readonly label: string;
  readonly at: number;
  readonly runLater: boolean;
  readonly releases: string;
  readonly policy: number;
}

/** What a group of inputs moved, and what differs in it. */
export interface CompareStep extends WaterfallPart {
  readonly label: string;
  readonly inputs: readonly string[];
}

export interface CompareSegment {
  readonly id: string;
  readonly name: string;
  readonly from: Stand;
  readonly to: Stand;
  readonly points: Readonly<Record<Part, number>>;
}

/** A cell that differs. moves: what moved its state, in order; reach: shares of hosts that count in the number, millionths. */
export interface ChangedCell {
  readonly analytic: string;
  readonly name: string;
  readonly segmentId: string;
  readonly segment: string;
  readonly from: CellState;
  readonly to: CellState;
  readonly moves: readonly { readonly part: Part; readonly from: CellState; readonly to: CellState }[];
  readonly parts: readonly Part[]; // every group that moved its state or the reach that counts
  readonly reach: readonly [number, number];
  readonly before: string; // why it was what it was
  readonly now: string;
}

export interface CompareFilter {
  readonly segment: string | null; // id
  readonly from: CellState | null;
  readonly to: CellState | null;
  readonly part: Part | null;
  readonly page: number; // from 1
}

export interface CompareView {
  readonly a: ComparedAssessment;
  readonly b: ComparedAssessment;
  readonly choices: readonly ComparedAssessment[];
  readonly filter: CompareFilter;
  readonly title: Sentence;
  readonly say: Sentence;
  readonly from: Stand;
  readonly to: Stand;
  readonly steps: readonly CompareStep[];
  readonly matrix: Matrix;
  readonly states: readonly CellState[]; // rows and columns of the matrix
  readonly segments: readonly CompareSegment[]; // largest change first
  readonly cells: { readonly total: number; readonly changed: number; readonly pages: number; readonly rows: readonly ChangedCell[] };
}
