/**
 * Thousands of lines of a table as a few texts, so that a page with all of them stays small and is read at once: every column
 * is its distinct texts, and one or two characters per line that say which.
 */
export interface PackedLines<Name extends string> {
  readonly size: number;
  readonly columns: Readonly<Record<Name, PackedColumn>>;
}

/** texts: distinct ones, one per row of text; width: characters of `at` per line; 0 = no two lines are alike, and the texts stand in their order. */
export interface PackedColumn {
  readonly texts: string;
  readonly width: number;
  readonly at: string;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"; // none of them is escaped in JSON or HTML

/** @param textOf what each column says of a line, by the column's name */
export function packLines<Line, Name extends string>(lines: readonly Line[], textOf: Readonly<Record<Name, (line: Line) => string>>): PackedLines<Name> {
  const names = Object.keys(textOf).filter((name): name is Name => Object.hasOwn(textOf, name));
  const columns: Partial<Record<Name, PackedColumn>> = {};
  for (const name of names) columns[name] = packColumn(lines.map(textOf[name]));
  if (!isWhole(columns, names)) throw new Error("a column was not packed");
  return { size: lines.length, columns };
}

/**
 * Opens packed lines for reading.
 *
 * @returns per column and reading a function from a line's position to what was read; each distinct text is read once, so lines share what is equal
 */
export function openLines<Name extends string>({ columns }: PackedLines<Name>): <Value>(name: Name, read: (text: string) => Value) => (position: number) => Value {
  return (name, read) => {
    const { texts, width, at } = columns[name];
    const values = texts.split("\n").map((text) => read(unescape(text)));
    const nothing = read("");
    if (width === 0) return (position) => valueAt(values, position, nothing);
    return (position) => valueAt(values, readNumber(at, position * width, width), nothing);
  };
}

function packColumn(all: readonly string[]): PackedColumn {
  const known = new Map<string, number>();
  const positions = all.map((text) => {
    const found = known.get(text) ?? known.size;
    known.set(text, found);
    return found;
  });
  const texts = [...known.keys()].map(escape).join("\n");
  if (known.size === all.length) return { texts, width: 0, at: "" };
  let width = 1;
  while (DIGITS.length ** width < known.size) width += 1;
  return { texts, width, at: positions.map((position) => writeNumber(position, width)).join("") };
}

function isWhole<Name extends string>(columns: Partial<Record<Name, PackedColumn>>, names: readonly Name[]): columns is Record<Name, PackedColumn> {
  return names.every((name) => columns[name] !== undefined);
}

function writeNumber(value: number, width: number): string {
  let text = "";
  for (let rest = value, i = 0; i < width; i += 1, rest = Math.floor(rest / DIGITS.length)) text = (DIGITS[rest % DIGITS.length] ?? "") + text;
  return text;
}

function readNumber(text: string, from: number, width: number): number {
  let value = 0;
  for (let i = from; i < from + width; i += 1) value = value * DIGITS.length + DIGITS.indexOf(text.charAt(i));
  return value;
}

function valueAt<Value>(values: readonly Value[], position: number, nothing: Value): Value {
  const value = values[position];
  return value === undefined ? nothing : value;
}

/** Texts stand apart by line breaks; those within a text are written as a backslash and n. */
function escape(text: string): string {
  return /[\\\n]/.test(text) ? text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n") : text;
}

function unescape(text: string): string {
  return text.includes("\\") ? text.replace(/\\(.)/g, (_, kind: string) => (kind === "n" ? "\n" : kind)) : text;
}
