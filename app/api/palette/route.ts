import { httpResponse } from "@/app/_adapters/http-response";
import { getPaletteView } from "@/lib/operations/get-palette-view";

/** Read once when the command palette opens. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => Response.json(await getPaletteView(ctx), { headers: { "cache-control": "no-store" } }));
}
