/**
 * A Sigma string as tokens: what is literal and what is a wildcard is decided once, when the rule is read (Sigma 2.1,
 * "Escaping"); wildcards that a modifier adds are tokens from the start and can never be escaped by the text beside them.
 *
 * any: a run of characters, none and line breaks included. one: exactly one character. dash: one of the five characters
 * that command lines take for an option's dash (windash).
 */
export type Token = { readonly kind: "text"; readonly text: string } | { readonly kind: "any" } | { readonly kind: "one" } | { readonly kind: "dash" };
export type TextPattern = readonly Token[];

export const DASHES = "-/\u2013\u2014\u2015";
const ANY: Token = { kind: "any" };
const ONE: Token = { kind: "one" };
const DASH: Token = { kind: "dash" };

/**
 * Reads a string as YAML gave it. `\*`, `\?` and `\\` are one literal character; a backslash before anything else, or
 * last, is itself.
 */
export function parseTextPattern(source: string): TextPattern {
  if (!/[\\*?]/.test(source)) return source === "" ? [] : [{ kind: "text", text: source }];
  const tokens: Token[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") tokens.push({ kind: "text", text });
    text = "";
  };
  for (let i = 0; i < source.length; i += 1) {
    const char = source.charAt(i);
    const next = source.charAt(i + 1);
    if (char === "\\" && (next === "*" || next === "?" || next === "\\")) {
      text += next;
      i += 1;
    } else if (char === "*" || char === "?") {
      flush();
      tokens.push(char === "*" ? ANY : ONE);
    } else text += char;
  }
  flush();
  return joinTokens(tokens);
}

/** The pattern with "any" before and after it, as a modifier asks; one that is there already is not doubled. */
export function surround(pattern: TextPattern, { before, after }: { readonly before: boolean; readonly after: boolean }): TextPattern {
  return joinTokens([...(before ? [ANY] : []), ...pattern, ...(after ? [ANY] : [])]);
}

/** Every dash or slash between a non-word and a word character becomes any dash (Sigma 2.1, windash); those inside words stay. */
export function loosenDashes(pattern: TextPattern): TextPattern {
  return joinTokens(
    pattern.flatMap((token): Token[] => {
      if (token.kind !== "text") return [token];
      const found: Token[] = [];
      let text = "";
      for (let i = 0; i < token.text.length; i += 1) {
        const char = token.text.charAt(i);
        if ((char === "-" || char === "/") && !isWord(token.text.charAt(i - 1)) && isWord(token.text.charAt(i + 1))) {
          found.push({ kind: "text", text }, DASH);
          text = "";
        } else text += char;
      }
      return [...found, { kind: "text", text }];
    }),
  );
}

/** Whether a pattern is literal text only, and that text; null when it holds a wildcard. */
export function literalOf(pattern: TextPattern): string | null {
  return pattern.every((token) => token.kind === "text") ? pattern.map((token) => (token.kind === "text" ? token.text : "")).join("") : null;
}

/** The same with lower-case text, for matching that ignores case (by String.toLowerCase, so beyond ASCII too). */
export function foldPattern(pattern: TextPattern): TextPattern {
  return pattern.map((token) => (token.kind === "text" ? { kind: "text", text: token.text.toLowerCase() } : token));
}

/** Neighbouring texts become one, doubled "any" one, empty text none. */
export function joinTokens(tokens: readonly Token[]): TextPattern {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.kind === "text") {
      if (token.text === "") continue;
      if (last?.kind === "text") joined[joined.length - 1] = { kind: "text", text: last.text + token.text };
      else joined.push(token);
    } else if (token.kind !== "any" || last?.kind !== "any") joined.push(token);
  }
  return joined;
}

function isWord(char: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(char);
}
