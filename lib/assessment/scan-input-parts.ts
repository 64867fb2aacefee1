import type { InputParts, SegmentParts } from "./input-parts";

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d];
const [AT_TOP, IN_ARRAY, IN_ELEMENT] = [1, 2, 3]; // how deep: in the document, in one of its arrays, in an element of that

/** Arrays that are read piece by piece, and the fields by which their pieces are found. */
const TRACKED: ReadonlyMap<string, readonly string[]> = new Map([
  ["acceptSets", []],
  ["aggregates", ["segment", "kind", "dataset"]],
  ["analytics", ["id"]],
  ["claims", ["segment"]],
  ["measurements", ["segment"]],
  ["quality", ["segment"]],
  ["segments", ["id"]],
]);

export interface InputScan {
  push(chunk: Uint8Array): void;
  end(): InputParts;
}

/**
 * Notes where the parts of a ScoringInput lie while its canonical text goes by, without holding or parsing it: 200 MB take less than
 * a second. What is no such document gives parts that nobody can read: readers check what they find there.
 */
export function scanInputParts(): InputScan {
  const parts = collectParts();
  const [key, ...fields] = [takeText(), takeText(), takeText(), takeText()];
  let [before, depth, began, element] = [0, 0, 0, 0]; // bytes before this chunk; where the value of the top and the element began
  let [quoted, escaped, naming] = [false, false, false]; // naming: the next string is a key that counts
  let top = "";
  let tracked: readonly string[] | null = null;
  let initials: Uint8Array = new Uint8Array(256); // first letters of the fields of an element that count
  let field = -1; // of the element: whose value comes next
  let taking: TakenText | null = null;

  const endString = (): void => {
    quoted = false;
    if (taking === key && depth === AT_TOP) top = key.text();
    else if (taking === key) field = tracked?.indexOf(key.text()) ?? -1;
    taking = null;
  };
  const startString = (first: number | undefined): void => {
    quoted = true;
    // Of millions of keys only those are looked at that could be one of the few; the letter may be in the next chunk.
    const counts = naming && (depth === AT_TOP || first === undefined || initials[first] === 1);
    taking = counts ? key : !naming && depth === IN_ELEMENT && field >= 0 ? (fields[field] ?? null) : null;
    taking?.clear();
    [naming, field] = [false, -1];
  };
  const endElement = (end: number): void => {
    parts.element(top, fields, element, end);
    for (const text of fields) text.clear();
  };
  const open = (byte: number, at: number): void => {
    depth += 1;
    if (depth === IN_ARRAY) element = at + 1;
    naming = byte === OPEN_OBJECT && (depth === AT_TOP || (depth === IN_ELEMENT && tracked !== null));
  };
  const close = (byte: number, at: number): void => {
    depth -= 1;
    naming = false;
    if (depth === AT_TOP && tracked !== null && byte === CLOSE_ARRAY && at > element) endElement(at);
    else if (depth === 0 && top !== "") parts.value(top, began, at);
  };
  const comma = (at: number): void => {
    field = -1;
    naming = depth === AT_TOP || (depth === IN_ELEMENT && tracked !== null);
    if (depth === AT_TOP) parts.value(top, began, at);
    if (depth !== IN_ARRAY || tracked === null) return;
    endElement(at);
    element = at + 1;
  };

  return {
    push(chunk) {
      for (let i = 0; i < chunk.length; i += 1) {
        if (quoted) {
          const from = i;
          if (escaped) i += 1;
          escaped = false;
          while (i < chunk.length && chunk[i] !== QUOTE && chunk[i] !== BACKSLASH) i += 1;
          escaped = chunk[i] === BACKSLASH;
          taking?.add(chunk, from, escaped ? i + 1 : i);
          if (chunk[i] === QUOTE) endString();
          continue;
        }
        const byte = chunk[i] ?? 0;
        if (byte === QUOTE) startString(chunk[i + 1]);
        else if (byte === COMMA) comma(before + i);
        else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) open(byte, before + i);
        else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) close(byte, before + i);
        else if (byte === COLON && depth === AT_TOP) {
          began = before + i + 1;
          tracked = TRACKED.get(top) ?? null;
          initials = initialsOf(tracked ?? []);
        }
      }
      before += chunk.length;
    },
    end: () => parts.done(),
  };
}

