import { streamOf } from "@/app/_adapters/stream-of";
import { httpResponse } from "@/app/_adapters/http-response";
import { makeQueryPack, zipQueryPack } from "@/lib/operations/make-query-pack";

/** The query pack of a segment for a platform, as a zip. Nothing is written. */
export async function GET(request: Request, { params }: { params: Promise<{ segment: string; backend: string }> }): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const pack = await makeQueryPack(ctx, await params);
    return new Response(streamOf(zipQueryPack(pack)), { headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${pack.fileName}"`, "cache-control": "no-store" } });
  });
}
