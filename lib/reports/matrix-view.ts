import type { Flag, Status } from "@/lib/assessment/status";
import type { Headline } from "@/lib/assessment/scoring-result";
import type { MatrixLayer, MatrixLayerRow } from "./matrix-layer";
import type { MatrixProjection, NoProjection } from "./matrix-projection";
import type { Sentence } from "./sentence";

/**
 * The number of a technique, a tactic or everything, over all platforms (-1) or one: position of what it is of, platform,
 * whether sub-techniques are counted in (1) or not (0), status of the group, position in flagSets, the observed share with its
 * bounds in millionths (null: nothing to divide by), then applicable cells by status. Thousands of them, hence plain arrays.
 */
export type NumberRow = readonly [
  of: number,
  platform: number,
  whole: 0 | 1,
  status: number, // position in MatrixView.statuses
  flags: number,
  value: number | null,
  low: number | null,
  high: number | null,
  validated: number,
  observed: number,
  partial: number,
  declared: number,
  blind: number,
  unassessable: number,
];

/** The fleet or one segment. A technique without a row has no applicable cell there. */
export interface MatrixScope {
  readonly segment: string | null; // id; null: every segment that the actor may see
  readonly name: string;
  readonly segments: number;
  readonly only: number; // position of the one platform on which anything applies here: its rows would repeat those of all platforms, and are left out; -1: several
  readonly total: Headline; // over every analytic of the domain, each once
  readonly techniques: readonly NumberRow[];
  readonly tactics: readonly NumberRow[]; // over the distinct techniques of each
  readonly totals: readonly NumberRow[]; // by platform, of: 0
}

export interface MatrixTactic {
  readonly id: string;
  readonly name: string;
  readonly external: boolean; // happens outside any fleet (PRE): no cell applies
}

export interface MatrixTechnique {
  readonly id: string;
  readonly name: string;
  readonly parent: number; // position; -1: a technique of its own
  readonly tactics: readonly number[]; // positions
  readonly components: readonly number[]; // positions in MatrixView.components
  readonly analytics: readonly string[]; // its own
  readonly linked: number; // of those, with a linked rule
}

/** A threat group of the catalogue, to lay over the matrix. The other kind of overlay is somebody's layer (matrix-layer.ts). */
export interface MatrixOverlay {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly techniques: readonly number[]; // positions, as named: a sub-technique does not name its parent
}

/** One character per shown segment, the status as its position in statuses. */
export interface SegmentStrips {
  readonly segments: readonly { readonly id: string; readonly name: string }[]; // the heaviest
  readonly left: number; // segments that are not shown
  readonly own: readonly string[]; // by technique, without sub-techniques
  readonly whole: readonly string[]; // with them; "" where there are none
}

/** The matrix of one domain in an assessment. Techniques by name, sub-techniques below their parent by id. */
export interface MatrixView {
  readonly assessment: number;
  readonly domain: string;
  readonly domains: readonly string[];
  readonly statuses: readonly Status[];
  readonly flagSets: readonly (readonly Flag[])[]; // the first is empty
  readonly platforms: readonly string[]; // on which an analytic applies in a scope shown, most analytics first
  readonly components: readonly string[];
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly tactics: readonly MatrixTactic[];
  readonly techniques: readonly MatrixTechnique[];
  readonly analytics: number; // of the domain
  readonly scopes: readonly [MatrixScope, ...MatrixScope[]]; // a second one: to compare with
  readonly strips: SegmentStrips | null; // with the fleet in view
  readonly overlays: readonly MatrixOverlay[];
  readonly layers: readonly MatrixLayerRow[]; // that were imported, newest first, of every domain
  readonly layer: MatrixLayer | null; // the one that is laid over
  readonly projection: MatrixProjection | NoProjection | null; // what a choice would add, where the address asks for one
  readonly say: Sentence;
}
