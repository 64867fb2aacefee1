import { QueryRefusal } from "../query-types";
import { foldRanges, mergeRanges } from "./code-ranges";
import { caseVariants, EVERYTHING, isLetterCase, type Range, type RegexNode } from "./regex-node";

/** How an engine writes what RE2 wrote. What is null cannot be written. */
export interface RegexDialect {
  readonly engine: string;
  /** (?i) at the beginning: letters need no brackets. */
  readonly ignoreCase: boolean;
  readonly group: "(?:" | "(";
  readonly anyCharacter: string; // line feeds too
  readonly start: string | null;
  readonly end: string | null;
  readonly lineStart: string | null;
  readonly lineEnd: string | null;
  readonly boundary: string | null; // between [0-9A-Za-z_] and anything else
  readonly notBoundary: string | null;
  readonly mostRepeats: number;
  /** A character outside brackets, and inside. */
  character(code: number): string;
  member(code: number): string;
}

/**
 * An expression in an engine's syntax, with everything written out that engines understand differently: classes, ends,
 * letters without regard to case beyond ASCII.
 *
 * @throws QueryRefusal naming what the engine does not know
 */
export function printRegex(node: RegexNode, dialect: RegexDialect): string {
  const flagged = dialect.ignoreCase && foldsThroughout(node);
  return `${flagged ? "(?i)" : ""}${print(node, dialect, flagged)}`;
}

/**
 * The same for engines whose expressions always stand for the whole text and know no anchors (Lucene).
 *
 * @throws QueryRefusal for an anchor in the middle
 */
export function printWhole(node: RegexNode, dialect: RegexDialect): string {
  const branches = node.kind === "alt" ? node.parts : [node];
  return branches
    .map((branch) => {
      let parts = branch.kind === "cat" ? [...branch.parts] : [branch];
      const bound = { start: parts[0]?.kind === "start", end: parts.at(-1)?.kind === "end" && parts.length > 0 };
      parts = parts.filter((_, i) => !(i === 0 && bound.start) && !(i === parts.length - 1 && bound.end));
      return printRegex({ kind: "cat", parts: [...(bound.start ? [] : [EVERYTHING]), ...parts, ...(bound.end ? [] : [EVERYTHING])] }, dialect);
    })
    .join("|");
}

function print(node: RegexNode, dialect: RegexDialect, flagged: boolean): string {
  const inner = (part: RegexNode): string => print(part, dialect, flagged);
  switch (node.kind) {
    case "char":
      return node.fold !== false && !flagged && isLetterCase(node.code) ? printSet(caseVariants(node.code, node.fold).map((code) => [code, code]), false, dialect) : dialect.character(node.code);
    case "set":
      return printSet(node.fold !== false && !flagged ? foldRanges(node.ranges, node.fold) : node.ranges, node.negated, dialect);
    case "any":
      return node.newline ? dialect.anyCharacter : `[^${dialect.member(10)}]`;
    case "cat":
      return node.parts.map((part) => (part.kind === "alt" ? grouped(inner(part), dialect) : inner(part))).join("");
    case "alt":
      return node.parts.map(inner).join("|");
    case "repeat": {
      const { part, min, max } = node;
      const single = part.kind === "char" || part.kind === "set" || part.kind === "any";
      const text = single ? inner(part) : grouped(inner(part), dialect);
      return splitBounds(min, max, dialect.mostRepeats).map(([least, most]) => `${text}${bounds(least, most)}`).join("");
    }
    case "start":
      return need(dialect.start, "the beginning of the text in the middle of an expression", dialect);
    case "end":
      return need(dialect.end, "the end of the text in the middle of an expression", dialect);
    case "line-start":
      return need(dialect.lineStart, "the beginning of a line (re|m)", dialect);
    case "line-end":
      return need(dialect.lineEnd, "the end of a line (re|m)", dialect);
    case "boundary":
      return node.negated ? need(dialect.notBoundary, "\\B (no word boundary)", dialect) : need(dialect.boundary, "\\b (a word boundary)", dialect);
  }
}

function need(text: string | null, what: string, { engine }: RegexDialect): string {
  if (text === null) throw new QueryRefusal(`Regular expressions of ${engine} have no way to say ${what}.`);
  return text;
}

function grouped(text: string, { group }: RegexDialect): string {
  return `${group}${text})`;
}

/** x{1,600} is x{1,255}x{0,255}x{0,90} to an engine that counts to 255. */
function splitBounds(min: number, max: number | null, most: number): (readonly [number, number | null])[] {
  const pieces: (readonly [number, number | null])[] = [];
  let [least, left] = [min, max];
  while (least > most || (left ?? 0) > most) {
    const taken = Math.min(least, most);
    pieces.push([taken, left === null ? taken : most]);
    least -= taken;
    left = left === null ? null : left - most;
  }
  return least === 0 && left === 0 && pieces.length > 0 ? pieces : [...pieces, [least, left]];
}

function bounds(min: number, max: number | null): string {
  if (max === null) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printSet(ranges: readonly Range[], negated: boolean, dialect: RegexDialect): string {
  const merged = mergeRanges(ranges);
  // No engine agrees with another about empty brackets.
  if (merged.length === 0) return negated ? dialect.anyCharacter : `[^${dialect.member(0)}-${dialect.member(0x10ffff)}]`;
  const members = merged.map(([low, high]) => (low === high ? dialect.member(low) : high === low + 1 ? dialect.member(low) + dialect.member(high) : `${dialect.member(low)}-${dialect.member(high)}`));
  return `[${negated ? "^" : ""}${members.join("")}]`;
}

/** Whether every letter ignores case and all of them are ASCII, so that one flag for the whole says the same. */
function foldsThroughout(node: RegexNode): boolean {
  let folds = false;
  const walk = (one: RegexNode): boolean => {
    switch (one.kind) {
      case "char":
        if (!isLetterCase(one.code)) return true;
        folds ||= one.fold !== false;
        return one.fold !== false && one.code < 0x80;
      case "set": {
        const letters = one.ranges.some(([low, high]) => (low <= 0x7a && high >= 0x41) || high >= 0x80);
        if (!letters || !one.ranges.some(hasLetters)) return true;
        folds ||= one.fold !== false;
        return one.fold !== false && one.ranges.every(([, high]) => high < 0x80);
      }
      case "cat":
      case "alt":
        return one.parts.every(walk);
      case "repeat":
        return walk(one.part);
      default:
        return true;
    }
  };
  return walk(node) && folds;
}

/** Wide ranges are taken to hold some. */
function hasLetters([low, high]: Range): boolean {
  for (let code = low; code <= Math.min(high, low + 64); code += 1) if (isLetterCase(code)) return true;
  return high > low + 64;
}
