import { compareCodeUnits } from "@/lib/shared/canonical-json";

/** Deeper than any STIX object; a guard against files made to exhaust the stack. */
export const MAX_DEPTH = 64;

/** Change with every release and say nothing about content: 20,307 relationships got a new `modified` in 19.1, two differed. */
const IGNORED = new Set(["modified", "x_mitre_attack_spec_version", "spec_version"]);
/** Absent and false mean the same; releases add and drop them at will. */
const FALSE_IS_ABSENT = new Set(["revoked", "x_mitre_deprecated"]);
/** Lists whose order carries nothing. tactic_refs is not one: it is the order of the matrix. */
const SETS = new Set([
  "x_mitre_analytic_refs",
  "x_mitre_log_source_references",
  "x_mitre_log_sources",
  "x_mitre_platforms",
  "x_mitre_domains",
  "object_marking_refs",
  "external_references",
  "kill_chain_phases",
]);

/**
 * One text for one meaning of a STIX object: what release diffs compare. Keys sorted, IGNORED left out, false flags left out,
 * SETS sorted and without repetition. Never used as provenance: that is the raw hash.
 *
 * @throws RangeError when the object nests deeper than MAX_DEPTH.
 */
export function normalizeObject(object: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const key of Object.keys(object).sort(compareCodeUnits)) {
    const text = normalizeField(key, object[key]);
    if (text !== null) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(",")}}`;
}

/** The normalised text of one top-level field, or null where it counts as absent. */
export function normalizeField(key: string, value: unknown): string | null {
  if (value === undefined || IGNORED.has(key) || (value === false && FALSE_IS_ABSENT.has(key))) return null;
  if (SETS.has(key) && Array.isArray(value)) {
    return `[${[...new Set(value.map((item) => sorted(item, 2)))].sort(compareCodeUnits).join(",")}]`;
  }
  return sorted(value, 1);
}

function sorted(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) return `[${value.map((item) => sorted(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const parts = Object.entries(value)
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([key, item]) => `${JSON.stringify(key)}:${sorted(item, depth + 1)}`);
  return `{${parts.join(",")}}`;
}
