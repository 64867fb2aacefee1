import { httpResponse } from "@/app/_adapters/http-response";
import { getRuleQueries } from "@/lib/operations/get-rule-queries";
import { SightlineError } from "@/lib/shared/errors";

/** A rule as a query of one platform, with the values of ?segment= and the names of ?names=; refused in words where the platform's language cannot say it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string; target: string }> }): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const { id, target } = await params;
    const asked = new URL(request.url).searchParams;
    const { queries } = await getRuleQueries(ctx, id, { segment: asked.get("segment"), analytic: asked.get("for"), names: asked.get("names") === "usual" ? "usual" : "imported" });
    const found = queries.find((one) => one.id === target);
    if (found === undefined) throw new SightlineError("NOT_FOUND", `"${target}" is not a query language.`, { field: "target" });
    if (found.query === null) throw new SightlineError("CONFLICT", found.refused ?? "There is no query.");
    return new Response(`${found.query}\n`, { headers: { "content-type": "text/plain; charset=utf-8", "content-disposition": `attachment; filename="${found.fileName}"`, "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
