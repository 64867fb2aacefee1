import table from "./families.json";

/** A kind of source that writes records of one shape: what ATT&CK's log-source names fold into. */
export interface Family {
  readonly id: string; // no colon: it stands before one in a RecordKindId
  readonly title: string;
  readonly platforms: readonly string[]; // ATT&CK platforms the source runs on or reports about
  readonly products: readonly string[];
  readonly formats: readonly string[];
  readonly identify: string; // how its records are known
  readonly sigmaLogsource: Readonly<Record<string, string>>;
  readonly caveats: readonly string[];
}

/** What a name that no family claims resolves to; unresolvedReport lists every such name. */
export const UNKNOWN_FAMILY: Family = {
  id: "unknown",
  title: "Log source not known to Sightline",
  platforms: [],
  products: [],
  formats: [],
  identify: "",
  sigmaLogsource: {},
  caveats: ["The name matches no family: nothing is assumed about its records"],
};

const ENTRIES = table.families.map(({ pattern, ...family }): { family: Family; pattern: RegExp } => ({
  family: { ...family, sigmaLogsource: asStrings(family.sigmaLogsource) },
  // Case never tells two sources apart: ATT&CK writes NSM:FLow and NSM:Flow, macOS:unifiedlog and macos:unifiedlog.
  pattern: new RegExp(pattern, "i"),
}));
const ALIASES = new Map(Object.entries(table.aliases).map(([from, to]) => [from.toLowerCase(), to]));

/** All families in the order in which names are tried against them: the first match wins. */
export const FAMILIES: readonly Family[] = ENTRIES.map((entry) => entry.family);

const BY_ID = new Map(FAMILIES.map((family) => [family.id, family]));
const BY_NAME = new Map<string, Family>();

/** The family with this id, or null. */
export function familyById(id: string): Family | null {
  return BY_ID.get(id) ?? null;
}

/** The family of an ATT&CK log-source name; case, outer blanks and known misspellings do not matter. UNKNOWN_FAMILY where none claims it. */
export function familyOf(name: string): Family {
  const folded = foldName(name);
  const known = BY_NAME.get(folded);
  if (known) return known;
  const found = ENTRIES.find((entry) => entry.pattern.test(folded))?.family ?? UNKNOWN_FAMILY;
  if (BY_NAME.size < 10_000) BY_NAME.set(folded, found); // names also come from people's files: the memory stays bounded
  return found;
}

/** Trimmed, inner blanks single, misspellings replaced. */
export function foldName(name: string): string {
  const text = name.trim().replace(/\s+/g, " ");
  return ALIASES.get(text.toLowerCase()) ?? text;
}

function asStrings(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
