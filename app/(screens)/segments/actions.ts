"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { SegmentFields } from "@/components/segments/segment-form";
import type { TargetFields } from "@/components/segments/target-form";
import { createSegment } from "@/lib/operations/create-segment";
import { editSegment } from "@/lib/operations/edit-segment";
import { restoreSegment } from "@/lib/operations/restore-segment";
import { retireSegment } from "@/lib/operations/retire-segment";
import { setTarget } from "@/lib/operations/set-target";
import { readSegmentFields, readTargetFields } from "./read-segment-fields";

export async function createSegmentAction(fields: SegmentFields): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await createSegment(ctx, readSegmentFields(fields))).id);
}

export async function editSegmentAction(id: string, fields: SegmentFields): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await editSegment(ctx, id, readSegmentFields(fields))).id);
}

/** Takes a segment out of future assessments, or brings it back. */
export async function setSegmentRetiredAction(id: string, retired: boolean): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await (retired ? retireSegment(ctx, id) : restoreSegment(ctx, id))).id);
}

/** Sets or takes away what a segment shall reach; gives the segment's name. */
export async function setTargetAction(segment: string, fields: TargetFields): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await setTarget(ctx, { segment: String(segment), ...readTargetFields(fields) })).segment);
}
