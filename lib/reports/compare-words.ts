import type { Stand } from "@/lib/assessment/compare/comparison";
import type { Part } from "@/lib/assessment/compare/parts";
import type { WaterfallPart } from "@/lib/assessment/compare/waterfall";
import { counted, formatCount, formatSigned } from "@/lib/shared/format-number";
import { formatPercent, formatPoints, pointSize } from "@/lib/shared/format-share";
import { type Sentence, strong } from "./sentence";

/** The groups of inputs as people call them. */
export const PART_LABELS: Readonly<Record<Part, string>> = { engine: "Engine", catalog: "Catalogue", fleet: "Fleet", policy: "Policy", evidence: "Evidence", time: "Time" };

/** What one decimal cannot show is no change. */
const VISIBLE = 500;

/** What happened to a number, in one sentence, with the counts on both sides. of: the fleet, or a segment's name. */
export function sayDifference(from: Stand, to: Stand, of: string): Sentence {
  if (to.observed === null) return [strong("No applicable cell"), ` in ${of} now; ${from.observed === null ? "there was none before" : `${formatPercent(from.observed)} of the weight of ${counted(from.n, "cell")} before`}.`];
  const now = `${formatPercent(to.observed)} (${formatCount(to.k)} of ${counted(to.n, "cell")})`;
  if (from.observed === null) return [strong(`${now} observable`), ` in ${of}; there was no applicable cell before.`];
  const change = to.observed - from.observed;
  const before = `${formatPercent(from.observed)} (${formatCount(from.k)} of ${counted(from.n, "cell")})`;
  if (Math.abs(change) < VISIBLE) return [strong("The observable share stayed where it was"), ` in ${of}: ${before} before, ${now} now.`];
  return [strong(`The observable share ${change > 0 ? "rose" : "fell"} by ${pointSize(change)} points`), ` in ${of}: ${before} before, ${now} now.`];
}

/** Which groups of inputs moved it, largest first. */
export function sayCauses(steps: readonly WaterfallPart[]): Sentence {
  const any = steps.filter(({ points, cells, applicable }) => points !== 0 || cells !== 0 || applicable !== 0);
  const moved = any.filter(({ points, cells, applicable }) => Math.abs(points) >= VISIBLE || cells !== 0 || applicable !== 0).sort((x, y) => Math.abs(y.points) - Math.abs(x.points) || Math.abs(y.cells) - Math.abs(x.cells));
  const [first, ...rest] = moved;
  if (first === undefined) return [any.length === 0 ? "Nothing that a verdict rests on moved the number." : "What moved the number moved it by less than 0.1 points."];
  const say = ({ part, points, cells, applicable }: WaterfallPart): string => {
    const name = PART_LABELS[part].toLowerCase();
    if (cells === 0 && Math.abs(points) < VISIBLE) return `${name} by ${formatSigned(applicable)} applicable ${Math.abs(applicable) === 1 ? "cell" : "cells"}`;
    return `${name} ${formatPoints(points)} points (${formatSigned(cells)} ${Math.abs(cells) === 1 ? "cell" : "cells"})`;
  };
  return ["Moved most by ", strong(say(first)), rest.length === 0 ? (any.length === 1 ? "; nothing else moved it." : "; the rest moved it by less than 0.1 points.") : `; ${rest.map(say).join(", ")}${any.length > moved.length ? ", the others less than 0.1" : ""}. The parts add up to the difference exactly.`];
}
