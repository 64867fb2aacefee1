import type { WhatIf } from "./telemetry-what-if";

/** A product that a person may think with. gain: cells that would become claimed in whole, fleet-wide; null: too many to compute for all products. */
export interface ProductChoice {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly configuration: string;
  readonly platforms: readonly string[];
  readonly segments: number; // that have one of its platforms
  readonly kinds: number;
  readonly why: string;
  readonly source: string;
  readonly gain: { readonly claimed: number; readonly cells: number } | null;
}

export interface WhatIfView {
  readonly assessment: number;
  readonly at: number;
  readonly products: readonly ProductChoice[]; // those of the fleet's platforms, what adds most first
  readonly ranked: boolean; // gains were computed for all
  readonly segments: readonly { readonly id: string; readonly name: string; readonly platforms: readonly string[] }[];
  readonly chosen: { readonly product: string; readonly segment: string | null; readonly kinds: readonly string[]; readonly result: WhatIf } | null;
}

/** A configuration that was read and thought through, and stored nowhere. */
export interface WhatIfConfiguration {
  readonly fileName: string;
  readonly format: string;
  readonly claims: number; // that it makes, with their record kinds
  readonly kinds: readonly string[];
  readonly conditional: number; // of its claims, ones that hold for a part only
  readonly refused: readonly string[];
  readonly losses: readonly string[];
  readonly result: WhatIf;
}
