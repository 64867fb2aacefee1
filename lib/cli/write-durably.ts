import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";

/** The file appears whole or not at all. */
export async function writeDurably(content: AsyncIterable<Uint8Array>, path: string, signal: AbortSignal): Promise<void> {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(content), createWriteStream(temporary, { flags: "wx", flush: true }), { signal });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof SightlineError) throw error;
    if (signal.aborted) throw new SightlineError("CANCELLED", "Stopped; nothing was written.", { file: path }, { cause: error });
    const reason = systemReason(error);
    if (reason === null) throw error;
    throw new SightlineError("UNAVAILABLE", `The file cannot be written: ${reason.words}.`, { file: path, remedy: reason.remedy }, { cause: error });
  }
}
