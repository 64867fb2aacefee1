import { z } from "zod";
import { tuningEffectSchema, type TuningVersion } from "./rule-tuning";

const text = z.string();

/** One version of a value as `tuning list --json` and pages show it. Times are ISO 8601, expires an ISO date. */
export const tuningRowSchema = z.object({
  segment: text,
  segmentId: text,
  scope: text, // analytic; "" = every rule that uses the placeholder
  name: text,
  version: z.number().int(),
  state: z.enum(["set", "withdrawn"]),
  inForce: z.boolean(), // the newest of its scope, set, and not past its last day
  expired: z.boolean(), // the newest of its scope and past its last day: the default holds again
  values: z.array(text),
  unit: text,
  owner: text,
  reason: text,
  expires: text.nullable(),
  effect: tuningEffectSchema,
  at: text,
  by: text,
});
export type TuningRow = z.infer<typeof tuningRowSchema>;

/** Versions with what holds on a day (ISO date), newest first within a value. */
export function toTuningRows(versions: readonly TuningVersion[], segments: ReadonlyMap<string, string>, day: string): TuningRow[] {
  const keyOf = ({ segmentId, scope, name }: TuningVersion): string => JSON.stringify([segmentId, scope, name]);
  const newest = new Map<string, number>();
  for (const version of versions) newest.set(keyOf(version), Math.max(version.version, newest.get(keyOf(version)) ?? 0));
  return [...versions]
    .sort((a, b) => (keyOf(a) === keyOf(b) ? b.version - a.version : 0))
    .map((version): TuningRow => {
      const { id: _, values, ...row } = version;
      const current = newest.get(keyOf(version)) === version.version && version.state === "set";
      const past = version.expires !== null && version.expires < day;
      return { ...row, segment: segments.get(version.segmentId) ?? "", values: [...values], inForce: current && !past, expired: current && past };
    });
}
