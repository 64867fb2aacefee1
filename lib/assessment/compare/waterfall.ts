import type { Stand } from "./comparison";
import { partOfStand, PARTS, type Part } from "./parts";

/** What one group of inputs moved. Shares in millionths; a share that nothing divides counts as none. */
export interface WaterfallPart {
  readonly part: Part;
  readonly points: number; // of the weighted observed share
  readonly cells: number; // observed or better
  readonly applicable: number;
  readonly uniform: number; // of the share that counts each cell once
  readonly validated: number;
  readonly validatedCells: number;
}

/**
 * The difference between two assessments, divided over the groups of inputs: integers that add up to it exactly.
 *
 * @param stands of the fleet or of one segment (Comparison)
 */
export function waterfallOf(stands: readonly Stand[]): WaterfallPart[] {
  return PARTS.map((part, position) => {
    const sum = (pick: (stand: Stand) => number): number =>
      stands.reduce((total, stand, at) => {
        const before = stands[at - 1];
        return before === undefined || partOfStand(at) !== position ? total : total + pick(stand) - pick(before);
      }, 0);
    return {
      part,
      points: sum(({ observed }) => observed ?? 0),
      cells: sum(({ k }) => k),
      applicable: sum(({ n }) => n),
      uniform: sum(({ uniform }) => uniform ?? 0),
      validated: sum(({ validated }) => validated ?? 0),
      validatedCells: sum(({ validatedK }) => validatedK),
    };
  });
}
