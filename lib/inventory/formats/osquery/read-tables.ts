/** What one scheduled query reads: its tables, and the filter that narrows it. */
export interface QueryTables {
  readonly tables: readonly string[]; // lower case, in their order
  readonly filter: string; // words after WHERE of the outermost query, ""
}

const MAX_TOKENS = 1_500; // words and brackets, strings and comments left out
const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;
const ENDS_FROM = new Set(["where", "group", "order", "limit", "union", "except", "intersect", "having", "window", "select", "on", "using", ";"]);
const JOIN_WORDS = new Set(["join", "left", "right", "full", "inner", "outer", "cross", "natural"]);

/**
 * The tables that a query of osquery's SQL reads: names behind FROM and JOIN, comma lists and subqueries included, names made by
 * WITH left out. Strings and comments are not read. Never throws; a text that is no SQL, or far too long, has no tables.
 */
export function readTables(sql: string): QueryTables {
  const tokens = tokenize(sql);
  if (tokens.length >= MAX_TOKENS) return { tables: [], filter: "" };
  const made = new Set(tokens.flatMap((token, at) => (NAME.test(token) && lower(tokens[at + 1]) === "as" && tokens[at + 2] === "(" ? [token.toLowerCase()] : [])));
  const tables: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const word = lower(tokens[at]);
    if (word === "join") add(tokens[at + 1]);
    if (word !== "from") continue;
    let depth = 0;
    let wanted = true;
    for (let next = at + 1; next < tokens.length; next++) {
      const token = tokens[next] ?? "";
      if (token === "(") depth++;
      else if (token === ")" && depth-- === 0) break;
      else if (depth > 0) continue;
      else if (token === ",") wanted = true;
      else if (ENDS_FROM.has(token.toLowerCase()) || JOIN_WORDS.has(token.toLowerCase())) break;
      else if (wanted) {
        add(token);
        wanted = false;
      }
    }
  }
  return { tables: [...new Set(tables)], filter: filterOf(sql) };

  function add(token: string | undefined): void {
    const name = unquote(token ?? "").toLowerCase();
    const table = name.slice(name.lastIndexOf(".") + 1);
    if (NAME.test(table) && !made.has(table)) tables.push(table);
  }
}

/** The words after the last WHERE that stands outside brackets and strings, up to GROUP, ORDER or LIMIT. */
function filterOf(sql: string): string {
  let depth = 0;
  let start = -1;
  let end = sql.length;
  for (const { token, at } of scan(sql)) {
    if (token === "(") depth++;
    else if (token === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && token.toLowerCase() === "where") [start, end] = [at + token.length, sql.length];
    else if (depth === 0 && start >= 0 && end === sql.length && ["group", "order", "limit", "union", ";"].includes(token.toLowerCase())) end = at;
  }
  return start < 0 ? "" : sql.slice(start, end).replace(/\s+/g, " ").trim();
}

function tokenize(sql: string): string[] {
  const tokens: string[] = [];
  for (const { token } of scan(sql)) tokens.push(token);
  return tokens;
}

function* scan(sql: string): Generator<{ readonly token: string; readonly at: number }> {
  const pattern = /--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)|[A-Za-z_][A-Za-z0-9_.]*|[(),;]/g;
  let count = 0;
  for (const match of sql.matchAll(pattern)) {
    const [token] = match;
    if (token.startsWith("--") || token.startsWith("/*") || token.startsWith("'")) continue;
    yield { token, at: match.index };
    if (++count >= MAX_TOKENS) return;
  }
}

function unquote(token: string): string {
  return /^["`[]/.test(token) ? token.slice(1).replace(/["`\]]$/, "") : token;
}

function lower(token: string | undefined): string {
  return (token ?? "").toLowerCase();
}
