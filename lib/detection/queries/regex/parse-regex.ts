import { QueryRefusal } from "../query-types";
import { CONTROL, hexAt, parseClass, PERL_CLASSES } from "./parse-class";
import type { RegexNode } from "./regex-node";

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/**
 * Reads an expression that RE2 has accepted (Sigma's `re`), so that it can be written for other engines.
 *
 * @throws QueryRefusal naming a part that is not translated (Unicode classes, \C)
 */
export function parseRegex(source: string, flags: Flags): RegexNode {
  const reader = new Reader(Array.from(source));
  const node = reader.alternatives(flags);
  if (!reader.done) throw new QueryRefusal(`The regular expression has a ")" too many at character ${reader.at + 1}.`);
  return node;
}

class Reader {
  at = 0;
  private flags: Flags = { i: false, m: false, s: false };

  constructor(private readonly chars: readonly string[]) {}

  get done(): boolean {
    return this.at >= this.chars.length;
  }

  private peek(offset = 0): string {
    return this.chars[this.at + offset] ?? "";
  }

  private take(): string {
    const char = this.peek();
    this.at += 1;
    return char;
  }

  /** Up to ")" or the end. Flags set inside end with it. */
  alternatives(flags: Flags): RegexNode {
    const outer = this.flags;
    this.flags = flags;
    const branches: RegexNode[] = [];
    for (;;) {
      branches.push(this.sequence());
      if (this.peek() !== "|") break;
      this.take();
    }
    this.flags = outer;
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: "alt", parts: branches };
  }

  private sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (!this.done && this.peek() !== "|" && this.peek() !== ")") {
      const part = this.atom();
      if (part !== null) parts.push(...(Array.isArray(part) ? part : [part]).map((one, i, all) => (i === all.length - 1 ? this.repeated(one) : one)));
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "cat", parts };
  }

  private repeated(part: RegexNode): RegexNode {
    let node = part;
    for (;;) {
      const bounds = this.quantifier();
      if (bounds === null) return node;
      if (this.peek() === "?") this.take(); // lazy: what is found is the same
      node = { kind: "repeat", part: node, ...bounds };
    }
  }

  private quantifier(): { min: number; max: number | null } | null {
    switch (this.peek()) {
      case "*":
        this.take();
        return { min: 0, max: null };
      case "+":
        this.take();
        return { min: 1, max: null };
      case "?":
        this.take();
        return { min: 0, max: 1 };
      case "{": {
        const match = /^\{(\d+)(,(\d*))?\}/.exec(this.chars.slice(this.at, this.at + 14).join(""));
        if (match === null) return null; // a brace that counts nothing is a brace
        this.at += match[0].length;
        const min = Number(match[1]);
        return { min, max: match[2] === undefined ? min : match[3] === "" ? null : Number(match[3]) };
      }
      default:
        return null;
    }
  }

  /** null: flags, which stand for no character. */
  private atom(): RegexNode | RegexNode[] | null {
    const char = this.take();
    switch (char) {
      case ".":
        return { kind: "any", newline: this.flags.s };
      case "^":
        return { kind: this.flags.m ? "line-start" : "start" };
      case "$":
        return { kind: this.flags.m ? "line-end" : "end" };
      case "[": {
        const { ranges, negated, next } = parseClass(this.chars, this.at, this.flags.i);
        this.at = next;
        return { kind: "set", ranges, negated, fold: this.flags.i ? "regex" : false };
      }
      case "(":
        return this.group();
      case "\\":
        return this.escape();
      default:
        return this.literal(char.codePointAt(0) ?? 0);
    }
  }

  private literal(code: number): RegexNode {
    return { kind: "char", code, fold: this.flags.i ? "regex" : false };
  }

  private group(): RegexNode | null {
    let flags = this.flags;
    const rest = this.chars.slice(this.at, this.at + 80).join("");
    const named = /^\?P?<[A-Za-z0-9_]+>/.exec(rest);
    const flagged = /^\?([imsU]*)(?:-([imsU]*))?([:)])/.exec(rest);
    if (named !== null) this.at += named[0].length;
    else if (flagged !== null) {
      this.at += flagged[0].length;
      const has = (letters: string | undefined, one: string): boolean => letters?.includes(one) === true;
      const changed = (one: "i" | "m" | "s"): boolean => (flags[one] || has(flagged[1], one)) && !has(flagged[2], one);
      flags = { i: changed("i"), m: changed("m"), s: changed("s") };
      if (flagged[3] === ")") {
        this.flags = flags; // up to the end of the group around it
        return null;
      }
    } else if (rest.startsWith("?")) throw new QueryRefusal(`The regular expression holds a group of a kind that is not translated: "(${rest.slice(0, 4)}".`);
    const node = this.alternatives(flags);
    this.take(); // ")"
    return node;
  }

  private escape(): RegexNode | RegexNode[] {
    const char = this.take();
    const perl = PERL_CLASSES[char.toLowerCase()];
    if (perl !== undefined) return { kind: "set", ranges: perl, negated: char !== char.toLowerCase(), fold: this.flags.i ? "regex" : false };
    const control = CONTROL[char];
    if (control !== undefined) return this.literal(control);
    switch (char) {
      case "A":
        return { kind: "start" };
      case "z":
        return { kind: "end" };
      case "b":
      case "B":
        return { kind: "boundary", negated: char === "B" };
      case "x": {
        const { code, length } = hexAt(this.chars, this.at);
        this.at += length;
        return this.literal(code);
      }
      case "Q": {
        const found: RegexNode[] = [];
        while (!this.done && !(this.peek() === "\\" && this.peek(1) === "E")) found.push(this.literal(this.take().codePointAt(0) ?? 0));
        this.at += 2;
        return found.length === 0 ? { kind: "cat", parts: [] } : found;
      }
    }
    if (/^[A-Za-z0-9]$/.test(char)) throw new QueryRefusal(`The regular expression uses \\${char}, which is not translated.`);
    return this.literal(char.codePointAt(0) ?? 0);
  }
}
