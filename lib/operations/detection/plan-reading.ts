import { canResume } from "@/lib/events/browse/can-resume";
import { detectFormat, HEAD_BYTES, headOf } from "@/lib/events/detect-format";
import { FORMATS, formatById } from "@/lib/events/formats/index";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { MIXED_ID } from "@/lib/events/read-mixed";
import type { EventFormat } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "@/lib/workers/match-messages";
import type { EventContent } from "./evaluation";

/** How a content is read; alone: from any of its records on. */
export interface ReadPlan {
  readonly content: Omit<MatchContent, "share">;
  readonly alone: boolean;
  readonly chunks: AsyncIterable<Uint8Array>; // the content from its beginning, once: what was looked at is not read again
}

/**
 * Looks at the beginning of a content. `error`: no format knows it.
 *
 * @throws SightlineError INVALID for a format that does not exist
 */
export async function planReading(content: EventContent): Promise<ReadPlan | { readonly error: string }> {
  const { head, chunks, close } = await peek(content.open());
  const found = content.format === null ? chooseFormat(head) : formatById(content.format);
  if (found === undefined || "message" in found) await close();
  if (found === undefined) throw new SightlineError("INVALID", `"${content.format ?? ""}" is not an event format.`, { field: "format", remedy: `Known are ${FORMATS.map(({ id }) => id).join(", ")}.` });
  if ("message" in found) return { error: found.message };
  const { zone = "UTC", reference, mapping } = content;
  const limits = { ...DEFAULT_LIMITS, zone, ...(reference === undefined ? {} : { reference }), ...(mapping === undefined ? {} : { mapping }) };
  return {
    content: { format: found.id, limits, host: content.host ?? null, hostFrom: content.hostFrom ?? null, filePath: content.name },
    alone: found.id !== MIXED_ID && canResume(found, head) && "json" in found && beginsWithObject(head),
    chunks,
  };
}

async function peek(content: AsyncIterable<Uint8Array>): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncIterable<Uint8Array>; readonly close: () => Promise<unknown> }> {
  const parts: Uint8Array[] = [];
  const rest = content[Symbol.asyncIterator]();
  for (let bytes = 0; bytes <= HEAD_BYTES; ) {
    const { done, value } = await rest.next();
    if (done === true) break;
    parts.push(value);
    bytes += value.length;
  }
  const close = async (): Promise<unknown> => rest.return?.();
  async function* whole(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* parts.splice(0);
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    } finally {
      await close();
    }
  }
  return { head: Buffer.concat(parts), chunks: whole(), close };
}

function chooseFormat(bytes: Uint8Array): EventFormat | { readonly message: string } {
  const found = detectFormat(headOf(bytes));
  if (found.kind === "unknown") return { message: `${found.message} ${found.remedy}` };
  if (found.kind === "ambiguous") return { message: `Several formats know this file: ${found.candidates.map(({ format }) => format).join(", ")}. Say which with --format.` };
  return formatById(found.format) ?? { message: `The format ${found.format} is not known.` };
}

/** Not "[": elements of a list stand inside it. */
function beginsWithObject(head: Uint8Array): boolean {
  const begin = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const first = head.subarray(begin).find((byte) => byte !== 0x20 && byte !== 9 && byte !== 10 && byte !== 13);
  return first === 0x7b;
}
