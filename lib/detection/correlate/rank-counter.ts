/** How many values of each rank are in the window, with the n-th smallest in logarithmic time (a Fenwick tree over the distinct values). */
export class RankCounter {
  private readonly sorted: readonly number[];
  private readonly ranks: ReadonlyMap<number, number>;
  private readonly tree: number[];
  private readonly top: number;
  size = 0;

  constructor(values: readonly number[]) {
    this.sorted = [...new Set(values)].sort((a, b) => a - b);
    this.ranks = new Map(this.sorted.map((value, i) => [value, i + 1]));
    this.tree = new Array<number>(this.sorted.length + 1).fill(0);
    this.top = 2 ** Math.floor(Math.log2(Math.max(1, this.sorted.length)));
  }

  /** @param by 1 when a value enters the window, -1 when it leaves */
  add(value: number, by: 1 | -1): void {
    this.size += by;
    for (let at = this.ranks.get(value) ?? this.tree.length; at < this.tree.length; at += at & -at) this.tree[at] = (this.tree[at] ?? 0) + by;
  }

  /** The n-th smallest value, n from 1 to size. */
  nth(n: number): number | null {
    let [at, left] = [0, n];
    for (let step = this.top; step >= 1; step /= 2) {
      const count = this.tree[at + step];
      if (count === undefined || count >= left) continue;
      at += step;
      left -= count;
    }
    return this.sorted[at] ?? null;
  }
}
