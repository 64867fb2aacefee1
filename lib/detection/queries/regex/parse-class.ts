import { QueryRefusal } from "../query-types";
import { complement, foldRanges, mergeRanges } from "./code-ranges";
import type { Range } from "./regex-node";

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const UPPER: Range = [0x41, 0x5a];
const LOWER: Range = [0x61, 0x7a];

/** RE2 means ASCII by these; other engines do not always, so that they are written out. */
export const PERL_CLASSES: Readonly<Record<string, readonly Range[]>> = { d: DIGITS, w: [...DIGITS, UPPER, [0x5f, 0x5f], LOWER], s: [[9, 10], [12, 13], [32, 32]] };

const POSIX: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...DIGITS, UPPER, LOWER], alpha: [UPPER, LOWER], ascii: [[0, 0x7f]], blank: [[9, 9], [32, 32]], cntrl: [[0, 31], [127, 127]], digit: DIGITS, graph: [[33, 126]], lower: [LOWER],
  print: [[32, 126]], punct: [[33, 47], [58, 64], [91, 96], [123, 126]], space: [[9, 13], [32, 32]], upper: [UPPER], word: [...DIGITS, UPPER, [0x5f, 0x5f], LOWER], xdigit: [...DIGITS, [0x41, 0x46], [0x61, 0x66]],
};
export const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/**
 * A bracket expression; `at` is behind its "[".
 *
 * @returns its ranges, and the place behind its "]"
 * @throws QueryRefusal for Unicode classes
 */
export function parseClass(chars: readonly string[], at: number, fold: boolean): { readonly ranges: readonly Range[]; readonly negated: boolean; readonly next: number } {
  const negated = chars[at] === "^";
  let next = negated ? at + 1 : at;
  const ranges: Range[] = [];
  for (let first = true; chars[next] !== "]" || first; first = false) {
    if (next >= chars.length) throw new QueryRefusal("The regular expression has a bracket that does not end.");
    const posix = chars[next] === "[" && chars[next + 1] === ":" ? /^\[:(\^?)([a-z]+):\]/.exec(chars.slice(next, next + 14).join("")) : null;
    const named = posix === null ? null : POSIX[posix[2] ?? ""];
    if (posix !== null && named !== null && named !== undefined) {
      ranges.push(...(posix[1] === "^" ? except(named, fold) : named));
      next += posix[0].length;
      continue;
    }
    const low = memberAt(chars, next, fold);
    if ("ranges" in low) {
      ranges.push(...low.ranges);
      next = low.next;
      continue;
    }
    next = low.next;
    if (chars[next] === "-" && chars[next + 1] !== "]" && next + 1 < chars.length) {
      const high = memberAt(chars, next + 1, fold);
      if ("ranges" in high) throw new QueryRefusal("The regular expression has a range that ends in a class.");
      ranges.push([low.code, high.code]);
      next = high.next;
    } else ranges.push([low.code, low.code]);
  }
  return { ranges: mergeRanges(ranges), negated, next: next + 1 };
}

/** Without regard to case, everything but \w leaves the Kelvin sign out, which is a k. */
function except(ranges: readonly Range[], fold: boolean): readonly Range[] {
  return complement(fold ? foldRanges(ranges, "regex") : ranges);
}

function memberAt(chars: readonly string[], at: number, fold: boolean): { readonly code: number; readonly next: number } | { readonly ranges: readonly Range[]; readonly next: number } {
  const char = chars[at] ?? "";
  if (char !== "\\") return { code: char.codePointAt(0) ?? 0, next: at + 1 };
  const escaped = chars[at + 1] ?? "";
  const perl = PERL_CLASSES[escaped.toLowerCase()];
  if (perl !== undefined) return { ranges: escaped === escaped.toLowerCase() ? perl : except(perl, fold), next: at + 2 };
  const control = CONTROL[escaped];
  if (control !== undefined) return { code: control, next: at + 2 };
  if (escaped === "x") {
    const { code, length } = hexAt(chars, at + 2);
    return { code, next: at + 2 + length };
  }
  if (/^[A-Za-z0-9]$/.test(escaped)) throw new QueryRefusal(`The regular expression uses \\${escaped} in brackets, which is not translated.`);
  return { code: escaped.codePointAt(0) ?? 0, next: at + 2 };
}

/** \x41 or \x{1F600}; `at` is behind the x. */
export function hexAt(chars: readonly string[], at: number): { readonly code: number; readonly length: number } {
  const match = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(chars.slice(at, at + 8).join(""));
  if (match === null) throw new QueryRefusal("The regular expression writes a character by \\x without its number.");
  return { code: parseInt(match[1] ?? match[2] ?? "", 16), length: match[0].length };
}
