import { httpResponse } from "@/app/_adapters/http-response";
import { getMatrixTechnique } from "@/lib/operations/get-matrix-technique";

/** What the side panel of the matrix says of a technique; read when one is chosen. */
export async function GET(request: Request, { params }: { params: Promise<{ technique: string }> }): Promise<Response> {
  const { technique } = await params;
  const search = new URL(request.url).searchParams;
  const number = search.get("assessment");
  return httpResponse(request, async (ctx) =>
    Response.json(await getMatrixTechnique(ctx, { technique, assessment: number === null ? null : Number(number), segment: search.get("segment") || null }), { headers: { "cache-control": "no-store" } }),
  );
}
