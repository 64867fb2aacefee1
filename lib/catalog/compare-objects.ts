import { normalizeField } from "./normalize-object";

/** Top-level fields of a STIX object that differ in meaning between two published texts, by name. */
export function differingFields(before: string, after: string): readonly string[] {
  const a = fieldsOf(before);
  const b = fieldsOf(after);
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  const value: unknown = JSON.parse(text);
  const fields = new Map<string, string>();
  if (typeof value !== "object" || value === null) return fields;
  for (const [key, item] of Object.entries(value)) {
    const normal = normalizeField(key, item);
    if (normal !== null) fields.set(key, normal);
  }
  return fields;
}
