import { SightlineError } from "@/lib/shared/errors";

export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
const MOST_ENTRIES = 100_000;

/** Whether the content is a tar archive (POSIX ustar or GNU). */
export function isTar(content: Uint8Array): boolean {
  return content.length >= BLOCK && ascii(content, 257, 5) === "ustar";
}

/**
 * The plain files of a tar archive in memory; folders, links and devices are left out. Names longer than a header holds are
 * read in both usual ways (GNU's long names, pax headers).
 *
 * @throws SightlineError INVALID when it ends in the middle or a size is none, TOO_LARGE for absurdly many entries
 */
export function readTar(content: Uint8Array, file: string): TarEntry[] {
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= content.length; ) {
    if (content[at] === 0) break; // the closing blocks of zeros
    const size = Number.parseInt(ascii(content, at + 124, 12).trim() || "0", 8);
    const body = content.subarray(at + BLOCK, at + BLOCK + size);
    if (!Number.isSafeInteger(size) || size < 0 || body.length < size) throw new SightlineError("INVALID", "The tar archive ends in the middle or is damaged.", { file, remedy: "Copy or download it again." });
    const type = ascii(content, at + 156, 1);
    if (type === "L") longName = ascii(body, 0, size);
    else if (type === "x") longName = paxPath(body) ?? longName;
    else {
      const prefix = ascii(content, at + 345, 155);
      const short = ascii(content, at, 100);
      if (type === "0" || type === "") entries.push({ name: longName ?? (prefix === "" ? short : `${prefix}/${short}`), content: body });
      if (type !== "g") longName = null;
    }
    if (entries.length > MOST_ENTRIES) throw new SightlineError("TOO_LARGE", `The tar archive holds more than ${MOST_ENTRIES} files.`, { file });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  const text = Buffer.from(bytes.subarray(from, from + length)).toString("utf8");
  const end = text.indexOf("\0");
  return end === -1 ? text : text.slice(0, end);
}

function paxPath(body: Uint8Array): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(Buffer.from(body).toString("utf8"))?.[1] ?? null;
}
