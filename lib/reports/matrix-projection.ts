import type { Sentence } from "./sentence";

/** Cells of one analytic that a choice would bring to observed in a scope: position of its platform in the view (-1: of none shown), how many cells, and in how many of them the chain is taken to join. */
export type ProjectedRow = readonly [analytic: string, platform: number, cells: number, joins: number];

/** What the matrix would gain by a choice of sources or a saved scenario: thought through by the scorer, stored nowhere. */
export interface MatrixProjection {
  readonly state: "projected";
  readonly name: string; // of the sources, or of the scenario
  readonly scenario: string | null; // its id
  readonly sources: readonly string[]; // families that are ticked
  readonly say: Sentence;
  readonly scopes: readonly (readonly ProjectedRow[])[]; // as the view has them
}

/** Why there is no projection for this address. */
export interface NoProjection {
  readonly state: "refused";
  readonly why: string;
}

/** What can be ticked: every source that is not wholly collected in the scope, and saved scenarios. */
export interface WhatIfChoices {
  readonly sources: readonly { readonly family: string; readonly title: string; readonly collections: number; readonly segments: number; readonly cost: number }[]; // by title
  readonly scenarios: readonly { readonly id: string; readonly name: string; readonly note: string; readonly collections: number; readonly cells: number }[]; // newest first
  readonly currency: string;
  readonly costsVersion: number;
}
