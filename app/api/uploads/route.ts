import { httpResponse } from "@/app/_adapters/http-response";
import { importLayer } from "@/lib/operations/import-layer";
import { startPackImport } from "@/lib/operations/import-pack";
import { keepUpload } from "@/lib/operations/keep-upload";
import { checkEventsImport, startEventsImport } from "@/lib/operations/prepare-events-import";
import { checkRulesImport, startRulesImport } from "@/lib/operations/prepare-rules-import";
import { startCatalogImport } from "@/lib/operations/start-catalog-import";
import { SightlineError } from "@/lib/shared/errors";
import { readEventOptions } from "./read-event-options";
import { wholeBody } from "./whole-body";

/** Whether files of events could be imported with these options: a form asks before it sends the first one. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    await checkEventsImport(ctx, readEventOptions(new URL(request.url).searchParams));
    return Response.json({ ready: true });
  });
}

/**
 * Keeps an uploaded body as it streams in and starts what its kind asks for: "events", "catalog", "rules" and "pack" answer with a job, "layer"
 * with what was imported, any other kind with the digest that its preview then names.
 */
export async function POST(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const search = new URL(request.url).searchParams;
    const fileName = (search.get("name") ?? "").split(/[\\/]/).at(-1)?.trim() ?? "";
    if (fileName === "") throw new SightlineError("INVALID", "The upload has no file name.", { field: "name" });
    const source = wholeBody(request, fileName);
    if (search.get("kind") === "catalog") {
      const release = search.get("release");
      return Response.json(await startCatalogImport(ctx, { source, fileName, replace: search.get("replace") === "yes", keepCurrent: search.get("keepCurrent") === "yes", ...(release ? { release } : {}) }));
    }
    if (search.get("kind") === "rules") {
      const request = { source: search.get("source"), adds: search.get("adds") === "yes" ? true : null };
      await checkRulesImport(ctx, request);
      return Response.json({ job: await startRulesImport(ctx, [await keepUpload(ctx, source, fileName)], request) });
    }
    if (search.get("kind") === "layer") {
      const { layer, again } = await importLayer(ctx, { fileName, content: source });
      return Response.json({ digest: layer.fileDigest, layer: { id: layer.id, name: layer.name, domain: layer.domain, refused: layer.refused, again } });
    }
    if (search.get("kind") === "pack") return Response.json({ job: await startPackImport(ctx, await keepUpload(ctx, source, fileName)) });
    if (search.get("kind") !== "events") return Response.json(await keepUpload(ctx, source, fileName));
    const events = readEventOptions(search);
    await checkEventsImport(ctx, events); // before a large file is read
    const kept = await keepUpload(ctx, source, fileName);
    return Response.json({ ...kept, job: await startEventsImport(ctx, kept, events) });
  });
}
