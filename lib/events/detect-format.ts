import { JsonFrames } from "./frame/json-frames";
import { LineFrames } from "./frame/line-frames";
import { FORMATS } from "./formats/index";
import type { Head } from "./types";

/** Bytes of the content that detection looks at. */
export const HEAD_BYTES = 256 * 1024;
const HEAD_LINES = 200;

export type Detection =
  | { readonly kind: "format"; readonly format: string; readonly evidence: readonly string[] }
  | { readonly kind: "ambiguous"; readonly candidates: readonly { format: string; evidence: readonly string[] }[] }
  | { readonly kind: "unknown"; readonly message: string; readonly remedy: string };

/** What sniffing may look at, from the first bytes of the unpacked content. A file name is never evidence. */
export function headOf(bytes: Uint8Array): Head {
  const head = bytes.subarray(0, HEAD_BYTES);
  const whole = bytes.length <= HEAD_BYTES;
  const lineFrames = new LineFrames(HEAD_BYTES);
  const lines = [...lineFrames.push(head), ...(whole ? lineFrames.end() : [])].flatMap((frame) => ("text" in frame ? [frame.text] : [])).slice(0, HEAD_LINES);
  const jsonFrames = new JsonFrames(HEAD_BYTES, 64);
  const json = [...jsonFrames.push(head), ...(whole ? jsonFrames.end() : [])].flatMap((frame) => ("value" in frame ? [frame.value] : [])).slice(0, HEAD_LINES);
  return { bytes: head, text: Buffer.from(head).toString("utf8"), lines, json };
}

/** Which format a file is, by its content: one says yes, or only one says maybe. */
export function detectFormat(head: Head): Detection {
  const binary = binaryAdvice(head.bytes);
  if (binary !== null) return { kind: "unknown", ...binary };
  const sniffs = FORMATS.map((format) => ({ format: format.id, ...format.sniff(head) }));
  for (const verdict of ["yes", "maybe"] as const) {
    const found = sniffs.filter((sniff) => sniff.verdict === verdict).map(({ format, evidence }) => ({ format, evidence }));
    const [first] = found;
    if (found.length === 1 && first !== undefined) return { kind: "format", ...first };
    if (found.length > 1) return { kind: "ambiguous", candidates: found };
  }
  if (head.text.trim() === "") return { kind: "unknown", message: "The file is empty.", remedy: "Export at least one record." };
  const broken = brokenJson(head);
  if (broken !== null) return { kind: "unknown", message: `The content looks like JSON, but none of its first records can be read: ${broken}`, remedy: "Correct or repeat the export." };
  return {
    kind: "unknown",
    message: "The content is of no known event format.",
    remedy: `Known are: ${FORMATS.map((format) => format.label).join(", ")}. Name one with --format if the file is one of them.`,
  };
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
  if (starts(0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65)) {
    return {
      message: "This is a binary Windows event log (EVTX).",
      remedy: "Convert it to JSON first, for example with evtx_dump -o jsonl FILE.evtx > FILE.jsonl, or in PowerShell with Get-WinEvent -Path FILE.evtx | ConvertTo-Json, and import the result.",
    };
  }
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    return { message: "The text is UTF-16, not UTF-8.", remedy: "Save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8." };
  }
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return { message: "This is a picture, not a file of events.", remedy: "Export the events themselves as text or JSON." };
  if (starts(0x25, 0x50, 0x44, 0x46)) return { message: "This is a PDF document, not a file of events.", remedy: "Export the events themselves as text or JSON." };
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return { message: "The file is compressed with zstd.", remedy: "Unpack it, or compress it with gzip." };
  if (starts(0xd4, 0xc3, 0xb2, 0xa1) || starts(0x0a, 0x0d, 0x0d, 0x0a)) return { message: "This is a packet capture.", remedy: "Run Zeek over it (zeek -r FILE) and import its logs." };
  if (bytes.subarray(0, 4096).includes(0)) return { message: "The content is binary.", remedy: "Export the events as text or JSON." };
  return null;
}
