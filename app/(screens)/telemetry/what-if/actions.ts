"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { previewWhatIf } from "@/lib/operations/preview-what-if";
import type { WhatIfConfiguration } from "@/lib/reports/telemetry-what-if-view";

/** What a pasted or chosen configuration would give a segment. Nothing is stored. */
export async function previewWhatIfAction(asked: { readonly fileName: string; readonly text: string; readonly segment: string; readonly assessment: number | null }): Promise<ActionResult<WhatIfConfiguration>> {
  return actionResult((ctx) => previewWhatIf(ctx, { fileName: asked.fileName, content: new TextEncoder().encode(asked.text), segment: asked.segment, assessment: asked.assessment }));
}
