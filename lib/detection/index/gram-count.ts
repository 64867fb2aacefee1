const SPREAD = 0x9e3779b1;
const [LEAST_BITS, MOST_BITS] = [6, 16];

/** How many needles hold a gram, more or less: grams that share a place count together. It decides speed, never results. */
export class GramCount {
  private readonly shift: number;
  private readonly counts: Uint32Array;

  /** @param expected grams, roughly */
  constructor(expected: number) {
    let bits = LEAST_BITS;
    while (bits < MOST_BITS && 1 << bits < expected) bits += 1;
    this.shift = 32 - bits;
    this.counts = new Uint32Array(1 << bits);
  }

  add(gram: number): void {
    const at = Math.imul(gram, SPREAD) >>> this.shift;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  of(gram: number): number {
    return this.counts[Math.imul(gram, SPREAD) >>> this.shift] ?? 0;
  }
}
