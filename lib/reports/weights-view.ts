import type { BothNumbers, RankedTechnique } from "@/lib/assessment/weights/weigh-effect";
import type { WeightListJson } from "@/lib/assessment/weights/weights-json";

/** The page of weight profiles. */
export interface WeightsView {
  readonly profiles: WeightListJson;
  readonly groups: readonly GroupChoice[]; // empty: no current catalogue holds any
  readonly today: string; // ISO date from which uses age unless told
  readonly effect: ShownEffect | null; // of the chosen profile; null: nothing was assessed yet
}

export interface GroupChoice {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly techniques: number;
  readonly newest: string | null;
}

/** The same cells under a profile and with every technique weighing one. */
export interface ShownEffect {
  readonly profile: string;
  readonly version: number;
  readonly assessment: string; // A-0042
  readonly at: string;
  readonly fleet: BothNumbers;
  readonly segments: readonly (BothNumbers & { readonly id: string; readonly name: string })[];
  readonly tau: number | null; // millionths
  readonly ranked: number; // techniques
  readonly moved: readonly RankedTechnique[];
}
