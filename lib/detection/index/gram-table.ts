/** Where needles may stand in a text, by one run of characters of each: a filter whose hits are tested in full. */
export interface GramTable {
  /** Calls `hit` with the number of every needle of which the gram stands in the text; a needle may come more than once. */
  scan(text: string, hit: (needle: number) => void): void;
}

const EMPTY = -1;

/**
 * A table of grams of `size` characters (3 or 4). Each needle is entered by the one of its grams that the fewest needles
 * have, so that common runs such as ".exe" open few doors. Characters count by their low byte: collisions only cost a test.
 *
 * @param needles lower-case texts of at least `size` characters
 */
export function buildGramTable(needles: readonly string[], size: 3 | 4): GramTable {
  const popularity = new Map<number, number>();
  for (const needle of needles) for (const gram of new Set(gramsOf(needle, size))) popularity.set(gram, (popularity.get(gram) ?? 0) + 1);
  const lists = new Map<number, number[]>();
  for (const [number, needle] of needles.entries()) {
    let best = 0;
    let fewest = Infinity;
    for (const gram of gramsOf(needle, size)) {
      const count = popularity.get(gram) ?? 0;
      if (count < fewest) {
        fewest = count;
        best = gram;
      }
    }
    const list = lists.get(best);
    if (list === undefined) lists.set(best, [number]);
    else list.push(number);
  }
  let bits = 4;
  while (1 << bits < lists.size * 4) bits += 1;
  const mask = (1 << bits) - 1;
  const keys = new Int32Array(1 << bits);
  const slots = new Int32Array(1 << bits).fill(EMPTY);
  const doors: (readonly number[])[] = [];
  for (const [gram, list] of lists) {
    let at = Math.imul(gram, 0x9e3779b1) >>> (32 - bits);
    while (slots[at] !== EMPTY) at = (at + 1) & mask;
    keys[at] = gram;
    slots[at] = doors.length;
    doors.push(list);
  }
  const keep = size === 4 ? -1 : 0xffffff;
  return {
    scan(text, hit) {
      let gram = 0;
      for (let i = 0; i < text.length; i += 1) {
        gram = ((gram << 8) | (text.charCodeAt(i) & 255)) & keep;
        if (i < size - 1) continue;
        let at = Math.imul(gram, 0x9e3779b1) >>> (32 - bits);
        for (let door = slots[at] ?? EMPTY; door !== EMPTY; door = slots[at] ?? EMPTY) {
          if (keys[at] === gram) {
            for (const needle of doors[door] ?? []) hit(needle);
            break;
          }
          at = (at + 1) & mask;
        }
      }
    },
  };
}

function gramsOf(text: string, size: number): number[] {
  const grams: number[] = [];
  const keep = size === 4 ? -1 : 0xffffff;
  let gram = 0;
  for (let i = 0; i < text.length; i += 1) {
    gram = ((gram << 8) | (text.charCodeAt(i) & 255)) & keep;
    if (i >= size - 1) grams.push(gram);
  }
  return grams;
}
