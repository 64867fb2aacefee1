/** Numbers seen of one counter between two resets, as ranges: exact while there are few, bounded always. */
export class SequenceRun {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private spilled = 0; // distinct numbers counted after the ranges were given up
  private spilledHoles = 0;
  private spilledMax = 0;
  private full = false;

  constructor(private readonly mayGrow: () => boolean) {}

  get smallest(): number {
    return this.starts[0] ?? Infinity;
  }

  /** Past the cap only numbers beyond the largest are counted: an earlier one may be a repeat, and nobody knows. */
  get capped(): boolean {
    return this.full;
  }

  add(number: number): void {
    if (this.full) return this.spill(number);
    const last = this.ends.length - 1;
    if (last >= 0 && number === (this.ends[last] ?? 0) + 1) {
      this.ends[last] = number;
      return;
    }
    const at = this.firstEndingAt(number - 1); // the first range that ends at number - 1 or later
    const [start, end] = [this.starts[at], this.ends[at]];
    if (start === undefined || end === undefined || number < start - 1) {
      if (!this.mayGrow()) {
        this.full = true;
        this.spilledMax = this.ends.at(-1) ?? number - 1;
        return this.spill(number);
      }
      this.starts.splice(at, 0, number);
      this.ends.splice(at, 0, number);
    } else if (number === start - 1) this.starts[at] = number;
    else if (number === end + 1) {
      this.ends[at] = number;
      if (this.starts[at + 1] === number + 1) {
        this.ends[at] = this.ends[at + 1] ?? number;
        this.starts.splice(at + 1, 1);
        this.ends.splice(at + 1, 1);
      }
    }
  }

  /** span: from the smallest to the largest; seen: distinct numbers; holes: how many times neighbours lack what lies between. */
  measure(): { readonly span: number; readonly seen: number; readonly holes: number; readonly widest: number } {
    const first = this.starts[0];
    if (first === undefined) return { span: 0, seen: 0, holes: 0, widest: 0 };
    const kept = this.starts.reduce((sum, start, i) => sum + (this.ends[i] ?? start) - start + 1, 0);
    const widest = this.starts.reduce((most, start, i) => (i === 0 ? most : Math.max(most, start - (this.ends[i - 1] ?? start) - 1)), 0);
    const last = Math.max(this.ends.at(-1) ?? first, this.spilledMax);
    return { span: last - first + 1, seen: kept + this.spilled, holes: this.starts.length - 1 + this.spilledHoles, widest };
  }

  private spill(number: number): void {
    if (number <= this.spilledMax) return;
    this.spilled += 1;
    if (number > this.spilledMax + 1) this.spilledHoles += 1;
    this.spilledMax = number;
  }

  private firstEndingAt(number: number): number {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ends[middle] ?? Infinity) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
