import { caseVariants, type Range } from "./regex-node";

/** Sorted, without overlaps and neighbours. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** Everything else, as far as code points go. */
export function complement(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  let next = 0;
  for (const [low, high] of mergeRanges(ranges)) {
    if (low > next) found.push([next, low - 1]);
    next = high + 1;
  }
  return next <= 0x10ffff ? [...found, [next, 0x10ffff]] : found;
}

/** Ranges with every case of their letters. */
export function foldRanges(ranges: readonly Range[], fold: "text" | "regex"): Range[] {
  const found: Range[] = [...ranges];
  for (const [low, high] of ranges) {
    if (high - low > 0x3000) continue; // whole planes hold both cases of what is in them
    for (let code = low; code <= high; code += 1) for (const variant of caseVariants(code, fold)) found.push([variant, variant]);
  }
  return mergeRanges(found);
}
