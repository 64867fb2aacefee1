import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import yazl from "yazl";

/** A zip of texts by their paths. */
export async function makeZip(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}
