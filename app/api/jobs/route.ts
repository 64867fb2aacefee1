import { httpResponse } from "@/app/_adapters/http-response";
import { listJobs } from "@/lib/operations/list-jobs";

/** The newest jobs, running ones included. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => Response.json(await listJobs(ctx, { limit: 30 }), { headers: { "cache-control": "no-store" } }));
}
