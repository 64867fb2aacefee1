import { crc32 } from "node:zlib";

/** Binary XML of one element, as the format lays it out: names inline, no attributes but those given. */
type Node = { readonly name: string; readonly attributes?: Readonly<Record<string, Value>>; readonly children?: readonly Node[]; readonly value?: Value };
type Value = string | { readonly substitution: number };

const FRAGMENT = [0x0f, 0x01, 0x01, 0x00];
const STRING = 0x01;
const FIRST_RECORD = 512;
const STRING_TABLE = 128;
const FEWEST_VALUES = 20;

/** Names are found through the chunk's table: here one chain holds them all. */
interface Names {
  readonly table: Buffer;
  last: number;
}

/**
 * A Windows event log of one chunk, for tests: every record has its template inline and its values as substitutions, with
 * checksums as Windows writes them.
 */
export function buildEvtx(events: readonly Readonly<Record<string, string>>[]): Buffer {
  const chunk = Buffer.alloc(65_536);
  let at = FIRST_RECORD;
  for (const [i, event] of events.entries()) at += writeRecord(chunk, at, i + 1, event);
  chunk.write("ElfChnk\0", 0, "latin1");
  chunk.writeUInt32LE(128, 40);
  chunk.writeUInt32LE(at, 48);
  sealChunk(chunk);
  const header = Buffer.alloc(4096);
  header.write("ElfFile\0", 0, "latin1");
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(1, 42);
  return Buffer.concat([header, chunk]);
}

/** Writes the checksums of a chunk anew, so that what stands in it is read. */
export function sealChunk(chunk: Buffer): void {
  const end = Math.min(chunk.length, Math.max(FIRST_RECORD, chunk.readUInt32LE(48)));
  chunk.writeUInt32LE(crc32(chunk.subarray(FIRST_RECORD, end)), 52);
  chunk.writeUInt32LE(crc32(Buffer.concat([chunk.subarray(0, 120), chunk.subarray(128, 512)])), 124);
}

function writeRecord(chunk: Buffer, at: number, id: number, event: Readonly<Record<string, string>>): number {
  const values: string[] = [];
  const slot = (text: string): Value => ({ substitution: values.push(text) - 1 });
  const { Provider = "", EventID = "", Channel = "", Computer = "", SystemTime = "", ...data } = event;
  const names: Names = { table: chunk, last: chunk.readUInt32LE(STRING_TABLE) };
  const tree: Node = {
    name: "Event",
    children: [
      {
        name: "System",
        children: [
          { name: "Provider", attributes: { Name: slot(Provider) } },
          { name: "EventID", value: slot(EventID) },
          { name: "TimeCreated", attributes: { SystemTime: slot(SystemTime) } },
          { name: "EventRecordID", value: slot(String(id)) },
          { name: "Channel", value: slot(Channel) },
          { name: "Computer", value: slot(Computer) },
        ],
      },
      { name: "EventData", children: Object.entries(data).map(([name, text]) => ({ name: "Data", attributes: { Name: name }, value: slot(text) })) },
    ],
  };
  while (values.length < FEWEST_VALUES) values.push(""); // Windows' own templates always have as many
  const start = at + 24;
  const definition = start + FRAGMENT.length + 10;
  const body = element(tree, definition + 24 + FRAGMENT.length, names);
  const fragment = Buffer.concat([Buffer.from(FRAGMENT), body, Buffer.from([0])]);
  const texts = values.map((text) => Buffer.from(text, "utf16le"));
  const parts = [
    Buffer.from(FRAGMENT),
    Buffer.from([0x0c, 0x01]), word(id), word(definition), // an instance of the template that stands here
    word(0), Buffer.alloc(16, id), word(fragment.length), fragment,
    word(values.length), ...texts.map((text) => Buffer.concat([half(text.length), Buffer.from([STRING, 0])])), ...texts,
    Buffer.from([0]),
  ];
  const content = Buffer.concat(parts);
  const size = 24 + content.length + 4;
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0x2a2a, 0);
  head.writeUInt32LE(size, 4);
  head.writeBigUInt64LE(BigInt(id), 8);
  head.writeBigUInt64LE((BigInt(Date.parse(SystemTime)) + 11_644_473_600_000n) * 10_000n, 16);
  Buffer.concat([head, content, word(size)]).copy(chunk, at);
  return size;
}

/** @param at offset in the chunk: names carry their own */
function element({ name, attributes = {}, children = [], value }: Node, at: number, names: Names): Buffer {
  const list = Object.entries(attributes);
  const open = list.length > 0 ? 0x41 : 0x01;
  const head = 7; // token, dependency, size
  const own = inlineName(name, at + head, names);
  let next = at + head + own.length + (list.length > 0 ? 4 : 0);
  const written = list.map(([key, one], i) => {
    const label = inlineName(key, next + 1, names);
    const bytes = Buffer.concat([Buffer.from([i < list.length - 1 ? 0x46 : 0x06]), label, valueOf(one)]);
    next += bytes.length;
    return bytes;
  });
  const attributeBytes = Buffer.concat(written);
  next += 1;
  const inner = children.map((child) => {
    const bytes = element(child, next, names);
    next += bytes.length;
    return bytes;
  });
  const rest = Buffer.concat([own, ...(list.length > 0 ? [word(attributeBytes.length), attributeBytes] : []), Buffer.from([0x02]), ...inner, ...(value === undefined ? [] : [valueOf(value)]), Buffer.from([0x04])]);
  return Buffer.concat([Buffer.from([open]), half(0xffff), word(rest.length), rest]);
}

function valueOf(value: Value): Buffer {
  if (typeof value !== "string") return Buffer.concat([Buffer.from([0x0d]), half(value.substitution), Buffer.from([STRING])]);
  return Buffer.concat([Buffer.from([0x05, STRING]), half(value.length), Buffer.from(value, "utf16le")]);
}

/** @param at offset of the reference in the chunk; the name itself stands right behind it */
function inlineName(name: string, at: number, names: Names): Buffer {
  const previous = names.last;
  names.last = at + 4;
  names.table.writeUInt32LE(names.last, STRING_TABLE);
  return Buffer.concat([word(at + 4), word(previous), half(0), half(name.length), Buffer.from(name, "utf16le"), half(0)]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
