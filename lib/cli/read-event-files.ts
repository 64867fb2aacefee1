import { unpack, type UnpackedFile } from "@/lib/files/archives";
import { fileSource } from "@/lib/files/byte-source";
import { SightlineError } from "@/lib/shared/errors";
import type { EventContent } from "@/lib/operations/detection/evaluation";
import { listEventFiles } from "./list-event-files";

/** What all files of events are read with. */
export interface EventFileOptions {
  readonly format: string | null; // --format; null: each file is recognised by its content
  readonly host: string | null; // --host: of records that name none
}

/**
 * The files of events behind paths, one after another (plain, gzip, zip; folders whole), as an evaluation reads them.
 *
 * @throws SightlineError when a path cannot be read
 */
export async function* readEventFiles(paths: readonly string[], { format, host }: EventFileOptions): AsyncGenerator<EventContent, void> {
  for (const { path } of await listEventFiles(paths)) {
    const source = await fileSource(path);
    let position = 0;
    for await (const entry of unpack(source, path)) {
      const bytes = entry.name === path ? source.size : null;
      yield { name: nameOf(path, entry.name), open: reopening(path, position, entry), bytes, format, host };
      position += 1;
    }
  }
}

function nameOf(path: string, entry: string): string {
  return entry === path || entry.startsWith(path.replace(/\.gz$/i, "")) ? path : `${path}/${entry}`;
}

/** The content of an entry can be read once while its archive is walked; whoever asks again walks it again. */
function reopening(path: string, position: number, { content }: UnpackedFile): () => AsyncIterable<Uint8Array> {
  let fresh = true;
  return () => {
    if (!fresh) return readEntry(path, position);
    fresh = false;
    return content;
  };
}

async function* readEntry(path: string, wanted: number): AsyncGenerator<Uint8Array, void> {
  let position = 0;
  for await (const entry of unpack(await fileSource(path), path)) {
    if (position === wanted) return yield* entry.content;
    position += 1;
  }
  throw new SightlineError("INVALID", "The file changed while it was read.", { file: path });
}
