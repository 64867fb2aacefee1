"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { removeDataset } from "@/lib/operations/remove-dataset";

/** Takes a sample out of every later assessment. @returns its id */
export async function removeDatasetAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await removeDataset(ctx, id)).id);
}
