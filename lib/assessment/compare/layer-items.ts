import { LEVELS } from "./parts";

/** One thing at the levels from A to B; undefined: it is not there. */
export type Layers<T> = readonly (T | undefined)[];

/** The same at every level below `level`, and something else from there on. */
export function switchAt<T>(level: number, before: T | undefined, after: T | undefined): Layers<T> {
  return Array.from({ length: LEVELS }, (_, at) => (at < level ? before : after));
}

/**
 * Lists of things at every level from A to B. Things are paired by their key; equal ones stay at every level, of the others
 * `steps` says what they are where. A level at which nothing changes is the very list of the level before, so that nobody
 * scores it again. Things of one key that occur several times are paired in order.
 */
export function layerItems<T>(a: readonly T[], b: readonly T[], key: (item: T) => string, steps: (before: T | undefined, after: T | undefined) => Layers<T>): readonly (readonly T[])[] {
  const later = groupItems(b, key);
  const same: T[] = [];
  const moved: Layers<T>[] = [];
  for (const [name, items] of groupItems(a, key)) {
    const others = later.get(name) ?? [];
    later.delete(name);
    for (let at = 0; at < Math.max(items.length, others.length); at += 1) place(items[at], others[at]);
  }
  for (const items of later.values()) for (const item of items) place(undefined, item);

  const levels: (readonly T[])[] = [];
  for (let level = 0; level < LEVELS; level += 1) {
    const before = levels[level - 1];
    if (before !== undefined && moved.every((layers) => layers[level] === layers[level - 1])) levels.push(before);
    else levels.push([...same, ...moved.flatMap((layers) => layers[level] ?? [])]);
  }
  return levels;

  function place(before: T | undefined, after: T | undefined): void {
    if (before !== undefined && after !== undefined && equal(before, after)) same.push(before);
    else moved.push(steps(before, after));
  }
}

/** Whether two plain values of one schema, read by it, hold the same. */
export function equal<T>(a: T, b: T): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The first of two equal values, so that what did not change is the same object. */
export function keepEqual<T>(a: T, b: T): T {
  return equal(a, b) ? a : b;
}

function groupItems<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [item]);
    else known.push(item);
  }
  return groups;
}
