import { claimUnit, readsSingleRecords } from "./claim-unit";
import { JsonFrames } from "./frame/json-frames";
import { LineFrames } from "./frame/line-frames";
import { readByteOrder, Utf16Transcoder } from "./frame/utf16";
import { CSV, FORMATS } from "./formats/index";
import { mineOf } from "./map-unit";
import { MIXED_ID } from "./read-mixed";
import { UnitClaims } from "./read-others";
import { DEFAULT_LIMITS } from "./read-events";
import { UnitFrames } from "./read-units";
import { ENOUGH } from "./sniff-units";
import type { Head } from "./types";

/** Bytes of the content that detection looks at. */
export const HEAD_BYTES = 256 * 1024;
const HEAD_RECORDS = 200;

export type Detection =
  | { readonly kind: "format"; readonly format: string; readonly evidence: readonly string[] }
  | { readonly kind: "ambiguous"; readonly candidates: readonly { format: string; evidence: readonly string[] }[] }
  | { readonly kind: "unknown"; readonly message: string; readonly remedy: string };

/** What sniffing may look at, from the first bytes of the unpacked content. A file name is never evidence. */
export function headOf(content: Uint8Array): Head {
  const whole = content.length <= HEAD_BYTES;
  const bytes = asUtf8(content.subarray(0, HEAD_BYTES));
  const limits = { maxRecordBytes: HEAD_BYTES, maxDepth: 64 };
  const lineFrames = new LineFrames(HEAD_BYTES);
  const lines = [...lineFrames.push(bytes), ...(whole ? lineFrames.end() : [])].flatMap((frame) => ("text" in frame ? [frame.text] : [])).slice(0, HEAD_RECORDS);
  const jsonFrames = new JsonFrames(HEAD_BYTES, limits.maxDepth);
  const json = [...jsonFrames.push(bytes), ...(whole ? jsonFrames.end() : [])].flatMap((frame) => ("value" in frame ? [frame.value] : [])).slice(0, HEAD_RECORDS);
  const unitFrames = new UnitFrames(limits);
  const units = [...unitFrames.push(bytes), ...(whole ? unitFrames.end() : [])].flatMap((unit) => ("views" in unit ? [unit] : [])).slice(0, HEAD_RECORDS);
  return { bytes, text: Buffer.from(bytes).toString("utf8"), lines, json, units };
}

function asUtf8(head: Uint8Array): Uint8Array {
  const order = readByteOrder(head);
  return order === null ? head : new Utf16Transcoder(order, 0).push(head);
}

/**
 * Which format a file is, by its content: the one that knows at least 80 % of its first records; the mixed reader when
 * several formats know a part each; else it is for the user to say.
 */
