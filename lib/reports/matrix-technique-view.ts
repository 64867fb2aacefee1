import type { Flag, Status } from "@/lib/assessment/status";
import type { Gap } from "@/lib/gaps/rank-gaps";

/** One requirement of an analytic where it was looked at: proven, claimed or missing, from how many hosts, and why not. */
export interface TechniqueLine {
  readonly component: string;
  readonly source: string; // title of the family that proves it or comes nearest
  readonly state: "proven" | "claimed" | "missing";
  readonly met: "as-cited" | "equivalent" | null;
  readonly hosts: number;
  readonly of: number;
  readonly why: string;
}

/** An analytic of the technique over the scope; its lines are those of one cell, the heaviest that is open. */
export interface TechniqueAnalytic {
  readonly id: string;
  readonly technique: string;
  readonly platforms: readonly string[];
  readonly status: Status; // of its cells in the scope
  readonly flags: readonly Flag[];
  readonly k: number; // segments where it is observed
  readonly n: number; // segments where it applies
  readonly segment: { readonly id: string; readonly name: string } | null; // of the lines
  readonly lines: readonly TechniqueLine[];
  readonly joins: readonly { readonly edge: string; readonly because: string }[]; // of its chain, that do not join
}

/** What keeps cells of the technique below observed, most cells first. */
export interface TechniqueCause {
  readonly what: string;
  readonly why: string; // in the heaviest of its cells
  readonly cells: number;
  readonly segments: number;
}

/** The stored gap that closing helps this technique most: what it unlocks on its segment by itself. */
export interface TechniqueUnlock {
  readonly segment: { readonly id: string; readonly name: string };
  readonly kind: Exclude<Gap["kind"], "none">;
  readonly what: string;
  readonly why: string;
  readonly alone: number; // analytics that lack nothing else, this technique's or others'
  readonly cells: number; // that it concerns
}

export interface SegmentCell {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly k: number;
  readonly n: number;
}

/** What the side panel says of a technique, its sub-techniques included. */
export interface MatrixTechniqueView {
  readonly id: string;
  readonly url: string | null; // at MITRE
  readonly analytics: readonly TechniqueAnalytic[]; // its own first, then those of sub-techniques
  readonly causes: readonly TechniqueCause[];
  readonly open: number; // cells below observed that the causes are of
  readonly unlock: TechniqueUnlock | null;
  readonly segments: readonly SegmentCell[]; // where anything of it applies, heaviest first
}
