import { isJsonObject, type JsonObject } from "../../frame/plain-value";

/**
 * Services write "name" and "value" as two keys of one object ({Name, Value}, {key, value}, {displayName, newValue}): the
 * list as a lookup by name. The first of a name wins; a list inside a text (exports flatten it) is read as JSON.
 */
export function namedValues(list: unknown, name: string, value: string): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const item of listOf(list)) {
    const key = item[name];
    if (typeof key === "string" && !found.has(key)) found.set(key, item[value]);
  }
  return found;
}

/** The objects of a list that may also stand as JSON inside a text. */
export function listOf(list: unknown): readonly JsonObject[] {
  const parsed = embeddedJson(list);
  return Array.isArray(parsed) ? parsed.filter(isJsonObject) : [];
}

/** A value, or what its text says when that text is a JSON object or list (Log Analytics and CSV exports flatten so). */
export function embeddedJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}

/** "Name: old -> new" of a list of modified properties, for the canonical field `change`. */
export function describeChanges(list: unknown, name: string, before: string, after: string): string {
  return listOf(list)
    .map((item) => `${plain(item[name])}: ${plain(item[before])} -> ${plain(item[after])}`)
    .join("; ");
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
