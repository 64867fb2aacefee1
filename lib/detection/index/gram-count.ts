const BITS = 16;
const SPREAD = 0x9e3779b1;

/** How many needles hold a gram, more or less: grams that share a place count together. It decides speed, never results. */
export class GramCount {
  private readonly counts = new Uint32Array(1 << BITS);

  add(gram: number): void {
    const at = Math.imul(gram, SPREAD) >>> (32 - BITS);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  of(gram: number): number {
    return this.counts[Math.imul(gram, SPREAD) >>> (32 - BITS)] ?? 0;
  }
}
