"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { removeDemo } from "@/lib/operations/remove-demo";

/** Takes the demonstration fleet away. @returns how many segments went */
export async function removeDemoAction(): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => (await removeDemo(ctx)).segments);
}
