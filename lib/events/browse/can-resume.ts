import type { RecordFormat } from "../record-format";
import type { EventFormat } from "../types";

/**
 * Whether a reader of the format may begin in the middle of a file: its records stand alone. Tables and Zeek's own logs need
 * their header, binary logs their blocks, audit lines their neighbours; UTF-16 text its mark.
 *
 * @param fileHead the first bytes of the file
 */
export function canResume(format: EventFormat | RecordFormat, fileHead: Uint8Array): boolean {
  const [first, second] = fileHead;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  return ("json" in format || "line" in format) && !("group" in format);
}
