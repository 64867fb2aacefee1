"use server";
import { z } from "zod";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { listWhatIfChoices } from "@/lib/operations/list-what-if-choices";
import type { WhatIfChoices } from "@/lib/reports/matrix-projection";
import { removeLayer } from "@/lib/operations/remove-layer";

/** Takes an imported layer away; gives its name. */
export async function removeLayerAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await removeLayer(ctx, z.string().parse(id))).name);
}

/** What can be thought through in the segments that are looked at; null: in all. */
export async function listWhatIfAction(request: { readonly assessment: number; readonly segments: readonly string[] | null }): Promise<ActionResult<WhatIfChoices>> {
  return actionResult((ctx) => listWhatIfChoices(ctx, z.object({ assessment: z.int(), segments: z.array(z.string()).nullable() }).parse(request)));
}
