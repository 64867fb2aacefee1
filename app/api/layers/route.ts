import { z } from "zod";
import { httpResponse } from "@/app/_adapters/http-response";
import { exportLayer } from "@/lib/operations/export-layer";
import { SightlineError } from "@/lib/shared/errors";

const querySchema = z.object({ assessment: z.coerce.number().int().positive().optional(), segment: z.string().min(1).optional(), domain: z.enum(["enterprise", "mobile", "ics"]).optional() });

/** A layer of ATT&CK Navigator of one segment or of the fleet, as a file. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const query = querySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success) throw new SightlineError("INVALID", "The address does not say which layer.", { field: query.error.issues[0]?.path.join(".") ?? "" });
    const { assessment, segment, domain } = query.data;
    const { fileName, layer } = await exportLayer(ctx, { assessment: assessment ?? null, ...(segment === undefined ? {} : { segment }), ...(domain === undefined ? {} : { domain }) });
    return new Response(`${JSON.stringify(layer, null, 2)}\n`, { headers: { "content-type": "application/json", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" } });
  });
}
