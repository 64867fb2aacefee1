import type { Matcher } from "../sigma/rule-types";
import type { TextPattern } from "../sigma/text-pattern";

/** A text that two matchers share exactly when they ask the same. Texts of rules carry their length, so that no content can pass for structure. */
export function matcherKey(matcher: Matcher): string {
  switch (matcher.kind) {
    case "text":
      return (matcher.cased ? SHAPES.cased : SHAPES.folded)[shapeOf(matcher.pattern)] + patternKey(matcher.pattern);
    case "regex":
      return `r${matcher.flags.i ? "i" : ""}${matcher.flags.m ? "m" : ""}${matcher.flags.s ? "s" : ""}:${matcher.source}`;
    default:
      return JSON.stringify(matcher);
  }
}

/** Patterns of one text, which nearly all are, by where the text stands; "o": any other. */
const SHAPES = { folded: { whole: "t=", end: "t<", start: "t>", inside: "t~", other: "to" }, cased: { whole: "T=", end: "T<", start: "T>", inside: "T~", other: "To" } } as const;

function shapeOf(pattern: TextPattern): keyof typeof SHAPES.folded {
  const [first, second, third] = pattern;
  if (pattern.length === 1 && first?.kind === "text") return "whole";
  if (pattern.length === 2 && first?.kind === "any" && second?.kind === "text") return "end";
  if (pattern.length === 2 && first?.kind === "text" && second?.kind === "any") return "start";
  return pattern.length === 3 && first?.kind === "any" && second?.kind === "text" && third?.kind === "any" ? "inside" : "other";
}

function patternKey(pattern: TextPattern): string {
  if (shapeOf(pattern) !== "other") for (const token of pattern) if (token.kind === "text") return token.text;
  let key = "";
  for (const token of pattern) key += token.kind === "text" ? `=${token.text.length}:${token.text}` : token.kind === "any" ? "*" : token.kind === "one" ? "?" : "-";
  return key;
}