interface Collected extends Omit<SegmentParts, "aggregates" | "datasets"> {
  readonly aggregates: Map<string, number[]>;
  readonly datasets: Set<string>;
}

function collectParts() {
  const values = new Map<string, number[]>();
  const analytics = new Map<string, number[]>();
  const acceptSets: number[] = [];
  const segments = new Map<string, Collected>();
  const segment = (id: string): Collected => found(segments, id, () => ({ segments: [], claims: [], measurements: [], quality: [], aggregates: new Map(), datasets: new Set() }));
  return {
    value(top: string, from: number, to: number): void {
      values.set(top, [from, to]);
    },
    element(top: string, [id, kind, dataset]: readonly TakenText[], from: number, to: number): void {
      if (top === "acceptSets") {
        acceptSets.push(from, to);
        return;
      }
      const name = id?.text() ?? "";
      if (top === "analytics") extend(found(analytics, name, () => []), from, to);
      else if (top === "segments" || top === "claims" || top === "measurements" || top === "quality") extend(segment(name)[top], from, to);
      else {
        const place = segment(name);
        extend(found(place.aggregates, kind?.text() ?? "", () => []), from, to);
        place.datasets.add(dataset?.text() ?? "");
      }
    },
    done: (): InputParts => ({
      fleet: { values: Object.fromEntries(values), analytics: Object.fromEntries(analytics), acceptSets },
      segments: new Map([...segments].map(([id, { aggregates, datasets, ...own }]) => [id, { ...own, aggregates: Object.fromEntries(aggregates), datasets: [...datasets].sort() }])),
    }),
  };
}

function found<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** Adds a range; one that follows the last behind a comma makes that longer. */
function extend(ranges: number[], from: number, to: number): void {
  if (ranges.length > 0 && ranges.at(-1) === from - 1) ranges[ranges.length - 1] = to;
  else ranges.push(from, to);
}

function initialsOf(names: readonly string[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const name of names) set[name.charCodeAt(0)] = 1;
  return set;
}

interface TakenText {
  clear(): void;
  add(chunk: Uint8Array, from: number, to: number): void;
  text(): string;
}

const REMEMBERED = 64;

/** The inside of a JSON string, however many chunks it comes in. Few differ of millions: what was read lately is not decoded again. */
function takeText(): TakenText {
  let bytes: Uint8Array = new Uint8Array(256);
  let [length, hash] = [0, 0];
  const known: ({ readonly bytes: Uint8Array; readonly text: string } | null)[] = Array.from({ length: REMEMBERED }, () => null);
  return {
    clear() {
      [length, hash] = [0, 0];
    },
    add(chunk, from, to) {
      if (length + to - from > bytes.length) {
        const wider = new Uint8Array(2 * (length + to - from));
        wider.set(bytes.subarray(0, length));
        bytes = wider;
      }
      for (let i = from; i < to; i += 1) {
        const byte = chunk[i] ?? 0;
        bytes[length++] = byte;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
    },
    text() {
      const slot = hash & (REMEMBERED - 1);
      const last = known[slot];
      if (last && isSame(last.bytes, bytes, length)) return last.text;
      const raw = Buffer.from(bytes.subarray(0, length)).toString("utf8");
      const text = raw.includes("\\") ? decode(raw) : raw;
      known[slot] = { bytes: bytes.slice(0, length), text };
      return text;
    },
  };
}

function isSame(a: Uint8Array, b: Uint8Array, length: number): boolean {
  if (a.length !== length) return false;
  for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function decode(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw; // no JSON: nothing is found under it
  }
}
