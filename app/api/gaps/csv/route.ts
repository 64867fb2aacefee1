import { httpResponse } from "@/app/_adapters/http-response";
import { exportGapsCsv } from "@/lib/operations/export-gaps";
import { filteredGaps } from "../filtered-gaps";

/** The backlog as CSV; the filters of the page narrow it. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const csv = await exportGapsCsv(ctx, { ids: await filteredGaps(ctx, request.url) });
    return new Response(csv, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="gaps.csv"', "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
