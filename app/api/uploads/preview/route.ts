import { httpResponse } from "@/app/_adapters/http-response";
import { previewEvents } from "@/lib/operations/preview-events";
import { SightlineError } from "@/lib/shared/errors";
import { wholeBody } from "../whole-body";

const MOST_BYTES = 512 * 1024;

/** Takes the beginning of a file of events and says what must be known before it is imported. */
export async function POST(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of wholeBody(request, "the beginning of the file")) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new SightlineError("TOO_LARGE", `At most ${MOST_BYTES} bytes are looked at.`);
      parts.push(part);
    }
    return Response.json(previewEvents(ctx, Buffer.concat(parts)));
  });
}
