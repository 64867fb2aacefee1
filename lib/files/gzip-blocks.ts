import { constants, crc32, deflateRaw, inflateRaw } from "node:zlib";
import { promisify } from "node:util";

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Content bytes per block: small enough to read one for a single record, large enough to compress well. */
export const BLOCK_BYTES = 1024 * 1024;

// A gzip member: 10 bytes, then an extra field (2 bytes length) holding one subfield "SL" with two 32-bit numbers.
export const HEADER_BYTES = 24;
const TRAILER_BYTES = 8;

/** What a block's header says: its length on disk, header and trailer included, and the content bytes in it. */
export interface BlockHeader {
  readonly stored: number;
  readonly content: number;
}

/**
 * Packs up to BLOCK_BYTES of content as one gzip member that names its own length in an extra field (RFC 1952, 2.3.1.1).
 * A file of such members is an ordinary .gz for everybody else, and can be walked here from header to header.
 */
export async function packBlock(content: Uint8Array): Promise<Buffer> {
  const body = await deflate(content, { level: constants.Z_BEST_SPEED });
  const block = Buffer.alloc(HEADER_BYTES + body.length + TRAILER_BYTES);
  block.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, 0x53, 0x4c, 8, 0]); // FEXTRA, no time, unknown system
  block.writeUInt32LE(block.length, 16);
  block.writeUInt32LE(content.length, 20);
  body.copy(block, HEADER_BYTES);
  block.writeUInt32LE(crc32(content), block.length - 8);
  block.writeUInt32LE(content.length, block.length - 4);
  return block;
}

/** Reads a block's header; null when these bytes are not the start of one (damage). */
export function readBlockHeader(head: Buffer): BlockHeader | null {
  if (head.length < HEADER_BYTES || head.readUInt32BE(0) !== 0x1f8b0804 || head.readUInt16BE(12) !== 0x534c) return null;
  return { stored: head.readUInt32LE(16), content: head.readUInt32LE(20) };
}

/** The content of a whole block; null when it is damaged (wrong length or checksum). */
export async function unpackBlock(block: Buffer): Promise<Buffer | null> {
  try {
    const content = await inflate(block.subarray(HEADER_BYTES, block.length - TRAILER_BYTES), { maxOutputLength: BLOCK_BYTES });
    const sound = crc32(content) === block.readUInt32LE(block.length - 8) && content.length === block.readUInt32LE(block.length - 4);
    return sound ? content : null;
  } catch {
    return null;
  }
}
