import { z } from "zod";
import { MILLION } from "./status";

/** A target as people set it: a fraction 0..1 of the observable share, its day, and who answers for it. */
export const targetJsonSchema = z.object({ value: z.number().min(0).max(1), date: z.iso.date().nullable(), owner: z.string() });
export type TargetJson = z.infer<typeof targetJsonSchema>;

/** Millionths to a fraction. */
export function toTargetJson(target: { readonly value: number; readonly date: string | null; readonly owner: string }): TargetJson {
  return { value: target.value / MILLION, date: target.date, owner: target.owner };
}
