/** One file to be packed. */
export interface TarSource {
  readonly path: string; // with slashes
  readonly open: () => AsyncIterable<Uint8Array>;
}

const BLOCK = 512;
const NAME_BYTES = 100;

/**
 * Packs small files as a tar archive (ustar; GNU's form for names beyond 100 bytes), one after another. Nothing of the
 * machine enters it: the same files give the same bytes.
 */
export async function* writeTar(files: Iterable<TarSource>): AsyncGenerator<Uint8Array> {
  for (const { path, open } of files) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of open()) chunks.push(chunk);
    const content = Buffer.concat(chunks);
    const name = Buffer.from(path);
    const long = name.length > NAME_BYTES ? [header(Buffer.from("././@LongLink"), name.length + 1, "L"), padded(Buffer.concat([name, Buffer.alloc(1)]))] : [];
    yield Buffer.concat([...long, header(name.subarray(0, NAME_BYTES), content.length, "0"), padded(content)]);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header(name: Uint8Array, size: number, type: "0" | "L"): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(name, 0);
  block.write("0000644\0", 100, "ascii");
  block.write("0000000\0", 108, "ascii");
  block.write("0000000\0", 116, "ascii");
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "ascii");
  block.write("00000000000\0", 136, "ascii");
  block.fill(" ", 148, 156); // the checksum counts itself as spaces
  block.write(type, 156, "ascii");
  block.write("ustar\x0000", 257, "ascii");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
