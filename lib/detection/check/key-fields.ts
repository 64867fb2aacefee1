import table from "./key-fields.json";

const BY_FAMILY: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(table).map(([family, names]) => [family, new Set(names.map((name) => name.toLowerCase()))]));
const NONE: ReadonlySet<string> = new Set();

/**
 * Fields whose value says which event of its log a record is: EventID, eventName, an audit record's type. What such a field holds in the
 * records of a kind it holds in all of them, so that a rule asking for another value asks for another kind of record.
 */
export function keyFieldsOf(family: string): ReadonlySet<string> {
  return BY_FAMILY.get(family.startsWith("windows-") ? "windows" : family) ?? NONE;
}
