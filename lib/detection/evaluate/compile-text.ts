import { DASHES, foldPattern, type TextPattern, type Token } from "../sigma/text-pattern";

/** Whether a text is what a pattern asks for. For patterns that ignore case the text must come in lower case. */
export type TextTest = (text: string) => boolean;

/**
 * A test for one pattern, whole text against whole pattern. Plain cases use the engine's own string search; the rest goes
 * segment by segment between "any" tokens, leftmost first, which needs no backtracking: time is text x pattern at worst.
 */
export function compileText(source: TextPattern, cased: boolean): TextTest {
  const pattern = cased ? source : foldPattern(source);
  const [first, second, third] = pattern;
  if (first === undefined) return (text) => text === "";
  if (pattern.length === 1) {
    if (first.kind === "text") return (text) => text === first.text;
    if (first.kind === "any") return () => true;
  }
  if (pattern.length === 2 && second !== undefined) {
    if (first.kind === "any" && second.kind === "text") return (text) => text.endsWith(second.text);
    if (first.kind === "text" && second.kind === "any") return (text) => text.startsWith(first.text);
  }
  if (pattern.length === 3 && first.kind === "any" && second?.kind === "text" && third?.kind === "any") return (text) => text.includes(second.text);
  return compileSegments(pattern);
}

function compileSegments(pattern: TextPattern): TextTest {
  const segments: Token[][] = [[]];
  for (const token of pattern) {
    if (token.kind === "any") segments.push([]);
    else segments.at(-1)?.push(token);
  }
  const [head = [], ...rest] = segments;
  const tail = rest.pop();
  return (text) => {
    let at = matchAt(head, text, 0);
    if (at === -1) return false;
    if (tail === undefined) return at === text.length;
    for (const segment of rest) {
      at = findSegment(segment, text, at);
      if (at === -1) return false;
    }
    return endsWithSegment(tail, text, at);
  };
}

/** Where the segment ends when it stands at `from`, else -1. */
function matchAt(segment: readonly Token[], text: string, from: number): number {
  let at = from;
  for (const token of segment) {
    if (token.kind === "text") {
      if (!text.startsWith(token.text, at)) return -1;
      at += token.text.length;
    } else {
      if (at >= text.length) return -1;
      if (token.kind === "dash" && !DASHES.includes(text.charAt(at))) return -1;
      at += token.kind === "one" ? characterLength(text, at) : 1;
    }
  }
  return at;
}

function findSegment(segment: readonly Token[], text: string, from: number): number {
  const [first] = segment;
  if (first === undefined) return from;
  for (let start = from; start <= text.length; start += 1) {
    if (first.kind === "text") {
      start = text.indexOf(first.text, start);
      if (start === -1) return -1;
    }
    const end = matchAt(segment, text, start);
    if (end !== -1) return end;
  }
  return -1;
}

/** Segments have texts of fixed length but for characters of two code units, so every start near the end is tried. */
function endsWithSegment(segment: readonly Token[], text: string, from: number): boolean {
  const least = segment.reduce((sum, token) => sum + (token.kind === "text" ? token.text.length : 1), 0);
  const slack = segment.filter((token) => token.kind === "one").length;
  for (let start = text.length - least; start >= Math.max(from, text.length - least - slack); start -= 1) {
    if (matchAt(segment, text, start) === text.length) return true;
  }
  return false;
}

/** "?" is one character, whether it takes one code unit or two. */
function characterLength(text: string, at: number): number {
  const code = text.codePointAt(at);
  return code !== undefined && code > 0xffff ? 2 : 1;
}
