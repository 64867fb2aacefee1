import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";
import type { ApiRequest } from "./answer-request";
import type { Endpoint } from "./endpoint";

/** No request of this API needs more; files are uploaded on the pages or read by the command line. */
export const MOST_BODY_BYTES = 1 << 20;

/**
 * The JSON body of a request, undefined where the endpoint takes none.
 *
 * @throws SightlineError TOO_LARGE, UNSUPPORTED for another media type, INVALID for text that is no JSON
 */
export async function readJsonBody(endpoint: Endpoint, { body, contentType }: Pick<ApiRequest, "body" | "contentType">): Promise<unknown> {
  if (endpoint.body instanceof z.ZodUndefined || body === null) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MOST_BODY_BYTES) throw new SightlineError("TOO_LARGE", `The body is larger than ${MOST_BODY_BYTES} bytes.`);
    parts.push(part);
  }
  if (size === 0) return undefined;
  if (contentType?.split(";")[0]?.trim().toLowerCase() !== "application/json") throw new SightlineError("UNSUPPORTED", "The body must be JSON.", { field: "content-type", remedy: "Send it as application/json." });
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw new SightlineError("INVALID", `The body is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
