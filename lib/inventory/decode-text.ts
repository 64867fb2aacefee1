import { SightlineError } from "@/lib/shared/errors";

export const MAX_INVENTORY_BYTES = 20 * 1024 * 1024;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a file that a person wrote: UTF-8, or UTF-16 with its mark (as spreadsheets write "Unicode text"); the mark
 * itself is left out.
 *
 * @throws SightlineError TOO_LARGE beyond 20 MB; INVALID for an empty file, bytes that are not text, or another encoding.
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  if (bytes.length > MAX_INVENTORY_BYTES) {
    throw new SightlineError("TOO_LARGE", `The file has ${bytes.length} bytes; an inventory may have ${MAX_INVENTORY_BYTES}.`, { file, remedy: "Split it." });
  }
  const text = decode(file, bytes);
  if (text.trim() === "") throw new SightlineError("INVALID", "The file is empty.", { file, remedy: "Start from a template." });
  const zero = text.indexOf("\0");
  if (zero >= 0) throw new SightlineError("INVALID", "The file is not text: it holds zero bytes.", { file, line: lineAt(text, zero) });
  return text;
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    const line = firstBadLine(bytes);
    throw new SightlineError("INVALID", "The file is not valid UTF-8 text.", { file, line, remedy: "Save it as UTF-8 (spreadsheets: CSV UTF-8)." }, { cause: error });
  }
}

/** The first line that is no UTF-8: a line feed byte is never part of another character, so lines can be tried one by one. */
function firstBadLine(bytes: Uint8Array): number {
  for (let start = 0, line = 1; start <= bytes.length; line++) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      UTF8.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 1;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
