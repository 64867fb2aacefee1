/*
 * A reader of the part of ES|QL that query packs use, written after the grammar that Elasticsearch publishes (EsqlBaseParser.g4 with its
 * lexer, versions 8.15 to 9.1): commands, expressions, and which words are reserved and so need backquotes as names.
 */
const RESERVED = new Set(["and", "asc", "by", "desc", "false", "first", "in", "is", "last", "like", "not", "null", "nulls", "or", "rlike", "true", "where"]);
const TOKEN = /\s+|\/\/[^\n]*|"(?:[^"\\\r\n]|\\[tnr"\\])*"|`(?:[^`]|``)+`|\d+\.\d*|\d+|[a-z][a-z0-9_]*|[_@][a-z0-9_]+|==|!=|<=|>=|::|[=<>()[\],.|+\-*/%]/giy;
const SOURCE = /^[^:"=|,[\]/() \t\r\n]+(?:,\s*[^:"=|,[\]/() \t\r\n]+)*$/;

/** What is wrong with a query, or null. */
export function faultOfEsql(text: string): string | null {
  try {
    const [source = "", ...stages] = splitStages(text.replace(/^\s*\/\/.*$/gm, "").trim());
    const [, from = "", metadata] = /^FROM\s+(.+?)(?:\s+METADATA\s+(.+))?$/i.exec(source.trim()) ?? [];
    if (!SOURCE.test(from)) throw new Error(`no source: ${source}`);
    if (metadata !== undefined && !/^_[a-z]+(?:,\s*_[a-z]+)*$/.test(metadata)) throw new Error(`no metadata: ${metadata}`);
    for (const stage of stages) readStage(stage);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Bars outside of texts divide stages. */
function splitStages(text: string): string[] {
  const parts = [""];
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`|]+|\||["`]/g)) {
    if (piece === "|") parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function readStage(stage: string): void {
  const at = startReading(stage);
  const command = at.next().toUpperCase();
  if (command === "WHERE") readBoolean(at);
  else if (command === "EVAL") readList(at, () => readField(at));
  else if (command === "STATS") {
    readList(at, () => readField(at));
    if (at.takes("by")) readList(at, () => readField(at));
  } else if (command === "SORT") {
    readList(at, () => {
      readBoolean(at);
      if (!at.takes("asc")) at.takes("desc");
      if (at.takes("nulls") && !at.takes("first")) at.expect("last");
    });
  } else if (command === "KEEP") readList(at, () => readPattern(at));
  else if (command === "LIMIT") at.number();
  else throw new Error(`unknown command: ${stage.trim()}`);
  at.end();
}

interface Reading {
  readonly peek: (ahead?: number) => string;
  readonly next: () => string;
  readonly takes: (word: string) => boolean;
  readonly expect: (word: string) => void;
  readonly number: () => void;
  readonly end: () => void;
}

function startReading(text: string): Reading {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at;
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`no token at: ${text.slice(at, at + 40)}`);
    if (!/^(\s|\/\/)/.test(token)) tokens.push(token);
    at += token.length;
  }
  let position = 0;
  const peek = (ahead = 0): string => tokens[position + ahead] ?? "";
  const fail = (wanted: string): never => {
    throw new Error(`${wanted} wanted before: ${tokens.slice(position, position + 12).join(" ") || "the end"}`);
  };
  const next = (): string => tokens[position++] ?? fail("more");
  const takes = (word: string): boolean => (peek().toLowerCase() === word ? (position++, true) : false);
  return { peek, next, takes, expect: (word) => void (takes(word) || fail(word)), number: () => void (/^\d+$/.test(peek()) ? next() : fail("a number")), end: () => void (position < tokens.length && fail("the end")) };
}

function readList(at: Reading, one: () => void): void {
  do one();
  while (at.takes(","));
}

function readField(at: Reading): void {
  let ahead = 0;
  while (isName(at.peek(ahead)) && at.peek(ahead + 1) === ".") ahead += 2;
  if (isName(at.peek(ahead)) && at.peek(ahead + 1) === "=") {
    readName(at);
    at.expect("=");
  }
  readBoolean(at);
}

function readBoolean(at: Reading): void {
  do readCondition(at);
  while (at.takes("and") || at.takes("or"));
}

function readCondition(at: Reading): void {
  if (at.takes("not")) return readCondition(at);
  readValue(at);
  const negated = at.takes("not");
  if (at.takes("in")) {
    at.expect("(");
    readList(at, () => readValue(at));
    at.expect(")");
  } else if (at.takes("like") || at.takes("rlike")) {
    if (!/^"/.test(at.next())) throw new Error("LIKE wants a text");
  } else if (negated) throw new Error("NOT stands behind a value that is not tested");
  else if (at.takes("is")) {
    at.takes("not");
    at.expect("null");
  } else if (["==", "!=", "<", "<=", ">", ">="].some((operator) => at.takes(operator))) readValue(at);
}

function readValue(at: Reading): void {
  do readPrimary(at);
  while (["+", "-", "*", "/", "%"].some((operator) => at.takes(operator)));
}

function readPrimary(at: Reading): void {
  if (at.takes("-") || at.takes("+")) return readPrimary(at);
  if (at.takes("(")) {
    readBoolean(at);
    at.expect(")");
  } else if (/^["]/.test(at.peek()) || ["null", "true", "false"].includes(at.peek().toLowerCase())) at.next();
  else if (/^\d/.test(at.peek())) {
    at.next();
    if (isName(at.peek())) at.next(); // a span of time: 7 days
  } else if (isName(at.peek()) && at.peek(1) === "(") {
    at.next();
    at.expect("(");
    if (!at.takes("*") && at.peek() !== ")") readList(at, () => readBoolean(at));
    at.expect(")");
  } else readName(at);
  if (at.takes("::")) at.next();
}

function isName(token: string): boolean {
  return token.startsWith("`") || (/^[a-z_@]/i.test(token) && !RESERVED.has(token.toLowerCase()));
}

function readName(at: Reading): void {
  do if (!isName(at.next())) throw new Error(`no name, or one that is reserved, before: ${at.peek()} ${at.peek(1)}`);
  while (at.takes("."));
}

/** Names behind KEEP are read by another mode of the lexer, where no word is reserved. */
function readPattern(at: Reading): void {
  do if (!/^[a-z_@`*]/i.test(at.next())) throw new Error("KEEP wants names");
  while (at.takes("."));
}
