import type { Measure } from "@/lib/assessment/scoring-result";
import type { SegmentTarget } from "@/lib/inventory/types";

const DAY_MS = 86_400_000;

/**
 * A target and how far the observable share is from it. Shares in millionths.
 * short: what is missing, 0 or less when it is reached; null without evidence. daysLeft: to the target's day, negative after it;
 * null without a date. state: missed = the day is over and something is missing.
 */
export interface TargetStand extends SegmentTarget {
  readonly state: "reached" | "short" | "missed" | "no-evidence";
  readonly short: number | null;
  readonly daysLeft: number | null;
}

/** Holds an observable share against its target. @param today ISO date */
export function standAgainstTarget(target: SegmentTarget, observed: Pick<Measure, "value"> | null, today: string): TargetStand {
  const daysLeft = target.date === null ? null : Math.round((Date.parse(target.date) - Date.parse(today)) / DAY_MS);
  const value = observed?.value ?? null;
  const short = value === null ? null : target.value - value;
  const state = short === null ? "no-evidence" : short <= 0 ? "reached" : daysLeft !== null && daysLeft < 0 ? "missed" : "short";
  return { ...target, state, short, daysLeft };
}
