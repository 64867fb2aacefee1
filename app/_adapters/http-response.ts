import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { OperationContext } from "@/lib/operations/context";
import { SightlineError } from "@/lib/shared/errors";
import { httpStatusOf } from "@/lib/shared/http-status";
import { SECURITY_HEADERS } from "@/lib/shared/security-headers";
import { keepWayIn } from "./keep-way-in";
import { letInByRequest } from "./request-context";
import { DoorError } from "./start-token";

/** Runs the body of a route handler: context in, Response out; an error becomes `{ error: { code, message, place } }` with its status. */
export async function httpResponse(request: Request, work: (ctx: OperationContext) => Promise<Response>): Promise<Response> {
  try {
    const entry = await letInByRequest(request);
    const response = await work(entry.ctx);
    if (request.method !== "GET" && request.method !== "HEAD" && response.ok) await keepWayIn(entry);
    return response;
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof SightlineError) {
      const status = error instanceof DoorError ? error.status : httpStatusOf(error.code);
      return refusal(status, { code: error.code, message: error.sentence(), place: error.place });
    }
    console.error(error);
    return refusal(500, { code: "UNEXPECTED", message: "Something unexpected happened; the server's log has the details.", place: {} });
  }
}

function refusal(status: number, error: object): Response {
  return Response.json({ error }, { status, headers: { ...SECURITY_HEADERS, "cache-control": "no-store" } });
}
