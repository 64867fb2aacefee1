import { httpResponse } from "@/app/_adapters/http-response";
import { getTrendCsv } from "@/lib/operations/get-trend";

/** The trend of the fleet, or of one segment, as a table for spreadsheets. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const { searchParams } = new URL(request.url);
    const csv = await getTrendCsv(ctx, { segment: searchParams.get("segment") || null, domains: searchParams.get("domains")?.split(",") ?? null });
    return new Response(csv, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="sightline-trend.csv"', "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
