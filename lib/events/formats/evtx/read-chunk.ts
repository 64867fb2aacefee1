import { BinaryReader, ChunkHeader, Record as BinaryRecord, setLogger } from "@ts-evtx/core";
import { readInlineXml } from "./inline-xml";

/** Sizes of Microsoft's layout, in bytes. */
export const FILE_HEADER_BYTES = 4096;
export const CHUNK_BYTES = 65_536;
const FIRST_RECORD = 512;
const RECORD_HEADER = 24;
const RECORD_TRAILER = 4; // its length once more
const FRAGMENT_HEADER = 4;
const OPEN_ELEMENT = 0x01;
const RECORD_MAGIC = 0x00002a2a;

/** One record of a chunk: where it stands in the chunk, and its XML when asked for. */
export interface EvtxRecord {
  readonly at: number;
  readonly length: number;
  readonly render: () => string | { readonly because: string };
}

export interface EvtxChunk {
  readonly first: number; // where the first record begins
  readonly end: number; // behind the last
  readonly records: readonly EvtxRecord[];
}

/**
 * The records of one chunk of 64 KiB. Record boundaries and checksums are read here; the XML of a record is the library's.
 *
 * @returns "unused" for a chunk that was never written, else what is wrong with a chunk that cannot be trusted
 */
export function openChunk(block: Buffer): EvtxChunk | string {
  if (block.every((byte) => byte === 0)) return "unused";
  if (block.toString("latin1", 0, 8) !== "ElfChnk\0") return "no chunk header";
  const end = block.readUInt32LE(48);
  if (end < FIRST_RECORD || end > CHUNK_BYTES) return "its end lies outside of it";
  const own = Buffer.from(block); // records outlive the caller's buffer
  const reader = new BinaryReader(new Uint8Array(own));
  const chunk = new ChunkHeader(reader, 0);
  if (!chunk.verify()) return "its checksums are wrong";
  const records: EvtxRecord[] = [];
  let next = FIRST_RECORD;
  while (next + RECORD_HEADER <= end) {
    const at = next;
    const length = block.readUInt32LE(at + 4);
    if (block.readUInt32LE(at) !== RECORD_MAGIC || length <= RECORD_HEADER || at + length > end) return `no record at ${at}`;
    records.push({ at, length, render: () => render(reader, chunk, own, at, length) });
    next += length;
  }
  return { first: FIRST_RECORD, end: next, records };
}

function render(reader: BinaryReader, chunk: ChunkHeader, block: Buffer, at: number, length: number): string | { because: string } {
  try {
    if ((block[at + RECORD_HEADER + FRAGMENT_HEADER] ?? 0) % 0x40 === OPEN_ELEMENT) return readInlineXml(block, at + RECORD_HEADER, at + length - RECORD_TRAILER);
    const xml = new BinaryRecord(reader, at, chunk).renderXml();
    if (xml === "<Event/>") return { because: "its binary XML begins with neither a template nor an element" };
    if (UNRESOLVED.test(xml)) return { because: "names or values of its binary XML are missing" };
    // The library indents what it nests, lines inside of values included.
    const indent = /<(?:EventData|UserData)[^>]*>(\n +)</.exec(xml)?.[1];
    return indent === undefined ? xml : xml.replaceAll(indent, "\n");
  } catch (error) {
    return { because: `its binary XML is damaged (${error instanceof Error ? error.message.slice(0, 120) : "unknown fault"})` };
  }
}

/** What the library writes where it found nothing. */
const UNRESOLVED = /\[SUBSTITUTION:\d+\]|Unknown(?:Tag|Attribute)_0x/;

// The library would write its doubts to the console.
const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent };
setLogger(silent);
