import type { Matcher } from "../sigma/rule-types";
import type { TextPattern } from "../sigma/text-pattern";

/** A text that two matchers share exactly when they ask the same. Texts of rules carry their length, so that no content can pass for structure. */
export function matcherKey(matcher: Matcher): string {
  switch (matcher.kind) {
    case "text":
      return `t${matcher.cased ? 1 : 0}${patternKey(matcher.pattern)}`;
    case "regex":
      return `r${matcher.flags.i ? "i" : ""}${matcher.flags.m ? "m" : ""}${matcher.flags.s ? "s" : ""}:${matcher.source}`;
    default:
      return JSON.stringify(matcher);
  }
}

function patternKey(pattern: TextPattern): string {
  let key = "";
  for (const token of pattern) key += token.kind === "text" ? `=${token.text.length}:${token.text}` : token.kind === "any" ? "*" : token.kind === "one" ? "?" : "-";
  return key;
}
