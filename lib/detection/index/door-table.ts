const EMPTY = -1;
const SPREAD = 0x9e3779b1;

/**
 * A hash table from grams (32 bits) to the needles entered under them. Each door opens once per text, however often its gram
 * stands there: a text of one letter over and over, and rules made for it, cost no more than the needles there are.
 */
export class DoorTable {
  private readonly mask: number;
  private readonly shift: number;
  private readonly keys: Int32Array;
  private readonly slots: Int32Array;
  private readonly doors: (readonly number[])[] = [];
  private readonly opened: Uint32Array; // by door: the text it opened for last
  private now = 0;

  constructor(lists: ReadonlyMap<number, readonly number[]>) {
    let bits = 4;
    while (1 << bits < lists.size * 4) bits += 1;
    this.mask = (1 << bits) - 1;
    this.shift = 32 - bits;
    this.keys = new Int32Array(1 << bits);
    this.slots = new Int32Array(1 << bits).fill(EMPTY);
    this.opened = new Uint32Array(lists.size);
    for (const [gram, list] of lists) {
      let at = Math.imul(gram, SPREAD) >>> this.shift;
      while (this.slots[at] !== EMPTY) at = (at + 1) & this.mask;
      this.keys[at] = gram;
      this.slots[at] = this.doors.push(list) - 1;
    }
  }

  /** Before each text. */
  begin(): void {
    this.now += 1;
    if (this.now < 0xffffffff) return;
    this.now = 1;
    this.opened.fill(0);
  }

  /** Adds the needles behind a gram. */
  knock(gram: number, hits: number[]): void {
    const { slots, keys, mask } = this;
    let at = Math.imul(gram, SPREAD) >>> this.shift;
    for (let door = slots[at] ?? EMPTY; door !== EMPTY; door = slots[at] ?? EMPTY) {
      if (keys[at] === gram) return this.open(door, hits);
      at = (at + 1) & mask;
    }
  }

  private open(door: number, hits: number[]): void {
    if (this.opened[door] === this.now) return;
    this.opened[door] = this.now;
    for (const needle of this.doors[door] ?? []) hits.push(needle);
  }
}
