import { z } from "zod";

/*
 * A bounded sample of keys: those with the smallest hashes. Whether a key belongs to it depends on the key alone, so two
 * files sample the same keys, samples merge in any order, and what is counted for a kept key is counted in full.
 */

/** Entries [hash, ...values], by rising hash. capped: there were more keys than kept, so shares over them are estimates. */
export const sampleSchema = z.object({ capped: z.boolean(), keys: z.array(z.array(z.number().int())) });
export type Sample = z.infer<typeof sampleSchema>;

export const NO_KEYS: Sample = { capped: false, keys: [] };

/** The sample while records are read. Memory: at most twice `most` entries. */
export class KeySample<V> {
  capped = false;
  private kept = new Map<number, V>();
  private bound = Number.POSITIVE_INFINITY;

  constructor(private readonly most: number) {}

  /** Whether this key's fate is followed; most keys of a large file are not. */
  admits(hash: number): boolean {
    return hash <= this.bound;
  }

  get(hash: number): V | undefined {
    return this.kept.get(hash);
  }

  /** Call for admitted keys only. */
  set(hash: number, value: V): void {
    this.kept.set(hash, value);
    if (this.kept.size > 2 * this.most) this.prune();
  }

  /** By rising hash, at most `most`. */
  entries(): (readonly [hash: number, value: V])[] {
    if (this.kept.size > this.most) this.prune();
    return [...this.kept].sort(([a], [b]) => a - b);
  }

  toSample(values: (value: V) => readonly number[]): Sample {
    const entries = this.entries();
    return { capped: this.capped, keys: entries.map(([hash, value]) => [hash, ...values(value)]) };
  }

  private prune(): void {
    const smallest = [...this.kept].sort(([a], [b]) => a - b).slice(0, this.most);
    this.kept = new Map(smallest);
    this.bound = smallest.at(-1)?.[0] ?? this.bound;
    this.capped = true;
  }
}

/**
 * One sample of what two files held. Associative and commutative when `combine` is, for equal `most` on every level: a key
 * among the smallest of both is among the smallest of each.
 */
export function mergeSamples(a: Sample, b: Sample, most: number, combine: (a: readonly number[], b: readonly number[]) => readonly number[]): Sample {
  const merged: number[][] = [];
  let [i, j] = [0, 0];
  while (i < a.keys.length || j < b.keys.length) {
    const [left, right] = [a.keys[i], b.keys[j]];
    const [leftHash, rightHash] = [left?.[0] ?? Infinity, right?.[0] ?? Infinity];
    if (left !== undefined && right !== undefined && leftHash === rightHash) {
      merged.push([leftHash, ...combine(left.slice(1), right.slice(1))]);
      i += 1;
      j += 1;
    } else if (left !== undefined && leftHash < rightHash) {
      merged.push(left);
      i += 1;
    } else if (right !== undefined) {
      merged.push(right);
      j += 1;
    }
  }
  return { capped: a.capped || b.capped || merged.length > most, keys: merged.slice(0, most) };
}

/** How many distinct keys there were: counted while all are kept, else estimated from how far the kept hashes reach. */
export function distinctKeys(sample: Sample): number {
  const last = sample.keys.at(-1)?.[0];
  if (!sample.capped || last === undefined || last === 0) return sample.keys.length;
  return Math.round((sample.keys.length - 1) / (last / 2 ** 53));
}
