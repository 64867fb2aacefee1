import type { Group } from "@/lib/catalog/types";
import { MILLION } from "../status";
import type { Decay, TechniqueWeights } from "./weight-profile";

const DAY_MS = 86_400_000;

/**
 * Weights of the techniques that chosen groups use: 1 + log2(1 + sum of decayed uses), in millionths. A technique that none
 * of them uses is left out and weighs one. Each group's use counts once per campaign.
 */
export function weighUses(groups: readonly Pick<Group, "uses">[], decay: Decay): TechniqueWeights {
  const sums = new Map<string, number>();
  for (const { uses } of groups) for (const { technique, on } of uses) sums.set(technique, (sums.get(technique) ?? 0) + decayedUse(on, decay));
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([technique, sum]) => [technique, MILLION + Math.round(MILLION * Math.log2(1 + sum / MILLION))]));
}

/** What one use of a day still counts, in millionths: linear between full and floor. A use without a day counts the floor. */
export function decayedUse(on: string | null, { asOf, fullDays, declineDays, floor }: Decay): number {
  if (on === null) return floor;
  const age = (Date.parse(`${asOf}T00:00:00.000Z`) - Date.parse(`${on}T00:00:00.000Z`)) / DAY_MS;
  if (age <= fullDays) return MILLION;
  if (age >= fullDays + declineDays) return floor;
  return MILLION - Math.round(((MILLION - floor) * (age - fullDays)) / declineDays);
}
