import { DASHES, type TextPattern } from "../../sigma/text-pattern";
import { QueryRefusal } from "../query-types";
import type { Fold, RegexNode } from "./regex-node";

/** A Sigma text as an expression for the whole of a value. */
export function patternRegex(pattern: TextPattern, cased: boolean): RegexNode {
  const parts = pattern.flatMap((token): RegexNode[] => {
    switch (token.kind) {
      case "text":
        // Small forms that depend on the word's end, or are two characters: no list of letters says what toLowerCase does.
        if (!cased && /[\u03a3\u03c3\u03c2\u0130]/.test(token.text)) throw new QueryRefusal(`The letter ${/[\u03a3\u03c3\u03c2\u0130]/.exec(token.text)?.[0]} has no single small form, so that it cannot be compared without regard to case.`);
        return charactersOf(token.text, cased ? false : "text");
      case "any":
        return [{ kind: "repeat", part: { kind: "any", newline: true }, min: 0, max: null }];
      case "one":
        return [{ kind: "any", newline: true }];
      case "dash":
        return [{ kind: "set", ranges: charactersOf(DASHES, false).map(({ code }) => [code, code]), negated: false, fold: false }];
    }
  });
  // A run of anything at either end is what an expression without an anchor means.
  const [open, close] = [pattern[0]?.kind === "any", pattern.at(-1)?.kind === "any"];
  if (open && close && pattern.length === 1) return { kind: "cat", parts: [] };
  return { kind: "cat", parts: [...(open ? [] : [{ kind: "start" } as const]), ...parts.slice(open ? 1 : 0, close ? -1 : undefined), ...(close ? [] : [{ kind: "end" } as const])] };
}

/** A text that writes this number in decimal, as the engine reads numbers out of texts. */
export function numberRegex(value: number): RegexNode {
  const [whole = "0", fraction = ""] = decimalOf(Math.abs(value)).split(".");
  const optional = (code: number): RegexNode => ({ kind: "repeat", part: { kind: "char", code, fold: false }, min: 0, max: null });
  const space: RegexNode = { kind: "repeat", part: { kind: "set", ranges: [[9, 13], [32, 32]], negated: false, fold: false }, min: 0, max: null };
  const zeros: RegexNode = { kind: "cat", parts: [{ kind: "char", code: 0x2e, fold: false }, ...charactersOf(fraction, false), { kind: "repeat", part: { kind: "char", code: 0x30, fold: false }, min: fraction === "" ? 1 : 0, max: null }] };
  const sign: RegexNode[] = value < 0 ? charactersOf("-", false) : [{ kind: "repeat", part: { kind: "set", ranges: value === 0 ? [[0x2b, 0x2b], [0x2d, 0x2d]] : [[0x2b, 0x2b]], negated: false, fold: false }, min: 0, max: 1 }];
  return { kind: "cat", parts: [{ kind: "start" }, space, ...sign, optional(0x30), ...(whole === "0" ? charactersOf("0", false) : charactersOf(whole, false)), ...(fraction === "" ? [{ kind: "repeat", part: zeros, min: 0, max: 1 } as const] : [zeros]), space, { kind: "end" }] };
}

/** A number without an exponent: 1e21 has 22 digits. */
export function decimalOf(value: number): string {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return value >= 1 ? BigInt(value).toString() : value.toFixed(100).replace(/0+$/, "");
}

function charactersOf(text: string, fold: Fold): Extract<RegexNode, { kind: "char" }>[] {
  return Array.from(text, (char) => ({ kind: "char", code: char.codePointAt(0) ?? 0, fold }));
}
