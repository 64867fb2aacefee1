import { httpResponse } from "@/app/_adapters/http-response";
import { exportPack } from "@/lib/operations/export-pack";
import { SightlineError } from "@/lib/shared/errors";

/** A pack as a zip, as `packs import` takes it; ?version= names an earlier one. */
export async function GET(request: Request, { params }: { params: Promise<{ analytic: string }> }): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const version = new URL(request.url).searchParams.get("version");
    if (version !== null && !/^[1-9]\d{0,5}$/.test(version)) throw new SightlineError("NOT_FOUND", "A version is a number, such as 2.", { field: "version" });
    const { fileName, zip } = await exportPack(ctx, { analytic: (await params).analytic, ...(version === null ? {} : { version: Number(version) }) });
    const parts: Uint8Array[] = [];
    for await (const part of zip) parts.push(part); // a pack is small
    return new Response(Buffer.concat(parts), { headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${fileName}"`, "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
