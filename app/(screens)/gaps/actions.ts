"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { GapChange } from "@/lib/gaps/gap-state";
import { commentGap } from "@/lib/operations/comment-gap";
import { setGaps } from "@/lib/operations/set-gaps";
import { readGapChange, readGapComment } from "./read-gap-requests";

/** Changes gaps, all or none; gives how many changed. */
export async function setGapsAction(request: { readonly ids: readonly string[]; readonly change: GapChange }): Promise<ActionResult<number>> {
  return actionResult((ctx) => setGaps(ctx, readGapChange(request)));
}

/** Adds a comment; gives the gap's label. */
export async function commentGapAction(request: { readonly id: string; readonly text: string }): Promise<ActionResult<string>> {
  return actionResult((ctx) => commentGap(ctx, readGapComment(request)));
}
