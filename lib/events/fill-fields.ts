import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { isRedactionMark } from "@/lib/telemetry/redaction-marks";
import { storableText } from "./frame/decode-text";

const REDACTED = Symbol("redacted");

/**
 * Canonical fields while a format fills them: empty values stay out, other scalars become text or numbers. Beside the
 * fields, under a symbol that no reader of fields meets, the ids whose value the source hid.
 */
export type FieldBag = Record<string, string | number> & { [REDACTED]?: string[] };

/**
 * Sets one canonical field from a native value, unless that value says nothing; a redaction mark is remembered for
 * takeRedacted. The id comes from our tables, never from the record.
 */
export function put(fields: FieldBag, id: string, value: unknown): void {
  if (typeof value === "string") {
    if ((value.length > LONGEST_NOTHING && saysSomething(value.charCodeAt(0))) || !isEmptyValue(value, id)) fields[id] = value;
    else if (isRedactionMark(value.trim())) (fields[REDACTED] ??= []).push(id);
  } else if (typeof value === "number") {
    if (!isEmptyValue(value, id)) fields[id] = value;
  } else if (typeof value === "boolean") {
    fields[id] = value ? "true" : "false";
  } else if (Array.isArray(value)) {
    const texts = value.filter((item) => (typeof item === "string" || typeof item === "number") && !isEmptyValue(item, id)).map(String);
    if (texts.length > 0) fields[id] = texts.join(" ");
    else if (value.some((item) => typeof item === "string" && isRedactionMark(item.trim()))) (fields[REDACTED] ??= []).push(id);
  } else if (typeof value === "object" && value !== null) {
    const text = JSON.stringify(value);
    if (text !== "{}") fields[id] = text;
  }
}

const LONGEST_NOTHING = 40;

/** Whether a long text that begins with this character is neither a "nothing" text nor a redaction mark: letters, digits, paths. */
function saysSomething(code: number): boolean {
  return code > 0x2d && code !== 0x3c && code !== 0x5b && code !== 0x7b; // < [ {
}

const NOTHING_REDACTED: readonly string[] = [];

/** The ids whose every value was a redaction mark, sorted; the bag forgets them. */
export function takeRedacted(fields: FieldBag): readonly string[] {
  const hidden = fields[REDACTED];
  if (hidden === undefined) return NOTHING_REDACTED;
  delete fields[REDACTED];
  return [...new Set(hidden)].filter((id) => fields[id] === undefined).sort();
}

/** A list of [native key, canonical id]: the first native key of an id that holds something wins. */
export type FieldMap = readonly (readonly [native: string, canonical: string])[];

/** Fills by a map, reading native values through `get`. */
export function putAll(fields: FieldBag, map: FieldMap, get: (native: string) => unknown): void {
  for (const [native, canonical] of map) {
    if (fields[canonical] === undefined) put(fields, canonical, get(native));
  }
}

/** A key, host or path short and clean enough for an index. */
export function shortName(text: string, most: number): string {
  const clean = storableText(text.trim());
  return clean.length <= most ? clean : `${clean.slice(0, most - 1)}\u2026`;
}
