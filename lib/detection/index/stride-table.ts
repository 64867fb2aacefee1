import { DoorTable } from "./door-table";
import { GramCount } from "./gram-count";

/** Characters of one gram, and the least between two places of a text that are looked at. */
const SIZE = 4;
const LEAST_STRIDE = 4;
const MOST_STRIDE = 12;
/** Needles must be so long that wherever they stand, one of their grams stands at a place that is looked at. */
export const STRIDE_LEAST = SIZE + LEAST_STRIDE - 1;
const LOW = 0x20; // of ASCII letters, the bit between upper and lower case; of other characters it only makes collisions
const FOLD = LOW | (LOW << 8) | (LOW << 16) | (LOW << 24);

/** Where long needles may stand in a text, whatever its case: only every few places are looked at. A filter whose hits are tested in full. */
export interface StrideTable {
  /**
   * Adds the number of every needle that may stand in the text, each once.
   *
   * @returns false, and nothing to rely on, when a place that was looked at holds more than ASCII: scanFolded is to be asked then
   */
  scan(text: string, hits: number[]): boolean;
  /** The same for a text in lower case, whatever it holds. */
  scanFolded(folded: string, hits: number[]): void;
}

/**
 * Each needle is entered by grams that stand side by side, as many as the stride is long, so that one of them falls on a
 * place that is looked at wherever the needle begins; of the possible runs, the one that fewest needles share. Two characters
 * beyond ASCII have ASCII in their lower case (the Kelvin sign; I with a dot): they move nothing inside a needle of ASCII, and
 * where one falls into a gram, the scan says so.
 *
 * @param needles lower-case ASCII texts of at least STRIDE_LEAST characters
 */
export function buildStrideTable(needles: readonly string[]): StrideTable {
  const shortest = needles.reduce((least, needle) => Math.min(least, needle.length), Infinity);
  const stride = Math.min(MOST_STRIDE, shortest - SIZE + 1);
  const doors = new DoorTable(chooseGrams(needles, stride));
  return {
    scan: (text, hits) => {
      if (text.length < shortest) return true;
      const end = text.length - SIZE;
      let seen = 0;
      doors.begin();
      for (let i = 0; i <= end; i += stride) {
        const a = text.charCodeAt(i);
        const b = text.charCodeAt(i + 1);
        const c = text.charCodeAt(i + 2);
        const d = text.charCodeAt(i + 3);
        seen |= a | b | c | d;
        doors.knock((a | (b << 8) | (c << 16) | (d << 24)) | FOLD, hits);
      }
      if (seen < 0x80) return true;
      hits.length = 0;
      return false;
    },
    scanFolded: (folded, hits) => {
      doors.begin();
      for (let i = 0; i <= folded.length - SIZE; i += stride) doors.knock(gramAt(folded, i), hits);
    },
  };
}

function gramAt(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0xff) | ((text.charCodeAt(at + 1) & 0xff) << 8) | ((text.charCodeAt(at + 2) & 0xff) << 16) | ((text.charCodeAt(at + 3) & 0xff) << 24)) | FOLD;
}

function chooseGrams(needles: readonly string[], stride: number): Map<number, number[]> {
  const popularity = new GramCount(needles.length * 16);
  for (const needle of needles) for (let i = 0; i <= needle.length - SIZE; i += 1) popularity.add(gramAt(needle, i));
  const lists = new Map<number, number[]>();
  const counts: number[] = []; // of the grams of one needle
  for (let number = 0; number < needles.length; number += 1) {
    const needle = needles[number] ?? "";
    const grams = needle.length - SIZE + 1;
    let sum = 0;
    let [best, fewest] = [0, Infinity];
    for (let i = 0; i < grams; i += 1) {
      const count = popularity.of(gramAt(needle, i));
      counts[i] = count;
      sum += count - (i < stride ? 0 : (counts[i - stride] ?? 0));
      if (i + 1 < stride || sum >= fewest) continue;
      best = i + 1 - stride;
      fewest = sum;
    }
    for (let i = best; i < best + stride; i += 1) {
      const gram = gramAt(needle, i);
      const list = lists.get(gram);
      if (list === undefined) lists.set(gram, [number]);
      else if (list.at(-1) !== number) list.push(number);
    }
  }
  return lists;
}
