import { DoorTable } from "./door-table";
import { GramCount } from "./gram-count";

/** Where needles may stand in a text, by one run of characters of each: a filter whose hits are tested in full. */
export interface GramTable {
  /** Adds the number of every needle of which the gram stands in the text to `hits`, each once. */
  scan(text: string, hits: number[]): void;
}

export type GramSize = 1 | 2 | 3 | 4;

/** How characters are packed into a number of 32 bits. */
interface GramForm {
  readonly first: number; // position of the first character that completes a gram
  readonly step: number; // bits per character
  readonly char: number; // which bits of a character count
  readonly keep: number; // which bits of the number are the gram
}

const FORMS: Readonly<Record<GramSize, GramForm>> = {
  1: { first: 0, step: 16, char: 0xffff, keep: 0xffff },
  2: { first: 1, step: 16, char: 0xffff, keep: -1 },
  3: { first: 2, step: 8, char: 0xff, keep: 0xffffff },
  4: { first: 3, step: 8, char: 0xff, keep: -1 },
};

/**
 * A table of grams of `size` characters. Each needle is entered by the one of its grams that the fewest needles have, so
 * that common runs such as ".exe" open few doors. In grams of three and four, characters count by their low byte:
 * collisions only cost a test. In shorter ones they count whole: rules list hundreds of emoji, of two code units each.
 *
 * @param needles lower-case texts of at least `size` characters
 */
export function buildGramTable(needles: readonly string[], size: GramSize): GramTable {
  const form = FORMS[size];
  const doors = new DoorTable(chooseGrams(needles, form));
  const { first, step, char, keep } = form;
  return {
    scan(text, hits) {
      let gram = 0;
      doors.begin();
      for (let i = 0; i < text.length; i += 1) {
        gram = ((gram << step) | (text.charCodeAt(i) & char)) & keep;
        if (i >= first) doors.knock(gram, hits);
      }
    },
  };
}

/** The gram of each needle that the fewest needles have, with the needles entered under it. */
function chooseGrams(needles: readonly string[], { first, step, char, keep }: GramForm): Map<number, number[]> {
  const popularity = new GramCount(needles.length * 16);
  for (const needle of needles) {
    let gram = 0;
    for (let i = 0; i < needle.length; i += 1) {
      gram = ((gram << step) | (needle.charCodeAt(i) & char)) & keep;
      if (i >= first) popularity.add(gram);
    }
  }
  const lists = new Map<number, number[]>();
  for (const [number, needle] of needles.entries()) {
    let [gram, best, fewest] = [0, 0, Infinity];
    for (let i = 0; i < needle.length; i += 1) {
      gram = ((gram << step) | (needle.charCodeAt(i) & char)) & keep;
      if (i < first) continue;
      const count = popularity.of(gram);
      if (count < fewest) [best, fewest] = [gram, count];
    }
    const list = lists.get(best);
    if (list === undefined) lists.set(best, [number]);
    else list.push(number);
  }
  return lists;
}
