/**
 * The sum of a queue. Nothing is ever subtracted, so that a large value that leaves the window takes no small ones with it:
 * two stacks, each entry of the front one with the sum of all behind it; every value is added at most three times.
 */
export class SumQueue {
  private readonly front: number[] = []; // sums, the oldest value last
  private back: number[] = [];
  private backSum = 0;

  push(value: number): void {
    this.back.push(value);
    this.backSum += value;
  }

  /** Takes the oldest value away. */
  shift(): void {
    if (this.front.length === 0) {
      let sum = 0;
      for (let value = this.back.pop(); value !== undefined; value = this.back.pop()) this.front.push((sum += value));
      this.backSum = 0;
    }
    this.front.pop();
  }

  get sum(): number {
    return (this.front.at(-1) ?? 0) + this.backSum;
  }
}
