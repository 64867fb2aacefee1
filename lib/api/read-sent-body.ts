import { z } from "zod";
import { decodeText } from "@/lib/inventory/decode-text";
import { SightlineError } from "@/lib/shared/errors";
import type { ApiRequest } from "./answer-request";
import type { Endpoint } from "./endpoint";

/** No request of this API needs more; larger files are uploaded on the pages or read by the command line. */
export const MOST_BODY_BYTES = 1 << 20;

/**
 * The body of a request, undefined where the endpoint takes none: a JSON document, or the text of a table.
 *
 * @throws SightlineError TOO_LARGE, UNSUPPORTED for another media type, INVALID for text that is no JSON, or for bytes that are no text
 */
export async function readSentBody(endpoint: Endpoint, { body, contentType }: Pick<ApiRequest, "body" | "contentType">): Promise<unknown> {
  if (endpoint.body instanceof z.ZodUndefined || body === null) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MOST_BODY_BYTES) throw new SightlineError("TOO_LARGE", `The body is larger than ${MOST_BODY_BYTES} bytes.`);
    parts.push(part);
  }
  if (size === 0) return undefined;
  const { takes } = endpoint;
  if (contentType?.split(";")[0]?.trim().toLowerCase() !== takes) throw new SightlineError("UNSUPPORTED", `The body must be ${takes === "text/csv" ? "CSV" : "JSON"}.`, { field: "content-type", remedy: `Send it as ${takes}.` });
  if (takes === "text/csv") return decodeText("body", Buffer.concat(parts));
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts)));
  } catch (error) {
    throw new SightlineError("INVALID", `The body is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
