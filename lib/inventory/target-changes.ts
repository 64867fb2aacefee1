import { z } from "zod";
import type { SegmentTarget } from "./types";

/** What the log says of a segment's target: who set it from what to what, when and why. */
export interface TargetChange {
  readonly at: string;
  readonly by: string;
  readonly from: SegmentTarget | null;
  readonly to: SegmentTarget | null;
  readonly reason: string; // empty: none was given
}

/** Entries of the log that can change a target. */
export const TARGET_ACTIONS = ["segment.create", "segment.edit", "target.set"] as const;

const targetSchema = z.object({ value: z.number().int(), date: z.string().nullable(), owner: z.string() }).nullable();
const segmentSchema = z.object({ target: targetSchema.default(null) });
const createdSchema = segmentSchema.transform(({ target }) => ({ from: null, to: target, reason: "" }));
const editedSchema = z.object({ before: segmentSchema, after: segmentSchema }).transform(({ before, after }) => ({ from: before.target, to: after.target, reason: "" }));
const setSchema = z.object({ before: targetSchema, after: targetSchema, reason: z.string().default("") }).transform(({ before, after, reason }) => ({ from: before, to: after, reason }));

const SCHEMAS: Readonly<Record<string, z.ZodType<Pick<TargetChange, "from" | "to" | "reason">>>> = { "segment.create": createdSchema, "segment.edit": editedSchema, "target.set": setSchema };

/** The changes of a segment's target among entries of the log, in the order of the entries; those that left it alone say nothing. */
export function readTargetChanges(entries: readonly { readonly at: Date; readonly actor: string; readonly action: string; readonly detail: unknown }[]): TargetChange[] {
  return entries.flatMap(({ at, actor, action, detail }) => {
    const read = SCHEMAS[action]?.safeParse(detail);
    if (read === undefined || !read.success || sameTarget(read.data.from, read.data.to)) return [];
    return [{ at: at.toISOString(), by: actor, ...read.data }];
  });
}

/** Whether two targets say the same. */
export function sameTarget(a: SegmentTarget | null, b: SegmentTarget | null): boolean {
  return a === null || b === null ? a === b : a.value === b.value && a.date === b.date && a.owner === b.owner;
}
