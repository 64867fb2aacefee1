import { httpResponse } from "@/app/_adapters/http-response";
import { getRule } from "@/lib/operations/get-rule";

/** The Sigma file that holds a rule, as it was imported. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const { rule, text } = await getRule(ctx, (await params).id);
    const name = (rule.path.split("/").at(-1) ?? "rule.yml").replace(/[^A-Za-z0-9._-]+/g, "_");
    return new Response(text, { headers: { "content-type": "application/yaml; charset=utf-8", "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  });
}
