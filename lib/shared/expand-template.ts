import { seededRandom, type SeededRandom } from "./seeded-random";
import { formatInstant } from "./template-time";

/** What the placeholders of a template may draw on. Counters belong to whoever made the scope and live as long as it does. */
export interface TemplateScope {
  readonly variables: ReadonlyMap<string, string>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly counters: Map<string, number>;
  readonly random: SeededRandom;
  readonly atMs: number; // the instant that {{time ...}} writes
}

export type Template = (scope: TemplateScope) => string;
type Call = (scope: TemplateScope, args: readonly string[]) => string;

const HEX = "0123456789abcdef";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const letters = (random: SeededRandom, alphabet: string, length: number) => {
  let text = "";
  for (let i = 0; i < length; i += 1) text += alphabet.charAt(random.int(0, alphabet.length - 1));
  return text;
};

const CALLS: Readonly<Record<string, Call>> = {
  time: (scope, [format, offset, argument]) =>
    formatInstant(format ?? "", scope.atMs + Math.round(Number(offset === undefined || /^-?[\d.]/.test(offset) ? (offset ?? 0) : variable(scope, offset)) * 1000), scope.random, argument),
  // A date so many days from the instant: {{day -60}}.
  day: (scope, [days]) => formatInstant("date", scope.atMs + Number(days ?? 0) * 86_400_000, scope.random),
  int: (scope, [low, high]) => String(scope.random.int(Number(low), Number(high))),
  hex: (scope, [length]) => letters(scope.random, HEX, Number(length)),
  // Hex digits that follow from a variable's value: one file, one hash, wherever it is named.
  mark: (scope, [name, length]) => letters(seededRandom(variable(scope, name ?? "")), HEX, Number(length)),
  word: (scope, [length]) => letters(scope.random, BASE62, Number(length)),
  guid: (scope) => [8, 4, 4, 4, 12].map((length) => letters(scope.random, HEX, length)).join("-"),
  pick: (scope, [list]) => scope.random.pick(list?.includes(",") ? list.split(",") : named(scope.lists, list ?? "", "list")),
  // The same item for the same unit in every script: {{stable people}} names one person per machine.
  stable: (scope, [list]) => seededRandom(`${variable(scope, "unit")}/${list ?? ""}`).pick(named(scope.lists, list ?? "", "list")),
  "stable-int": (scope, [name, low, high]) => String(seededRandom(`${variable(scope, "unit")}/${name ?? ""}`).int(Number(low), Number(high))),
  // The value of a variable with this probability, else nothing.
  maybe: (scope, [share, name]) => (scope.random.next() < Number(share) ? variable(scope, name ?? "") : ""),
  sum: (scope, args) => String(args.reduce((total, arg) => total + Number(/^-?\d/.test(arg) ? arg : variable(scope, arg)), 0)),
  // A counter that grows by 1, or by up to the second argument; it starts anywhere below a million.
  next: (scope, [name, step]) => {
    const start = scope.counters.get(name ?? "") ?? scope.random.int(10_000, 900_000);
    const value = start + (step === undefined ? 1 : scope.random.int(1, Number(step)));
    scope.counters.set(name ?? "", value);
    return String(value);
  },
  last: (scope, [name]) => String(scope.counters.get(name ?? "") ?? fail(`counter "${name}" was never advanced`)),
};

const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
  "to-hex": (value) => Number(value).toString(16),
  base: (value) => value.slice(Math.max(value.lastIndexOf("/"), value.lastIndexOf("\\")) + 1),
  folder: (value) => value.slice(0, Math.max(value.lastIndexOf("/"), value.lastIndexOf("\\"))),
  bytes: (value) => Buffer.from(value, "utf8").toString("hex").toUpperCase(),
  words: (value) => JSON.stringify(value.split(" ")),
};

/**
 * Compiles text with {{placeholders}}: a variable, or a call of the table above with arguments, then any filters behind "|".
 * Nothing else is interpreted, so that native records of any format can be templates as they are.
 *
 * @throws Error on a placeholder without an end; the compiled template throws on a variable or list that its scope lacks.
 */
export function compileTemplate(text: string): Template {
  const parts: (string | Template)[] = [];
  let from = 0;
  for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", from)) {
    while (text.charAt(open + 2) === "{") open += 1; // "{{{guid}}}" is a brace, a placeholder, a brace
    const close = text.indexOf("}}", open);
    if (close < 0) fail(`placeholder without end: ${text.slice(open, open + 40)}`);
    if (open > from) parts.push(text.slice(from, open));
    parts.push(compileExpression(text.slice(open + 2, close)));
    from = close + 2;
  }
  if (from < text.length) parts.push(text.slice(from));
  return (scope) => {
    let out = "";
    for (const part of parts) out += typeof part === "string" ? part : part(scope);
    return out;
  };
}

function compileExpression(expression: string): Template {
  const [head = "", ...filters] = expression.split("|").map((part) => part.trim());
  const [name = "", ...args] = head.split(/\s+/);
  const steps = filters.map((filter) => named(FILTERS, filter, "filter"));
  const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (!call && args.length > 0) fail(`unknown call "${name}" in {{${expression}}}`);
  return (scope) => {
    let value = call ? call(scope, args) : variable(scope, name);
    for (const step of steps) value = step(value);
    return value;
  };
}

function variable(scope: TemplateScope, name: string): string {
  return scope.variables.get(name) ?? fail(`unknown variable "${name}"`);
}

function named<T>(table: Readonly<Record<string, T>>, name: string, what: string): T {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return value === undefined ? fail(`unknown ${what} "${name}"`) : value;
}

function fail(message: string): never {
  throw new Error(`template: ${message}`);
}
