import { readByteOrder, Utf16Transcoder } from "./frame/utf16";
import { toBuffer } from "./frame/line-frames";
import type { EventFormat, FormatReader, Item, ReadLimits } from "./types";

/**
 * The reader of a format for the bytes of a file: marked UTF-16 is read as text like any other, and the provenance of its
 * records stays that of the file.
 */
export function openReader(format: EventFormat, limits: ReadLimits): FormatReader {
  let inner: FormatReader | null = null;
  let first: Uint8Array = new Uint8Array(0);
  const start = (): FormatReader => {
    const order = readByteOrder(first);
    const reader = format.open(limits);
    return order === null ? reader : readUtf16(reader, new Utf16Transcoder(order, 4 * limits.maxRecordBytes));
  };
  return {
    push: (chunk) => {
      if (inner !== null) return inner.push(chunk);
      first = first.length === 0 ? chunk : Buffer.concat([first, chunk]);
      if (first.length < 2) return [];
      inner = start();
      return inner.push(first);
    },
    end: () => {
      if (inner !== null) return inner.end();
      inner = start();
      return [...(first.length > 0 ? inner.push(first) : []), ...inner.end()];
    },
  };
}

function readUtf16(reader: FormatReader, transcoder: Utf16Transcoder): FormatReader {
  let fileBytes = 0;
  const place = ({ offset, length }: { offset: number; length: number }) => {
    const from = transcoder.sourceOffset(offset, fileBytes);
    return { offset: from, length: transcoder.sourceOffset(offset + length, fileBytes) - from };
  };
  const moved = (item: Item): Item => {
    if ("record" in item) return { record: { ...item.record, ...place(item.record) } };
    if ("refused" in item) return { refused: { ...item.refused, ...place(item.refused) } };
    return { skipped: { ...item.skipped, ...place(item.skipped) } };
  };
  return {
    push: (chunk) => {
      fileBytes += chunk.length;
      return reader.push(transcoder.push(chunk)).map(moved);
    },
    end: () => [...reader.push(transcoder.end()).map(moved), ...reader.end().map(moved)],
  };
}

/** The bytes of a record as text that a page can show. `fileHead`: the first bytes of its file, which name the encoding. */
export function rawText(bytes: Uint8Array, fileHead: Uint8Array): string {
  const order = readByteOrder(fileHead);
  const plain = toBuffer(bytes);
  if (order === null && plain.includes(0)) return `(${bytes.length} bytes, binary; the first in hexadecimal)\n${plain.toString("hex", 0, MOST_HEX_BYTES).replace(/(.{64})/g, "$1\n")}`;
  if (order === null) return plain.toString("utf8");
  const transcoder = new Utf16Transcoder(order, 0);
  return Buffer.concat([transcoder.push(Buffer.concat([fileHead.subarray(0, 2), bytes])), transcoder.end()]).toString("utf8");
}

const MOST_HEX_BYTES = 1024;
