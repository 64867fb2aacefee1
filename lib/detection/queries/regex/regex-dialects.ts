import { QueryRefusal } from "../query-types";
import type { RegexDialect } from "./print-regex";

/** Characters with a meaning get a backslash, which every engine reads as the character itself. \< and \> mean word ends to some, so they get none. */
const META = /[\\^$.|?*+()[\]{}&~-]/;
const LUCENE_META = /[\\^$.|?*+()[\]{}&~"/#<>@-]/;

function printable(code: number, escaped: (code: number) => string, meta = META): string {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return escaped(code);
  const char = String.fromCodePoint(code);
  return meta.test(char) ? `\\${char}` : char;
}

const NAMED: ReadonlyMap<number, string> = new Map([[9, "\\t"], [10, "\\n"], [12, "\\f"], [13, "\\r"]]);

/** What every engine reads: a name or two digits. \x{...}, which is for the rest, is unknown to Joni. */
function hex(code: number): string {
  const digits = code.toString(16).toUpperCase();
  return NAMED.get(code) ?? (code > 0xff ? `\\x{${digits}}` : `\\x${digits.padStart(2, "0")}`);
}

function hexOrRaw(code: number): string {
  return code > 0xff ? String.fromCodePoint(code) : hex(code);
}

const edge = (look: (inside: string) => readonly [string, string]): string => {
  const [before, after] = look("[0-9A-Za-z_]");
  return `(?:${before}|${after})`;
};
const BOUNDARY = edge((word) => [`(?<=${word})(?!${word})`, `(?<!${word})(?=${word})`]);
const NOT_BOUNDARY = edge((word) => [`(?<=${word})(?=${word})`, `(?<!${word})(?!${word})`]);

/** Splunk's match(): PCRE. $ would stand before a last line feed too, \z does not. */
export const PCRE: RegexDialect = {
  engine: "PCRE", ignoreCase: true, group: "(?:", anyCharacter: "(?s:.)", start: "\\A", end: "\\z", lineStart: "(?m:^)", lineEnd: "(?m:$)", boundary: BOUNDARY, notBoundary: NOT_BOUNDARY, mostRepeats: 65_535,
  character: (code) => (code === 0x60 ? hex(code) : printable(code, hex)), // a backtick begins a macro
  member: (code) => (code === 0x60 ? hex(code) : printable(code, hex)),
};

/** Kusto: what RE2 and Rust's engine have in common. Their \b differs beyond ASCII, so there is none. */
export const KUSTO: RegexDialect = {
  engine: "Kusto", ignoreCase: true, group: "(?:", anyCharacter: "(?s:.)", start: "\\A", end: "\\z", lineStart: "(?m:^)", lineEnd: "(?m:$)", boundary: null, notBoundary: null, mostRepeats: 1000,
  character: (code) => printable(code, hex),
  member: (code) => printable(code, hex),
};

/** Trino and Athena, with either of their engines (Joni, RE2J): Java's syntax without look-around. */
export const TRINO: RegexDialect = {
  engine: "Athena", ignoreCase: true, group: "(?:", anyCharacter: "(?s:.)", start: "\\A", end: "\\z", lineStart: "(?m:^)", lineEnd: "(?m:$)", boundary: null, notBoundary: null, mostRepeats: 1000,
  character: (code) => printable(code, hexOrRaw),
  member: (code) => printable(code, hexOrRaw),
};

/** Sumo Logic's /.../: RE2 itself, so \b is ASCII's. A slash would be the end. */
export const SUMO: RegexDialect = { ...TRINO, engine: "Sumo Logic", boundary: "\\b", notBoundary: "\\B", character: (code) => (code === 0x2f ? "\\/" : printable(code, hex)), member: (code) => (code === 0x2f ? "\\/" : printable(code, hex)) };

/** PostgreSQL's advanced expressions: a dot takes line feeds, ^ and $ stand for the text's ends. */
export const POSTGRESQL: RegexDialect = {
  engine: "PostgreSQL", ignoreCase: true, group: "(?:", anyCharacter: ".", start: "\\A", end: "\\Z", lineStart: "(?:^|(?<=\\n))", lineEnd: "(?:$|(?=\\n))", boundary: BOUNDARY, notBoundary: NOT_BOUNDARY, mostRepeats: 255,
  character: (code) => printable(noNull(code), unicode),
  member: (code) => (/[0-9A-Za-z]/.test(String.fromCodePoint(code)) || code > 0x7f ? printable(noNull(code), unicode) : unicode(code)),
};

/** \u and four digits, \U and eight. PostgreSQL's texts hold no U+0000, so a range that begins there begins one later. */
function unicode(code: number): string {
  const safe = Math.max(code, 1);
  return safe > 0xffff ? `\\U${safe.toString(16).toUpperCase().padStart(8, "0")}` : `\\u${safe.toString(16).toUpperCase().padStart(4, "0")}`;
}

function noNull(code: number): number {
  if (code === 0) throw new QueryRefusal("PostgreSQL's texts cannot hold the character U+0000, which the rule asks for.");
  return code;
}

/** Lucene's automata: no flags, no groups that do not capture, no anchors; the whole text is matched. */
export const LUCENE: RegexDialect = {
  engine: "Lucene", ignoreCase: false, group: "(", anyCharacter: ".", start: null, end: null, lineStart: null, lineEnd: null, boundary: null, notBoundary: null, mostRepeats: 1000,
  character: (code) => printable(code, (raw) => String.fromCodePoint(raw), LUCENE_META),
  member: (code) => printable(code, (raw) => String.fromCodePoint(raw), LUCENE_META),
};
