import { httpResponse } from "@/app/_adapters/http-response";
import { cancelJob } from "@/lib/operations/cancel-job";
import { getJob } from "@/lib/operations/get-job";

/** One job with its progress: what pages poll while it runs. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return httpResponse(request, async (ctx) => Response.json(await getJob(ctx, id), { headers: { "cache-control": "no-store" } }));
}

/** Asks the job to stop. */
export async function DELETE(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return httpResponse(request, async (ctx) => {
    await cancelJob(ctx, id);
    return Response.json({ cancelRequested: id });
  });
}
