import type { TextPattern } from "../sigma/text-pattern";

/**
 * The longest text that must stand, in lower case, in the lower-cased value for a pattern to match; "" when none is sure.
 * Only a filter: what it lets through is tested in full, so it may be shorter than it could be but never wrong.
 */
export function requiredOfPattern(pattern: TextPattern): string {
  return pattern.reduce((best, token) => (token.kind === "text" && token.text.length > best.length ? token.text.toLowerCase() : best), "");
}

/** Letters whose partners under (?i) lie outside what toLowerCase brings together: \u017f (long s) and \u212a (Kelvin sign). */
export const FOLDS_BEYOND = /[\u017f\u212a]/;

const PLAIN_ESCAPES = /[^A-Za-z0-9]/;
const KNOWN_CLASSES = "dDsSwWbBntrfv";

/**
 * The same for a regular expression: the literal runs of its top-level concatenation. Groups, classes and anything that may
 * be absent end a run; alternation at the top, or an escape not known here, gives none.
 */
export function requiredOfRegex(source: string): string {
  const runs: string[] = [];
  let run = "";
  const end = () => {
    runs.push(run);
    run = "";
  };
  for (let i = 0; i < source.length; i += 1) {
    const char = source.charAt(i);
    let literal: string | null = null;
    if (char === "|") return "";
    if (char === "\\") {
      const next = source.charAt(i + 1);
      i += 1;
      if (next !== "" && PLAIN_ESCAPES.test(next)) literal = next;
      else if (!KNOWN_CLASSES.includes(next) || next === "") return "";
      else end();
    } else if (char === "(") {
      const close = endOfGroup(source, i);
      if (close === -1) return "";
      end();
      i = close;
    } else if (char === "[") {
      const close = endOfClass(source, i);
      if (close === -1) return "";
      end();
      i = close;
    } else if (char === "{") {
      const close = source.indexOf("}", i);
      if (close === -1) return "";
      end();
      i = close;
    } else if (".^$?*+)".includes(char)) end();
    else literal = char;
    if (literal === null) continue;
    const after = source.charAt(i + 1);
    if (after === "?" || after === "*" || after === "{") end();
    else if (literal.charCodeAt(0) < 0x80) run += literal;
    else end(); // case folding beyond ASCII is left to the expression itself
  }
  end();
  return runs.reduce((best, one) => (one.length > best.length ? one : best), "").toLowerCase();
}

function endOfGroup(source: string, open: number): number {
  let depth = 0;
  for (let i = open; i < source.length; i += 1) {
    const char = source.charAt(i);
    if (char === "\\") {
      if (source.charAt(i + 1) === "Q") return -1;
      i += 1;
    } else if (char === "[") {
      i = endOfClass(source, i);
      if (i === -1) return -1;
    } else if (char === "(") depth += 1;
    else if (char === ")") {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** A "]" right after "[" or "[^" is a member; [:alpha:] holds one too. */
function endOfClass(source: string, open: number): number {
  let i = open + 1;
  if (source.charAt(i) === "^") i += 1;
  if (source.charAt(i) === "]") i += 1;
  for (; i < source.length; i += 1) {
    const char = source.charAt(i);
    if (char === "\\") i += 1;
    else if (char === "[" && source.charAt(i + 1) === ":") {
      const close = source.indexOf(":]", i);
      if (close === -1) return -1;
      i = close + 1;
    } else if (char === "]") return i;
  }
  return -1;
}
