import { SightlineError } from "@/lib/shared/errors";

/** What an archive may unfold into. */
export interface ArchiveLimits {
  readonly entries: number; // files in it
  readonly entryBytes: number; // of one file, unpacked
  readonly totalBytes: number; // of all files, unpacked
  readonly ratio: number; // unpacked / packed bytes, judged once more than ratioFreeBytes are unpacked
  readonly ratioFreeBytes: number;
}

const MIB = 1024 * 1024;

/** Log files shrink 10 to 50 times; deflate cannot do more than about 1,030 times, which only a bomb comes near. */
export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 2_000, entryBytes: 8_192 * MIB, totalBytes: 32_768 * MIB, ratio: 200, ratioFreeBytes: 10 * MIB };

/** Passes bytes on while they keep the limits. packedSoFar tells how many packed bytes they came from. */
export async function* limitBytes(content: AsyncIterable<Uint8Array>, name: string, limits: ArchiveLimits, packedSoFar: () => number): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  for await (const chunk of content) {
    unpacked += chunk.length;
    checkSizes(unpacked, packedSoFar(), name, limits);
    yield chunk;
  }
}

/** @throws SightlineError TOO_LARGE when a file unfolds beyond a limit. */
export function checkSizes(unpacked: number, packed: number, name: string, limits: ArchiveLimits): void {
  if (unpacked > limits.entryBytes) {
    throw new SightlineError("TOO_LARGE", `It unpacks to more than ${Math.round(limits.entryBytes / MIB)} MiB.`, { file: name, remedy: "Split it into smaller files." });
  }
  if (unpacked > limits.ratioFreeBytes && unpacked > packed * limits.ratio) {
    throw new SightlineError("TOO_LARGE", `It unpacks to more than ${limits.ratio} times its packed size, as only a decompression bomb does.`, {
      file: name,
      remedy: "Unpack it yourself if you trust it.",
    });
  }
}
