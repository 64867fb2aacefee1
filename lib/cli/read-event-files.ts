import { detectFormat, HEAD_BYTES, headOf } from "@/lib/events/detect-format";
import { FORMATS, formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import type { EventFormat, ParsedRecord } from "@/lib/events/types";
import { unpack } from "@/lib/files/archives";
import { fileSource } from "@/lib/files/byte-source";
import { SightlineError } from "@/lib/shared/errors";
import { listEventFiles } from "./list-event-files";

/** One file of events as it was read. */
export interface EventInput {
  readonly file: string;
  readonly format: string | null; // null: not recognised, nothing was read
  readonly first: number; // number of its first record: numbers go on over the files in the order given
  readonly records: number; // met, refused ones included
  readonly refused: number;
  readonly error?: string;
}

/**
 * Reads files of events one after another (plain, gzip, zip; folders whole) and hands every record on, numbered over all of
 * them. A file that no format knows is listed with its error; the others are read.
 *
 * @param formatId --format, null to recognise each file by its content
 * @throws SightlineError when a path cannot be read or the format is unknown
 */
export async function readEventFiles(paths: readonly string[], formatId: string | null, take: (record: ParsedRecord) => void, signal: AbortSignal): Promise<EventInput[]> {
  const asked = formatId === null ? null : formatById(formatId);
  if (asked === undefined) throw new SightlineError("INVALID", `"${formatId ?? ""}" is not an event format.`, { field: "format", remedy: `Known are ${FORMATS.map(({ id }) => id).join(", ")}.` });
  const inputs: EventInput[] = [];
  let next = 1;
  for (const { path } of await listEventFiles(paths)) {
    for await (const entry of unpack(await fileSource(path), path)) {
      const name = entry.name === path || !entry.name.startsWith(path.replace(/\.gz$/i, "")) ? (entry.name === path ? path : `${path}/${entry.name}`) : path;
      const input = await readOne(name, entry.content, asked, next, take, signal);
      inputs.push(input);
      next += input.records;
    }
  }
  return inputs;
}

async function readOne(file: string, content: AsyncIterable<Uint8Array>, asked: EventFormat | null, first: number, take: (record: ParsedRecord) => void, signal: AbortSignal): Promise<EventInput> {
  const waiting: Uint8Array[] = [];
  let [bytes, last, refused] = [0, 0, 0];
  let reader: ReturnType<typeof openReader> | null = null;
  let format: string | null = null;
  const pass = (items: ReturnType<ReturnType<typeof openReader>["push"]>): void => {
    for (const item of items) {
      if ("skipped" in item) continue;
      const number = "record" in item ? item.record.number : item.refused.number;
      last = Math.max(last, number);
      if ("refused" in item) refused += 1;
      else take(first === 1 ? item.record : { ...item.record, number: number + first - 1 });
    }
  };
  const open = (): string | null => {
    const found = asked ?? chooseFormat(Buffer.concat(waiting));
    if ("message" in found) return found.message;
    format = found.id;
    reader = openReader(found, DEFAULT_LIMITS);
    for (const chunk of waiting.splice(0)) pass(reader.push(chunk));
    return null;
  };
  for await (const chunk of content) {
    signal.throwIfAborted();
    if (reader !== null) {
      pass(readerOf(reader).push(chunk));
      continue;
    }
    waiting.push(chunk);
    bytes += chunk.length;
    const error = bytes > HEAD_BYTES ? open() : null;
    if (error !== null) return { file, format: null, first, records: 0, refused: 0, error };
  }
  const error = reader === null ? open() : null;
  if (error !== null) return { file, format: null, first, records: 0, refused: 0, error };
  if (reader !== null) pass(readerOf(reader).end());
  return { file, format, first, records: last, refused };
}

// TypeScript does not see that a closure assigns the variable.
function readerOf(reader: ReturnType<typeof openReader>): ReturnType<typeof openReader> {
  return reader;
}

function chooseFormat(head: Uint8Array): EventFormat | { readonly message: string } {
  const found = detectFormat(headOf(head));
  if (found.kind === "unknown") return { message: `${found.message} ${found.remedy}` };
  if (found.kind === "ambiguous") return { message: `Several formats know this file: ${found.candidates.map(({ format }) => format).join(", ")}. Say which with --format.` };
  return formatById(found.format) ?? { message: `The format ${found.format} is not known.` };
}
