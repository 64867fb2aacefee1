import "server-only";
import { notFound } from "next/navigation";
import type { OperationContext } from "@/lib/operations/context";
import { SightlineError } from "@/lib/shared/errors";
import { requestContext } from "./request-context";

/** What a page shows: runs one reading operation; what does not exist becomes the not-found page, anything else the error page. */
export async function pageData<T>(read: (ctx: OperationContext) => Promise<T>): Promise<T> {
  const ctx = await requestContext();
  try {
    return await read(ctx);
  } catch (error) {
    if (error instanceof SightlineError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
