"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { removeSnapshot } from "@/lib/operations/remove-snapshot";
import { setCurrentRelease } from "@/lib/operations/set-current-release";

/** Deletes a release that nothing rests on. @returns its id */
export async function removeSnapshotAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await removeSnapshot(ctx, id)).id);
}

/** Makes an imported release the current one of its domain. @returns its id */
export async function makeCurrentAction(release: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await setCurrentRelease(ctx, release)).id);
}
