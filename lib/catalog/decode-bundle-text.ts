import { SightlineError } from "@/lib/shared/errors";

/** A bundle of 19.2 has 54 MB; what is larger than this is not one, or is meant to exhaust the machine. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

const BINARY_HEADS: readonly (readonly [string, readonly number[]])[] = [
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG picture", [0xff, 0xd8, 0xff]],
  ["a GIF picture", [0x47, 0x49, 0x46, 0x38]],
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
  ["a zip archive", [0x50, 0x4b, 0x03, 0x04]],
  ["a gzip file inside a gzip file", [0x1f, 0x8b]],
  ["text in UTF-16, not UTF-8", [0xff, 0xfe]],
  ["text in UTF-16, not UTF-8", [0xfe, 0xff]],
];

/**
 * Unpacked bytes of an upload -> the text to parse, without byte order mark.
 *
 * @throws SightlineError when the file is empty, too large, plainly something else, or not UTF-8 (with the byte offset).
 */
export function decodeBundleText(bytes: Uint8Array, fileName: string): { text: string; bom: boolean } {
  const refuse = (message: string, remedy?: string) => new SightlineError("INVALID", message, { file: fileName, remedy });
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new SightlineError("TOO_LARGE", `the file has ${bytes.length} bytes unpacked; a bundle may have ${MAX_BUNDLE_BYTES}.`, { file: fileName });
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  if (body.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) throw refuse("the file is empty.", "Give a STIX 2.1 bundle of ATT&CK.");
  for (const [what, head] of BINARY_HEADS) {
    if (head.every((byte, at) => body[at] === byte)) throw refuse(`the file is ${what}.`, "Give a STIX 2.1 bundle of ATT&CK as JSON, plain or gzip.");
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body), bom };
  } catch {
    const offset = firstBadByte(body) + (bom ? 3 : 0);
    throw refuse(`the file is not UTF-8: byte ${offset} does not belong to any character.`, "Save it as UTF-8 or download it again.");
  }
}

/** Offset of the first byte that is no UTF-8: whole blocks first, then inside the bad one. */
function firstBadByte(bytes: Uint8Array): number {
  const decodes = (upTo: number, from: number): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, upTo), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  const BLOCK = 65_536;
  let sound = 0; // everything before it decodes and it starts a character
  while (sound < bytes.length) {
    let next = Math.min(bytes.length, sound + BLOCK);
    while (next < bytes.length && ((bytes[next] ?? 0) & 0xc0) === 0x80 && next < sound + BLOCK + 4) next += 1;
    if (!decodes(next, sound)) {
      let low = sound;
      let high = next;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (decodes(middle, sound)) low = middle;
        else high = middle;
      }
      return low;
    }
    sound = next;
  }
  return bytes.length; // ends inside a character
}
