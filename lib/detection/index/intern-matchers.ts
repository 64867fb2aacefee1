import type { ValueMatcher } from "../evaluate/compile-matcher";
import type { TextPattern } from "../sigma/text-pattern";
import { matcherKey } from "./matcher-key";

export interface Interned {
  readonly id: number;
  readonly matcher: ValueMatcher;
}

/** Where the text of a pattern of one text stands, which nearly all patterns are; null: any other pattern. */
function placeOf(pattern: TextPattern): 0 | 1 | 2 | 3 | null {
  const [first, second, third] = pattern;
  if (pattern.length === 1) return first?.kind === "text" ? 0 : null;
  if (pattern.length === 2) return first?.kind === "any" && second?.kind === "text" ? 1 : first?.kind === "text" && second?.kind === "any" ? 2 : null;
  return pattern.length === 3 && first?.kind === "any" && second?.kind === "text" && third?.kind === "any" ? 3 : null;
}

/** The same question is the same object, whichever rule asks it: whoever decides it may go by that. */
export class MatcherInterner {
  private readonly byKey = new Map<string, Interned>();
  private readonly byText = Array.from({ length: 8 }, () => new Map<string, Interned>()); // no key need be written for these
  private count = 0;

  intern(matcher: ValueMatcher): Interned {
    const place = matcher.kind === "text" ? placeOf(matcher.pattern) : null;
    if (matcher.kind !== "text" || place === null) return this.among(this.byKey, matcherKey(matcher), matcher);
    const token = matcher.pattern[place === 0 || place === 2 ? 0 : 1];
    return this.among(this.byText[place + (matcher.cased ? 4 : 0)] ?? this.byKey, token?.kind === "text" ? token.text : "", matcher);
  }

  private among(known: Map<string, Interned>, key: string, matcher: ValueMatcher): Interned {
    const found = known.get(key);
    if (found !== undefined) return found;
    const added = { id: this.count++, matcher };
    known.set(key, added);
    return added;
  }
}
