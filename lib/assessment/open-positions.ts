/** Positions in a list by a hash of what stands there, so that equal things are found without a text for each. */
export interface Positions {
  /** The newest position with this hash, else -1. */
  first(hash: number): number;
  /** The position before this one with the same hash, else -1. */
  next(position: number): number;
  /** Adds the next position: 0 first, then 1, ... */
  add(hash: number): void;
}

const LEAST = 1_024;

/** Chains of positions in tables of a power of two, which double when they are full: a few bytes for each position. Hashes that fall together share a chain, so whoever asks compares. */
export function openPositions(): Positions {
  let heads = new Int32Array(LEAST).fill(-1);
  let hashes = new Int32Array(LEAST);
  let before = new Int32Array(LEAST);
  let size = 0;
  const chain = (position: number, hash: number): void => {
    const slot = mix(hash) & (heads.length - 1);
    before[position] = heads[slot] ?? -1;
    heads[slot] = position;
  };
  const grow = (): void => {
    const [more, longer] = [new Int32Array(size * 2), new Int32Array(size * 2)];
    more.set(hashes);
    longer.set(before);
    [hashes, before, heads] = [more, longer, new Int32Array(size * 2).fill(-1)];
    for (let position = 0; position < size; position += 1) chain(position, hashes[position] ?? 0);
  };
  return {
    first: (hash) => heads[mix(hash) & (heads.length - 1)] ?? -1,
    next: (position) => before[position] ?? -1,
    add(hash) {
      if (size === hashes.length) grow();
      hashes[size] = hash;
      chain(size, hash);
      size += 1;
    },
  };
}

/** Spreads the bits of a hash over the low ones, which choose the slot. */
function mix(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return half ^ (half >>> 15);
}
