/** A regular expression of RE2 as a tree: groups, greed and names do not matter to whether it is found. */
export type RegexNode =
  | { readonly kind: "char"; readonly code: number; readonly fold: Fold }
  | { readonly kind: "set"; readonly ranges: readonly Range[]; readonly negated: boolean; readonly fold: Fold }
  | { readonly kind: "any"; readonly newline: boolean } // newline: it takes a line feed too
  | { readonly kind: "cat" | "alt"; readonly parts: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly part: RegexNode; readonly min: number; readonly max: number | null }
  | { readonly kind: "start" | "end" | "line-start" | "line-end" }
  | { readonly kind: "boundary"; readonly negated: boolean };

/** Whether case matters: text: as Sigma's texts are compared (by lower case); regex: as RE2's flag i folds, which takes the long s for an s. */
export type Fold = false | "text" | "regex";

/** Code points, both included. */
export type Range = readonly [number, number];

export const EVERYTHING: RegexNode = { kind: "repeat", part: { kind: "any", newline: true }, min: 0, max: null };

export function isLetterCase(code: number): boolean {
  const char = String.fromCodePoint(code);
  return char.toLowerCase() !== char.toUpperCase();
}

const ORBITS = new Map<number, readonly number[]>();
const LOWER = new Map<number, readonly number[]>();

/** Every code point that is the same letter without regard to case, itself included. */
export function caseVariants(code: number, fold: "text" | "regex"): readonly number[] {
  if (!isLetterCase(code)) return [code];
  const special = (fold === "regex" ? /[ksKS]/ : /[kK]/).test(String.fromCodePoint(code)); // the small letter of the Kelvin sign is k; RE2 takes the long s for s too
  if (code < 0x80 && !special) return [code & ~0x20, code | 0x20];
  if (ORBITS.size === 0) fillOrbits();
  return (fold === "regex" ? ORBITS.get(code) : LOWER.get(single(code, "toLowerCase"))) ?? [code];
}

function fillOrbits(): void {
  const byUpper = new Map<number, number[]>();
  const add = (map: Map<number, number[]>, key: number, code: number): void => void map.set(key, [...(map.get(key) ?? []), code]);
  const byLower = new Map<number, number[]>();
  for (let code = 0; code <= 0x1ffff; code += 1) {
    if ((code >= 0xd800 && code <= 0xdfff) || !isLetterCase(code)) continue;
    const lower = single(code, "toLowerCase");
    add(byLower, lower, code);
    // The Kelvin and Angstrom signs are capitals already: by way of their small letters they meet k and å.
    add(byUpper, single(lower, "toUpperCase"), code);
  }
  for (const orbit of byUpper.values()) for (const code of orbit) ORBITS.set(code, orbit);
  for (const [lower, codes] of byLower) LOWER.set(lower, codes);
}

/** One code point for another; what would become several stays. */
function single(code: number, change: "toLowerCase" | "toUpperCase"): number {
  const text = String.fromCodePoint(code)[change]();
  const first = text.codePointAt(0) ?? code;
  return String.fromCodePoint(first).length === text.length ? first : code;
}
