"use server";
import { z } from "zod";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { removeLayer } from "@/lib/operations/remove-layer";

/** Takes an imported layer away; gives its name. */
export async function removeLayerAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await removeLayer(ctx, z.string().parse(id))).name);
}
