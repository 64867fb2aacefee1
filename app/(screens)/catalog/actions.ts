"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { removeSnapshot } from "@/lib/operations/remove-snapshot";

/** Deletes a release that nothing rests on. @returns its id */
export async function removeSnapshotAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await removeSnapshot(ctx, id)).id);
}
