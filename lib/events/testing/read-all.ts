import { openReader } from "../open-reader";
import { DEFAULT_LIMITS } from "../read-events";
import type { EventFormat, Item, ParsedRecord, ReadLimits, RefusedRecord, SkippedBytes } from "../types";

/** As an import on a day of 2026 reads. */
export const TEST_LIMITS: ReadLimits = { ...DEFAULT_LIMITS, reference: Date.UTC(2026, 6, 1) };

/** All items of a content that is cut into chunks of these sizes, over and over. */
export function readAll(format: EventFormat, bytes: Uint8Array, sizes: readonly number[] = [1 << 20], limits: ReadLimits = TEST_LIMITS): Item[] {
  const reader = openReader(format, limits);
  const items: Item[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    for (const item of reader.push(bytes.subarray(at, at + size))) items.push(item);
    at += size;
  }
  for (const item of reader.end()) items.push(item);
  return items;
}

export function recordsOf(items: readonly Item[]): ParsedRecord[] {
  return items.flatMap((item) => ("record" in item ? [item.record] : []));
}

export function refusedOf(items: readonly Item[]): RefusedRecord[] {
  return items.flatMap((item) => ("refused" in item ? [item.refused] : []));
}

/** The bytes an item speaks of. */
export function spanOf(item: Item): ParsedRecord | RefusedRecord | SkippedBytes {
  return "record" in item ? item.record : "refused" in item ? item.refused : item.skipped;
}

/**
 * What of a content no item accounts for, beyond white space, commas and the brackets of lists between records: the first
 * such stretch as text, or null when there is none. Spans outside of the content are named too.
 */
export function unaccountedBytes(bytes: Buffer, items: readonly Item[]): string | null {
  const spans = items.map(spanOf).sort((a, b) => a.offset - b.offset || a.length - b.length);
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const blank = wide ? /^[\s,[\]\0\uFEFF\u00ff\u00fe]*$/ : /^[\s,[\]]*$/;
  let covered = wide ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const gap = (to: number): string | null => {
    const text = bytes.toString("latin1", covered, to);
    return blank.test(text) ? null : `bytes ${covered} to ${to}: ${text.slice(0, 80)}`;
  };
  for (const { offset, length } of spans) {
    if (offset < 0 || length < 0 || offset + length > bytes.length) return `a span ${offset}+${length} outside of ${bytes.length} bytes`;
    const found = offset > covered ? gap(offset) : null;
    if (found !== null) return found;
    covered = Math.max(covered, offset + length);
  }
  return gap(bytes.length);
}
