import type { Flag, Status } from "@/lib/assessment/status";

/** How many cells the palette shows beside an analytic. */
export const PALETTE_CELLS = 8;

/** What the command palette can open. Statuses: the first applicable cells of the newest assessment, in segment order. */
export interface PaletteView {
  readonly analytics: readonly { readonly id: string; readonly name: string; readonly statuses: readonly { readonly status: Status; readonly flags: readonly Flag[] }[] }[];
  readonly techniques: readonly { readonly id: string; readonly name: string; readonly analytics: number }[];
}
