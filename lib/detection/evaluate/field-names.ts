import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import table from "./field-aliases.json";

/** Where a name that rules use may be found when the record does not carry it as it stands. */
export interface FieldName {
  readonly folded: string;
  readonly canonical: readonly string[]; // our own field ids, by the taxonomy's name
  readonly hash: string | null; // part of Hashes that it names: "MD5="
}

const BY_SIGMA_NAME = new Map<string, string[]>();
for (const { id, sigma } of CANONICAL_FIELDS.values()) {
  if (sigma !== null) BY_SIGMA_NAME.set(sigma.toLowerCase(), [...(BY_SIGMA_NAME.get(sigma.toLowerCase()) ?? []), id]);
}
for (const [name, ids] of Object.entries(table.canonical)) BY_SIGMA_NAME.set(name, [...(BY_SIGMA_NAME.get(name) ?? []), ...ids]);
const NATIVE: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map(Object.entries(table.native).map(([family, names]) => [family, new Map(Object.entries(names))]));
const HASHES = new Set(["md5", "sha1", "sha256", "imphash"]);
const MOST_KEPT = 20_000; // names come from people's rules too: the memory stays bounded
const kept = new Map<string, FieldName>();

/** A name of a rule looked up in the taxonomy, without regard to case; the same object for the same name. */
export function fieldName(name: string): FieldName {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const folded = name.toLowerCase();
  const found: FieldName = { folded, canonical: BY_SIGMA_NAME.get(folded) ?? [], hash: HASHES.has(folded) ? `${folded.toUpperCase()}=` : null };
  if (kept.size < MOST_KEPT) kept.set(name, found);
  return found;
}

/** Paths by which a family's records hold what Sigma's rules for them call by another name. */
export function nativePaths(family: string, name: string): readonly string[] {
  // Google's logs by way of a message queue wrap the entry into "data".
  if (family === "gcp" && name.startsWith("data.")) return [name.slice("data.".length)];
  return NATIVE.get(family)?.get(name.toLowerCase()) ?? NONE;
}

const NONE: readonly string[] = [];
