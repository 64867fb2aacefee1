import { httpResponse } from "@/app/_adapters/http-response";
import { exportGapTickets } from "@/lib/operations/export-gaps";
import { filteredGaps } from "../filtered-gaps";

/** A ticket text per gap as one Markdown file; the filters of the page narrow it. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const tickets = await exportGapTickets(ctx, { ids: await filteredGaps(ctx, request.url) });
    return new Response(tickets.map(({ text }) => text).join("\n"), { headers: { "content-type": "text/markdown; charset=utf-8", "content-disposition": 'attachment; filename="gap-tickets.md"', "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
