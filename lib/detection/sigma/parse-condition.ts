import { RuleFault, type RulePath } from "./rule-fault";
import type { Condition } from "./rule-types";

const MOST_DEPTH = 64;
const MOST_SHOWN = 200; // characters of a condition in a fault

interface Word {
  readonly text: string;
  readonly at: number; // 1-based column in the condition
}

/**
 * A condition over named selections (Sigma 2.1): "or" binds loosest, then "and", then "not", then "1 of" and "all of".
 * Operators are lower case or upper; names may hold operator words. "them" means every selection whose name does not begin
 * with an underscore.
 *
 * @param names the selections of the rule
 * @throws RuleFault for names that do not exist, old aggregation syntax, and what does not parse, with the column
 */
export function parseCondition(text: string, names: readonly string[], path: RulePath): Condition {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\u2026` : text;
  if (/\|/.test(text) || /(^|\s)near\s/i.test(text)) {
    throw new RuleFault(path, `The condition "${shown}" uses the old aggregation syntax, which Sigma 2 replaced by correlations.`, "Write a correlation document (event_count, value_count, temporal) that refers to this rule.");
  }
  const words = wordsOf(text, path);
  let at = 0;
  let depth = 0;
  const peek = (): string | undefined => words[at]?.text;
  const operator = (): string | undefined => peek()?.toLowerCase();
  const fault = (message: string): RuleFault => new RuleFault(path, `${message} (column ${words[at]?.at ?? text.length + 1} of "${shown}")`, "Correct the condition.");

  const parseOr = (): Condition => {
    depth += 1;
    if (depth > MOST_DEPTH) throw fault("The condition is nested too deep.");
    const parts = [parseAnd()];
    while (operator() === "or") {
      at += 1;
      parts.push(parseAnd());
    }
    depth -= 1;
    return joined("or", parts);
  };
  const parseAnd = (): Condition => {
    const parts = [parseNot()];
    while (operator() === "and") {
      at += 1;
      parts.push(parseNot());
    }
    return joined("and", parts);
  };
  const parseNot = (): Condition => {
    let negations = 0;
    while (operator() === "not") {
      at += 1;
      negations += 1;
    }
    const part = parseOperand();
    return negations % 2 === 1 ? { kind: "not", part } : part;
  };
  const parseOperand = (): Condition => {
    const word = peek();
    if (word === undefined) throw fault("The condition ends where a selection belongs.");
    if (word === "(") {
      at += 1;
      const inner = parseOr();
      if (peek() !== ")") throw fault("A bracket is not closed.");
      at += 1;
      return inner;
    }
    if (/^(1|any|all)$/i.test(word) && words[at + 1]?.text.toLowerCase() === "of") return parseOf(word);
    if (word === ")" || /^(and|or|of)$/i.test(word)) throw fault(`"${word}" stands where a selection belongs.`);
    if (/^\d+$/.test(word) && words[at + 1]?.text.toLowerCase() === "of") throw fault(`"${word} of" is unknown: only "1 of" and "all of" exist.`);
    if (!names.includes(word)) throw fault(`The condition names "${word}", and no selection has this name.`);
    at += 1;
    return { kind: "name", name: word };
  };
  const parseOf = (quantifier: string): Condition => {
    at += 2;
    const pattern = peek();
    if (pattern === undefined) throw fault('"of" stands without a pattern.');
    const found = pattern.toLowerCase() === "them" ? names.filter((name) => !name.startsWith("_")) : names.filter((name) => matchesName(pattern, name));
    if (found.length === 0) throw fault(`No selection has a name like "${pattern}".`);
    at += 1;
    return { kind: "of", quantifier: quantifier.toLowerCase() === "all" ? "all" : "any", pattern, names: found };
  };

  const condition = parseOr();
  if (at < words.length) throw fault(`"${peek() ?? ""}" stands where nothing belongs.`);
  return condition;
}

function joined(kind: "and" | "or", parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function wordsOf(text: string, path: RulePath): Word[] {
  const words: Word[] = [];
  const pattern = /\s*([()]|[^\s()]+)/gy;
  const trimmed = text.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const match = pattern.exec(trimmed);
    if (match?.[1] === undefined) break;
    words.push({ text: match[1], at: pattern.lastIndex - match[1].length + 1 });
  }
  if (words.length === 0) throw new RuleFault(path, "The condition is empty.", "Name the selections that must match.");
  return words;
}

/** Name patterns hold * anywhere. */
function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const [i, part] of rest.entries()) {
    if (i === rest.length - 1) return name.length - part.length >= at && name.endsWith(part);
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}
