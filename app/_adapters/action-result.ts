import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { OperationContext } from "@/lib/operations/context";
import { type ErrorCode, type ErrorPlace, SightlineError } from "@/lib/shared/errors";
import { keepWayIn } from "./keep-way-in";
import { letInByHeaders } from "./request-context";

/** What every server action answers. message is for the person; place says which field, line or file. */
export type ActionResult<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly code: ErrorCode | "UNEXPECTED"; readonly message: string; readonly place: ErrorPlace };

/** Runs the body of a server action: context in, result or reason out. The only place where an action's errors are caught. */
export async function actionResult<T>(work: (ctx: OperationContext) => Promise<T>): Promise<ActionResult<T>> {
  try {
    const entry = await letInByHeaders();
    const data = await work(entry.ctx);
    await keepWayIn(entry);
    return { ok: true, data };
  } catch (error) {
    unstable_rethrow(error); // redirect() and notFound() are Next's own
    if (error instanceof SightlineError) return { ok: false, code: error.code, message: error.sentence(), place: error.place };
    console.error(error);
    return { ok: false, code: "UNEXPECTED", message: "Something unexpected happened; the server's log has the details.", place: {} };
  }
}
