import { exampleOf } from "../frame/decode-text";
import { itemMaker } from "../make-item";
import type { EventFormat, FormatReader, Item, ReadLimits } from "../types";
import { CHUNK_BYTES, FILE_HEADER_BYTES, openChunk, type EvtxRecord } from "./evtx/read-chunk";
import { mapWindowsEvent } from "./windows/map-windows-event";
import { parseEventXml } from "./windows/parse-event-xml";

/**
 * Binary Windows event logs: a header of 4 KiB, then chunks of 64 KiB, each whole in itself. A chunk whose checksums are
 * wrong is refused unread: its log was copied while it was written, or is damaged.
 */
export const evtx: EventFormat = {
  id: "evtx",
  label: "Windows event log (EVTX)",
  extensions: [".evtx"],
  sniff: ({ bytes }) => (MAGIC.every((byte, i) => bytes[i] === byte) ? { verdict: "yes", evidence: ["ElfFile at the beginning"] } : { verdict: "no", evidence: [] }),
  open: (limits) => openEvtx(limits),
};

const MAGIC = Buffer.from("ElfFile\0");
/** What every event has, and how it looks. */
const SHAPE: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["EventID", /^\d{1,5}$/],
  ["EventRecordID", /^\d{1,20}$/],
  ["TimeCreated_SystemTime", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/],
  ["Provider_Name", /^[^\0-\x1f]{1,256}$/],
  ["Computer", /^[^\0-\x20]{1,256}$/],
  ["Channel", /^[^\0-\x1f]{1,256}$/],
];
const REMEDY = "export the log again with wevtutil epl";

function openEvtx(limits: ReadLimits): FormatReader {
  const make = itemMaker();
  const block = Buffer.alloc(CHUNK_BYTES); // the part being filled
  let filled = 0;
  let base = 0; // offset of block[0]

  return {
    push: (chunk) => {
      const items: Item[] = [];
      for (let from = 0; from < chunk.length; ) {
        const size = base === 0 ? FILE_HEADER_BYTES : CHUNK_BYTES;
        const taken = chunk.subarray(from, from + size - filled);
        block.set(taken, filled);
        filled += taken.length;
        from += taken.length;
        if (filled < size) break;
        if (base === 0) items.push(readFileHeader(make, block.subarray(0, size)));
        else readChunk(items, make, block, base, limits);
        base += size;
        filled = 0;
      }
      return items;
    },
    end: () => {
      const rest = block.subarray(0, filled);
      if (filled === 0) return [];
      if (rest.every((byte) => byte === 0)) return [make.skipped(base, filled, "unused")];
      return [make.refused({ offset: base, length: filled, reason: "truncated", message: `The file ends inside the part that begins at byte ${base}.`, example: exampleOf(rest, 0, filled) })];
    },
  };
}

function readFileHeader(make: ReturnType<typeof itemMaker>, block: Buffer): Item {
  if (MAGIC.every((byte, i) => block[i] === byte)) return make.skipped(0, block.length, "header");
  return make.refused({ offset: 0, length: block.length, reason: "not-evtx", message: "The file does not begin with the header of an event log.", example: exampleOf(block, 0, 32) });
}

function readChunk(items: Item[], make: ReturnType<typeof itemMaker>, block: Buffer, base: number, limits: ReadLimits): void {
  const chunk = openChunk(block);
  if (chunk === "unused") return void items.push(make.skipped(base, block.length, "unused"));
  if (typeof chunk === "string") {
    return void items.push(make.refused({ offset: base, length: block.length, reason: "damaged-chunk", message: `The chunk at byte ${base} is damaged (${chunk}); ${REMEDY}.`, example: exampleOf(block, 0, 32) }));
  }
  items.push(make.skipped(base, chunk.first, "header"));
  for (const record of chunk.records) items.push(readRecord(make, block, base, record, limits));
  if (chunk.end < block.length) items.push(make.skipped(base + chunk.end, block.length - chunk.end, "unused"));
}

function readRecord(make: ReturnType<typeof itemMaker>, block: Buffer, base: number, record: EvtxRecord, limits: ReadLimits): Item {
  const { at, length } = record;
  const offset = base + at;
  const refuse = (reason: string, because: string): Item =>
    make.refused({ offset, length, reason, message: `The record at byte ${offset} cannot be read: ${because}.`, example: exampleOf(block, at, at + Math.min(length, 64)) });
  if (length > limits.maxRecordBytes) return refuse("too-long", `it has ${length} bytes, at most ${limits.maxRecordBytes} are read`);
  const xml = record.render();
  if (typeof xml !== "string") return refuse("unreadable-binary", `${xml.because}; convert the file with wevtutil qe FILE /lf:true /f:xml`);
  const event = parseEventXml(xml, limits.maxDepth);
  if (event === null) return refuse("unreadable-binary", "it has no event number");
  if ("refuse" in event) return refuse(event.refuse, event.because);
  // Values read from the wrong place would show here. (The header's number and time are no test: filtered exports number anew.)
  const wrong = SHAPE.filter(([name, pattern]) => !pattern.test(event.native[name] ?? ""));
  if (wrong.length > 0) return refuse("unreadable-binary", `its ${wrong.map(([name]) => name).join(", ")} cannot be right`);
  return make.record(offset, length, { ...mapWindowsEvent(event.view, limits.zone), native: event.native }, null);
}
