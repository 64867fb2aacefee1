import { httpResponse } from "@/app/_adapters/http-response";
import { keepUpload } from "@/lib/operations/keep-upload";
import { checkEventsImport, startEventsImport } from "@/lib/operations/prepare-events-import";
import { SightlineError } from "@/lib/shared/errors";
import { readEventOptions } from "./read-event-options";

/**
 * Keeps an uploaded body as it streams in. kind=events also starts the import and answers with its job; any other kind
 * answers with the digest alone, which the preview of that kind then names. A body shorter than it promised is refused.
 */
export async function POST(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const search = new URL(request.url).searchParams;
    const fileName = (search.get("name") ?? "").split(/[\\/]/).at(-1)?.trim() ?? "";
    if (fileName === "") throw new SightlineError("INVALID", "The upload has no file name.", { field: "name" });
    if (request.body === null) throw new SightlineError("INVALID", "The upload is empty.", { file: fileName });
    const events = search.get("kind") === "events" ? readEventOptions(search) : null;
    if (events) await checkEventsImport(ctx, events);
    const kept = await keepUpload(ctx, chunksOf(request.body), fileName);
    const promised = Number(request.headers.get("content-length") ?? kept.bytes);
    if (kept.bytes !== promised) throw new SightlineError("INVALID", `Only ${kept.bytes} of ${promised} bytes arrived.`, { file: fileName, remedy: "Send it again." });
    return Response.json({ ...kept, ...(events ? { job: await startEventsImport(ctx, kept, events) } : {}) });
  });
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
