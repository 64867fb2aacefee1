import { sourceOf, familiesOf } from "../sources";
import { makeQueryPack, type PackQuery } from "../make-query-pack";
import type { BackendId, WantedFamily } from "../types";

/** Names that are hard on a language: quotes, a backslash, its own comment, letters beyond ASCII. */
const HOSTS = ["pc-1", "o'neill", 'say "so"', "back\\slash", "--x", "// y", "büro", "10.0.0.7", "::1"];

/** Some key of each family, so that queries filter by it; any will do. */
const KEYS = ["1", "AssumeRole", "vpcflow", "resolver-query", "conn", "ProcessRollup2", "DeviceProcessEvents/ProcessCreated", "Add user", "a'b\"c"];

/**
 * Every query that a backend can make: each family with each field that its table names, restricted to keys and to a roster; and those that
 * count once more without either.
 */
export function everyQuery(backend: BackendId): readonly PackQuery[] {
  const families = familiesOf(backend).map((family): Omit<WantedFamily, "keys"> & { readonly tables: readonly string[] } => {
    const from = sourceOf(backend, family);
    const tables = [from, ...(from?.also ?? [])].flatMap((source) => (source === null ? [] : [source.fields, ...Object.values(source.tables ?? {})]));
    return { family, fields: [...new Set(tables.flatMap((fields) => Object.keys(fields)))].sort(), tables: Object.keys(from?.tables ?? {}).map((key) => key.replace("#snapshot", "")) };
  });
  const made = (keys: (tables: readonly string[]) => readonly string[], roster: readonly string[] | null) =>
    makeQueryPack({ segment: 'The "office"; it\'s --one\\', backend, roster, wanted: families.map(({ family, fields, tables }) => ({ family, fields, keys: keys(tables) })) }).queries;
  // Without keys and roster only the filters differ: one query of a table shows them.
  return [...made((tables) => [...KEYS, ...tables], HOSTS), ...made(() => ["*"], null).filter(({ purpose }) => purpose === "measure")];
}
