import { numberOf } from "../evaluate/compile-matcher";
import { isFilled, joinText } from "./join-text";
import { RankCounter } from "./rank-counter";
import { SumQueue } from "./sum-queue";
import type { Item } from "./match-types";
import type { CorrelationSpec } from "./run-group";

/** What a correlation counts in its window: items enter at the new end and leave at the old one. */
export interface WindowValue {
  enter(position: number): void;
  leave(position: number): void;
  /** null: there is nothing to speak of. */
  value(): number | null;
}

const MOST_TUPLES = 64; // of one record whose fields hold lists

/**
 * The value of a window over these items: the number of records, of distinct values or tuples of values (value_count), the
 * sum or the mean of numbers, or a percentile by nearest rank: the smallest value that is not less than p per cent of all.
 *
 * @returns the items that have what is asked for, and the value over positions among those
 */
export function windowValue(spec: CorrelationSpec, items: readonly Item[]): { readonly items: readonly Item[]; readonly window: WindowValue } {
  if (spec.type === "event_count") {
    let count = 0;
    return { items, window: { enter: () => void (count += 1), leave: () => void (count -= 1), value: () => count } };
  }
  if (spec.type === "value_count") return keep(items, (item) => tuplesOf(spec, item), countDistinct);
  return keep(items, (item) => numbersOf(spec, item), spec.type === "value_percentile" ? (all) => percentileOf(all, spec.percentile ?? 50) : (all) => sumOf(all, spec.type === "value_avg"));
}

function keep<T>(items: readonly Item[], read: (item: Item) => readonly T[], over: (values: readonly (readonly T[])[]) => WindowValue): { items: readonly Item[]; window: WindowValue } {
  const kept: Item[] = [];
  const values: (readonly T[])[] = [];
  for (const item of items) {
    const own = read(item);
    if (own.length === 0) continue;
    kept.push(item);
    values.push(own);
  }
  return { items: kept, window: over(values) };
}

function tuplesOf(spec: CorrelationSpec, item: Item): string[] {
  let tuples: string[][] = [[]];
  for (const field of spec.fields) {
    const texts = [...new Set(item.values(spec.fieldOf(item.stage, field)).filter(isFilled).map(joinText))];
    tuples = tuples.flatMap((tuple) => texts.map((text) => [...tuple, text])).slice(0, MOST_TUPLES);
  }
  return tuples.map((tuple) => JSON.stringify(tuple));
}

function numbersOf(spec: CorrelationSpec, item: Item): number[] {
  return spec.fields.flatMap((field) => item.values(spec.fieldOf(item.stage, field)).flatMap((value) => numberOf(value) ?? []));
}

function countDistinct(values: readonly (readonly string[])[]): WindowValue {
  const counts = new Map<string, number>();
  const add = (position: number, by: 1 | -1): void => {
    for (const text of values[position] ?? []) {
      const count = (counts.get(text) ?? 0) + by;
      if (count === 0) counts.delete(text);
      else counts.set(text, count);
    }
  };
  return { enter: (position) => add(position, 1), leave: (position) => add(position, -1), value: () => counts.size };
}

function sumOf(values: readonly (readonly number[])[], mean: boolean): WindowValue {
  const queue = new SumQueue();
  let count = 0;
  return {
    enter: (position) => {
      for (const value of values[position] ?? []) {
        queue.push(value);
        count += 1;
      }
    },
    leave: (position) => {
      const { length } = values[position] ?? [];
      for (let i = 0; i < length; i += 1) queue.shift();
      count -= length;
    },
    value: () => (count === 0 ? null : mean ? queue.sum / count : queue.sum),
  };
}

function percentileOf(values: readonly (readonly number[])[], percentile: number): WindowValue {
  const counter = new RankCounter(values.flat());
  const add = (position: number, by: 1 | -1): void => values[position]?.forEach((value) => counter.add(value, by));
  return {
    enter: (position) => add(position, 1),
    leave: (position) => add(position, -1),
    value: () => (counter.size === 0 ? null : counter.nth(Math.max(1, Math.ceil((percentile / 100) * counter.size)))),
  };
}
