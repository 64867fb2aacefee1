import type { InputParts } from "@/lib/assessment/input-parts";
import { scanInputParts, type InputScan } from "@/lib/assessment/scan-input-parts";
import type { FileStore, KeptContent } from "@/lib/files/file-store";

export interface KeptInput {
  readonly file: KeptContent;
  readonly parts: InputParts; // where what pages read of it lies
}

/** Keeps the canonical text of a ScoringInput and notes on the way where its parts lie. The caller writes the rows. */
export async function keepInput(files: FileStore, text: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<KeptInput> {
  const scan = scanInputParts();
  const file = await files.put(scanned(text, scan));
  return { file, parts: scan.end() };
}

async function* scanned(text: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, scan: InputScan): AsyncGenerator<Uint8Array> {
  for await (const chunk of text) {
    scan.push(chunk);
    yield chunk;
  }
}
