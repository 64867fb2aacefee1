import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { storableText } from "./frame/decode-text";

/** Canonical fields while a format fills them: empty values stay out, other scalars become text or numbers. */
export type FieldBag = Record<string, string | number>;

/** Sets one canonical field from a native value, unless that value says nothing. The id comes from our tables, never from the record. */
export function put(fields: FieldBag, id: string, value: unknown): void {
  if (typeof value === "string") {
    // A long text that begins with a letter cannot be one of the short "nothing" texts.
    if (value.length > 40 && value.charCodeAt(0) > 0x2d ? true : !isEmptyValue(value, id)) fields[id] = value;
  } else if (typeof value === "number") {
    if (!isEmptyValue(value, id)) fields[id] = value;
  } else if (typeof value === "boolean") {
    fields[id] = value ? "true" : "false";
  } else if (Array.isArray(value)) {
    const texts = value.filter((item) => (typeof item === "string" || typeof item === "number") && !isEmptyValue(item, id)).map(String);
    if (texts.length > 0) fields[id] = texts.join(" ");
  } else if (typeof value === "object" && value !== null) {
    const text = JSON.stringify(value);
    if (text !== "{}") fields[id] = text;
  }
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
