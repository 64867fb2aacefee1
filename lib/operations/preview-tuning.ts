import { z } from "zod";
import { checkTuning } from "@/lib/detection/tuning/check-tuning";
import { tuningEffectSchema } from "@/lib/detection/tuning/rule-tuning";
import { findNewestTuning } from "@/lib/detection/tuning/store";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { JobRun } from "./job-handlers";
import type { InlineJob } from "./run-job-inline";
import { findPlaceholder } from "./tuning/find-placeholder";
import { loadEffectBasis, measureEffect } from "./tuning/measure-effect";

export const TUNING_PREVIEW = "tuning-preview";

/** A change that was checked: what the job measures, and what is written when it is saved. */
export const tuningChangeSchema = z.object({
  segmentId: z.string(),
  scope: z.string(), // analytic, "" = every rule that uses the placeholder
  name: z.string(),
  state: z.enum(["set", "withdrawn"]),
  values: z.array(z.string()),
  unit: z.string(),
  owner: z.string(),
  reason: z.string(),
  expires: z.string().nullable(),
});
export type TuningChangeInput = z.infer<typeof tuningChangeSchema>;

/** What a change would do, and the id by which exactly this change can be saved. */
export const tuningPreviewSchema = tuningChangeSchema.extend({ preview: z.string(), segment: z.string(), basis: z.string(), effect: tuningEffectSchema });
export type TuningPreview = z.infer<typeof tuningPreviewSchema>;

/** What people ask for; segment by name or id. values null: withdraw what is set. */
export interface TuningRequest {
  readonly segment: string;
  readonly analytic?: string | null; // its rules only
  readonly name: string;
  readonly values: readonly string[] | null;
  readonly owner: string;
  readonly reason: string;
  readonly expires?: string | null;
}

/**
 * Checks a change of a value and gives the job that measures what it would do to the stored samples. Nothing is saved.
 *
 * @throws SightlineError NOT_FOUND for a segment or placeholder that does not exist, INVALID naming the field, CONFLICT when there is nothing to withdraw
 */
export async function prepareTuningPreview(ctx: OperationContext, request: TuningRequest): Promise<InlineJob> {
  authorize(ctx, "tuning.write", "none");
  const segment = (await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment));
  if (segment === null || segment.retiredAt !== null) throw new SightlineError("NOT_FOUND", `There is no segment named "${request.segment}".`, { field: "segment", remedy: "See sightline segments list." });
  authorize(ctx, "tuning.write", [segment.id]);
  const scope = request.analytic?.trim().toUpperCase() ?? "";
  const input = request.values === null ? await withdrawal(ctx, segment.id, scope, request) : await setting(ctx, segment.id, scope, { ...request, values: request.values });
  return { kind: TUNING_PREVIEW, title: `What tuning ${input.name} would do in ${segment.name}`, input: z.json().parse(input) };
}

/** The same, put into the queue. @returns the job's id */
export async function startTuningPreview(ctx: OperationContext, request: TuningRequest): Promise<string> {
  authorize(ctx, "tuning.write", "none");
  return enqueueJob(ctx.db, { ...(await prepareTuningPreview(ctx, request)), actor: ctx.actor.name, now: ctx.clock() });
}

/** Measures a change on the labelled samples of its segment and on those of its tests. */
export async function previewTuning(run: JobRun, change: TuningChangeInput): Promise<TuningPreview> {
  authorize(run.ctx, "tuning.write", [change.segmentId]);
  const segment = await findSegment(run.ctx.db, change.segmentId);
  if (segment === null) throw new SightlineError("NOT_FOUND", "The segment does not exist any more.");
  const basis = await loadEffectBasis(run.ctx, segment, change);
  const effect = await measureEffect(run, basis, change, run.ctx.clock().toISOString().slice(0, 10));
  return { ...change, preview: run.id, segment: segment.name, basis: basis.digest, effect };
}

/** It writes nothing: it starts over safely. */
export const resumable = true;

/** Measures as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await previewTuning(run, tuningChangeSchema.parse(input)));
}

async function setting(ctx: OperationContext, segmentId: string, scope: string, request: TuningRequest & { readonly values: readonly string[] }): Promise<TuningChangeInput> {
  const placeholder = await findPlaceholder(ctx, scope, request.name);
  const draft = checkTuning({ values: request.values, owner: request.owner, reason: request.reason, expires: request.expires ?? null }, placeholder, ctx.clock().toISOString().slice(0, 10));
  return { segmentId, scope, name: placeholder.name, state: "set", unit: placeholder.unit, ...draft, values: [...draft.values] };
}

/** The rules may be gone: what was set can be withdrawn all the same. */
async function withdrawal(ctx: OperationContext, segmentId: string, scope: string, { name: asked, owner, reason }: TuningRequest): Promise<TuningChangeInput> {
  const name = asked.trim().replace(/^%|%$/g, "");
  if ((await findNewestTuning(ctx.db, { segmentId, scope, name }))?.state !== "set") throw new SightlineError("CONFLICT", `Nothing is set for "${name}" here, so there is nothing to withdraw.`, { field: "name", remedy: "See sightline tuning list." });
  if (reason.trim() === "") throw new SightlineError("INVALID", "A withdrawal needs its reason.", { field: "reason" });
  return { segmentId, scope, name, state: "withdrawn", values: [], unit: "", owner: owner.trim() || ctx.actor.name, reason: reason.trim(), expires: null };
}
