"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { forgetWatchedFolder } from "@/lib/operations/forget-watched-folder";

/** Forgets a watched folder; what it brought stays. @returns the folder */
export async function forgetFolderAction(id: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await forgetWatchedFolder(ctx, { id })).folder);
}
