import type { TextPattern } from "../sigma/text-pattern";
import { QueryRefusal } from "./query-types";

/** A pattern by what simple string functions can do with it; `other` needs wildcards inside, one character, or any dash. */
export type TextShape = { readonly kind: "whole" | "start" | "end" | "inside"; readonly text: string } | { readonly kind: "anything" } | { readonly kind: "other" };

export function shapeOf(pattern: TextPattern): TextShape {
  const [first, second, third] = pattern;
  if (first === undefined) return { kind: "whole", text: "" };
  if (pattern.length === 1) return first.kind === "text" ? { kind: "whole", text: first.text } : { kind: first.kind === "any" ? "anything" : "other" };
  if (pattern.length === 2 && first.kind === "text" && second?.kind === "any") return { kind: "start", text: first.text };
  if (pattern.length === 2 && first.kind === "any" && second?.kind === "text") return { kind: "end", text: second.text };
  if (pattern.length === 3 && first.kind === "any" && second?.kind === "text" && third?.kind === "any") return { kind: "inside", text: second.text };
  return { kind: "other" };
}

export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** Half a surrogate pair has no encoding, so no query can hold it. */
export function checkText(text: string): string {
  if (!text.isWellFormed()) throw new QueryRefusal("A value of the rule holds half of a character (a lone surrogate), which no query can hold.");
  return text;
}

/** What sensors write for nothing; such values are equal to nothing (docs/sigma.md, 9 and 38). */
export const NOTHING: readonly string[] = ["", "-", "?", "(null)", "null", "n/a", "<private>", "<<private>>", "(none)", "(empty)", "<unknown process>", "(invalid)"];
