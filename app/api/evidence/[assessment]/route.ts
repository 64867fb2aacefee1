import { httpResponse } from "@/app/_adapters/http-response";
import { exportEvidence } from "@/lib/operations/export-evidence";
import { SightlineError } from "@/lib/shared/errors";
import { streamOf } from "@/app/_adapters/stream-of";

/** The evidence of an assessment as a zip, made while it is sent. Its only trace here is the line in the audit log. */
export async function GET(request: Request, { params }: { params: Promise<{ assessment: string }> }): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const { assessment } = await params;
    if (!/^[1-9]\d{0,8}$/.test(assessment)) throw new SightlineError("NOT_FOUND", "An assessment is named by its number, such as 42.", { field: "assessment" });
    const { fileName, content } = await exportEvidence(ctx, { assessment: Number(assessment) });
    return new Response(streamOf(content), { headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store" } });
  });
}
