/** What block YAML without anchors, tags and flow can say. */
type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Not in the plain subset: the full parser is to read the text. */
const OTHER = Symbol("other");
type Read<T> = T | typeof OTHER;

interface Line {
  readonly indent: number;
  readonly text: string; // without indentation and trailing spaces; "" for a blank line
}

const MOST_DEPTH = 30;
// Control characters, tabs and carriage returns (the full parser knows their rules), and what is no character.
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const KEY = /^([A-Za-z_][\w|.*-]*|'[\w|.*-]+'):(?: +(.*))?$/;
const PLAIN_START = /^[^\s\-?:,[\]{}#&*!|>'"%@`]/;
const NUMERIC_START = /^[-+.0-9]/;
const NUMBER = /^(?:0|-?[1-9][0-9]{0,14})$/;
const MAYBE_NUMBER = /^[-+]?(?:0[xob][0-9a-f_]*|[0-9_.,:]*(?:e[-+]?[0-9_]*)?|\.?(?:inf|nan))$/i; // more than any schema takes for one
const WORDS = /^(?:~|null|true|false|[-+]?\.?(?:inf|nan)|yes|no|on|off|y|n)$/i;

/**
 * The documents of a text that keeps to the part of YAML in which nearly all rules are written: maps and lists in blocks,
 * scalars of one line, literal text. Ten times as fast as a full parser, and held equal to it: whatever is not surely of
 * this part gives null.
 */
export function readPlainYaml(source: string): readonly unknown[] | null {
  if (UNUSUAL.test(source)) return null;
  const documents: unknown[] = [];
  let lines: Line[] = [];
  const take = (): boolean => {
    const read = readDocument(lines);
    lines = [];
    if (read === OTHER) return false;
    if (read !== null) documents.push(read);
    return true;
  };
  for (const raw of source.split("\n")) {
    if (raw.startsWith("---") || raw.startsWith("...") || raw.startsWith("%")) {
      if (raw.trimEnd() !== "---" || !take()) return null;
      continue;
    }
    let indent = 0;
    while (raw.charCodeAt(indent) === 0x20) indent += 1;
    lines.push({ indent, text: raw.slice(indent) });
  }
  return take() ? documents : null;
}

function readDocument(lines: readonly Line[]): Read<Plain> {
  const reader = new BlockReader(lines);
  const value = reader.block(0, 0);
  return value === OTHER || !reader.ended ? OTHER : value;
}

class BlockReader {
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  get ended(): boolean {
    return this.peek() === null;
  }

  /** The next line that is neither blank nor a comment. */
  private peek(): Line | null {
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      if (line.text.trimEnd() !== "" && !line.text.startsWith("#")) return line;
      this.at += 1;
    }
    return null;
  }

  /** A map or list whose entries stand at the indentation of the next line, which is at least `least`; null when there is none. */
  block(least: number, depth: number): Read<Plain> {
    const line = this.peek();
    if (line === null || line.indent < least) return null;
    if (depth > MOST_DEPTH) return OTHER;
    return line.text.startsWith("- ") || line.text.trimEnd() === "-" ? this.list(line.indent, depth) : this.map(line.indent, depth, null);
  }

  private list(indent: number, depth: number): Read<Plain[]> {
    const items: Plain[] = [];
    for (let line = this.peek(); line !== null && line.indent === indent && (line.text.startsWith("- ") || line.text.trimEnd() === "-"); line = this.peek()) {
      const rest = line.text.slice(1);
      const inner = rest.trimStart();
      if (inner.startsWith("- ") || inner.trimEnd() === "-" || inner === "" || inner.startsWith("#")) return OTHER;
      const column = indent + 1 + (rest.length - inner.length);
      const item = KEY.test(inner.trimEnd()) ? this.map(column, depth + 1, inner) : this.scalar(inner, indent);
      if (item === OTHER) return OTHER;
      items.push(item);
    }
    const next = this.peek();
    return next !== null && next.indent > indent ? OTHER : items;
  }

  /** @param first the text of the first entry where it stands behind a dash */
  private map(indent: number, depth: number, first: string | null): Read<Plain> {
    if (depth > MOST_DEPTH) return OTHER;
    const entries: Record<string, Plain> = {};
    let text = first;
    for (let line = this.peek(); line !== null && (text !== null || (line.indent === indent && !line.text.startsWith("- "))); line = this.peek()) {
      const found = KEY.exec((text ?? line.text).trimEnd());
      const key = found?.[1]?.replace(/^'|'$/g, "");
      if (key === undefined || key === "__proto__" || WORDS.test(key) || Object.hasOwn(entries, key)) return OTHER;
      const value = this.entry(found?.[2] ?? "", indent, depth);
      if (value === OTHER) return OTHER;
      entries[key] = value;
      text = null;
    }
    const next = this.peek();
    return next !== null && next.indent > indent ? OTHER : entries;
  }

  /** What stands behind a key: a scalar on its line, or a block below it. A list may stand at the key's own indentation. */
  private entry(text: string, indent: number, depth: number): Read<Plain> {
    if (text === "|" || text === "|-") return this.literal(indent, text === "|");
    if (text !== "" && !text.startsWith("#")) return this.scalar(text, indent);
    this.at += 1;
    const next = this.peek();
    if (next !== null && next.indent === indent && next.text.startsWith("- ")) return this.list(indent, depth + 1);
    return this.block(indent + 1, depth + 1);
  }

  /** A scalar of this line; it goes on where the next line is indented further, which the full parser knows how to join. */
  private scalar(text: string, indent: number): Read<Plain> {
    this.at += 1;
    const next = this.lines[this.at];
    if (next === undefined || next.indent > indent || next.text.trimEnd() === "") {
      const following = this.peek();
      if (following !== null && following.indent > indent) return OTHER;
    }
    return readScalar(text.trimEnd());
  }

  /** Literal text: the lines below that are indented further, without their common indentation. */
  private literal(indent: number, keepsEnd: boolean): Read<string> {
    this.at += 1;
    const own: Line[] = [];
    for (let line = this.lines[this.at]; line !== undefined && (line.indent > indent || line.text === ""); line = this.lines[this.at]) {
      own.push(line);
      this.at += 1;
    }
    while (own.at(-1)?.text === "") own.pop();
    const [head] = own;
    if (head === undefined || head.text === "" || own.some((line) => (line.text === "" ? line.indent > 0 : line.indent < head.indent))) return OTHER;
    return own.map((line) => (line.text === "" ? "" : " ".repeat(line.indent - head.indent) + line.text)).join("\n") + (keepsEnd ? "\n" : "");
  }
}

function readScalar(text: string): Read<Plain> {
  const first = text.charAt(0);
  if (first === "'") {
    const found = /^'((?:[^']|'')*)'(?: +#.*)?$/.exec(text);
    return found === null ? OTHER : (found[1] ?? "").replaceAll("''", "'");
  }
  if (first === '"') {
    const found = /^"([^"\\]*)"(?: +#.*)?$/.exec(text);
    return found === null ? OTHER : (found[1] ?? "");
  }
  const comment = text.indexOf(" #");
  const plain = comment === -1 ? text : text.slice(0, comment).trimEnd();
  if (NUMERIC_START.test(plain)) return NUMBER.test(plain) ? Number(plain) : MAYBE_NUMBER.test(plain) || (!PLAIN_START.test(plain) && !/^-[^\s]/.test(plain)) || /:(?: |$)/.test(plain) ? OTHER : plain;
  if (plain === "null") return null;
  if (plain === "true" || plain === "false") return plain === "true";
  return !PLAIN_START.test(plain) || WORDS.test(plain) || /:(?: |$)/.test(plain) ? OTHER : plain;
}