export function detectFormat(head: Head): Detection {
  const whole = FORMATS.filter((format) => !readsSingleRecords(format)).flatMap((format) => {
    const sniff = format.sniff(head);
    return sniff.verdict === "yes" ? [{ format: format.id, evidence: sniff.evidence }] : [];
  });
  const binary = whole.length === 0 ? binaryAdvice(head.bytes) : null;
  if (binary !== null) return { kind: "unknown", ...binary };
  const { claimed, alone } = countClaims(head);
  const enough = FORMATS.filter(({ id }) => (claimed.get(id) ?? 0) >= ENOUGH * head.units.length);
  const found = [...whole, ...candidatesOf(enough.filter(({ id }) => claimed.has(id)), head)];
  if (found.length === 0 && alone.size > 1) return mixed(alone, head);
  const table = found.length === 0 ? CSV.sniff(head) : null;
  if (table?.verdict === "yes") return { kind: "format", format: CSV.id, evidence: table.evidence };
  if (found.length === 0) found.push(...candidatesOf(FORMATS.filter(({ id }) => claimed.has(id)), head));
  const [first] = found;
  if (found.length === 1 && first !== undefined && alone.size > 1 && hidesOthers(first.format, head)) return mixed(alone, head);
  if (found.length === 1 && first !== undefined) return { kind: "format", ...first };
  if (found.length > 1) return { kind: "ambiguous", candidates: found };
  if (table?.verdict === "maybe") {
    return {
      kind: "unknown",
      message: `The content is a table (${table.evidence.join("; ")}) that no known format writes.`,
      remedy: "Say what its columns mean with --map FILE.json, or on the page of imports: the columns of time and host, the kind of record, and the field of each other column.",
    };
  }
  if (head.text.trim() === "") return { kind: "unknown", message: "The file is empty.", remedy: "Export at least one record." };
  if (/^\uFEFF?\s*\{\s*"(?:tables|columns)"\s*:\s*\[/.test(head.text) && head.units.length === 0) {
    return {
      kind: "unknown",
      message: "The content is an answer that names its columns once, and is too long to be read as one piece.",
      remedy: "Take the records as objects instead: az monitor log-analytics query for Log Analytics, fewer rows at once for ES|QL.",
    };
  }
  if (head.units.length === 0 && head.text.includes("\uFFFD")) {
    return {
      kind: "unknown",
      message: "No line of it is UTF-8 text.",
      remedy: "Save it as UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8 (or the encoding that the system writes), and import that.",
    };
  }
  const broken = brokenJson(head);
  if (broken !== null) return { kind: "unknown", message: `The content looks like JSON, but none of its first records can be read: ${broken}`, remedy: "Correct or repeat the export." };
  return {
    kind: "unknown",
    message: "The content is of no known event format.",
    remedy: `The page of imports and sightline events formats list what is read; name a format if the file is of it.`,
  };
}

/** How many of the head's records each format knows, and how many it knows alone. */
function countClaims({ units }: Head): { claimed: ReadonlyMap<string, number>; alone: ReadonlyMap<string, number> } {
  const formats = FORMATS.filter(readsSingleRecords);
  const claimed = new Map<string, number>();
  const alone = new Map<string, number>();
  const known = new UnitClaims(formats, DEFAULT_LIMITS);
  for (const unit of units) {
    const claims = known.claim(unit);
    for (const { id } of claims) claimed.set(id, (claimed.get(id) ?? 0) + 1);
    const [only] = claims;
    if (claims.length !== 1 || only === undefined) continue;
    alone.set(only.id, (alone.get(only.id) ?? 0) + 1);
    known.note(only, unit);
  }
  return { claimed, alone };
}

function mixed(alone: ReadonlyMap<string, number>, { units }: Head): Detection {
  return { kind: "format", format: MIXED_ID, evidence: [...alone].map(([id, count]) => `${count} of ${units.length} records ${id}`) };
}

/**
 * Whether a format would take for its own what another knows better: a line of syslog whose message is an audit record. The
 * other's records would be lost in the envelope, so that such a file is read record by record.
 */
function hidesOthers(id: string, { units }: Head): boolean {
  const formats = FORMATS.filter(readsSingleRecords);
  const own = formats.find((format) => format.id === id);
  return own !== undefined && units.some((unit) => mineOf(unit, own) !== null && !claimUnit(unit, formats).includes(own));
}

function candidatesOf(formats: typeof FORMATS, head: Head): { format: string; evidence: readonly string[] }[] {
  return formats.map((format) => ({ format: format.id, evidence: format.sniff(head).evidence }));
}

/** Why JSON does not parse, when the content begins like JSON and no object came out of it. */
function brokenJson(head: Head): string | null {
  if (head.json.length > 0 || !/^\uFEFF?\s*[{[]\s*["{[\]}]/.test(head.text)) return null;
  const frames = new JsonFrames(HEAD_BYTES, 64);
  const first = [...frames.push(head.bytes), ...frames.end()].find((frame) => "reason" in frame);
  return first !== undefined && "reason" in first ? first.message : null;
}

/** Binary files that people bring, with what to do about each. */
export function binaryAdvice(bytes: Uint8Array): { message: string; remedy: string } | null {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return { message: "This is a picture, not a file of events.", remedy: "Export the events themselves as text or JSON." };
  if (starts(0x25, 0x50, 0x44, 0x46)) return { message: "This is a PDF document, not a file of events.", remedy: "Export the events themselves as text or JSON." };
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return { message: "The file is compressed with zstd.", remedy: "Unpack it, or compress it with gzip." };
  if (starts(0xd4, 0xc3, 0xb2, 0xa1) || starts(0x0a, 0x0d, 0x0d, 0x0a)) return { message: "This is a packet capture.", remedy: "Run Zeek over it (zeek -r FILE) and import its logs." };
  if (holdsBinary(bytes.subarray(0, 4096))) return { message: "The content is binary, or UTF-16 text without a byte order mark.", remedy: "Export the events as text or JSON; save UTF-16 text as UTF-8, for example with iconv -f UTF-16 -t UTF-8." };
  return null;
}

/**
 * Whether bytes are no text: they hold zero bytes, but for the holes that a machine leaves in a log when it goes down while it
 * writes (many zeros in a row, within text).
 */
function holdsBinary(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false;
  const rest = Buffer.from(bytes).toString("latin1").replace(/\0{16,}/g, "");
  return /[\0-\x08\x0e-\x1a\x1c\x7f]/.test(rest) || rest.trim() === "";
}
