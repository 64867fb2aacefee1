import { describe, expect, test } from "vitest";
import { carriersOf } from "./carriers";
import { componentById } from "./component-index";
import { equivalenceClasses, membersOfClass } from "./equivalence";
import families from "./families.json";
import { familyOf, foldName, UNKNOWN_FAMILY } from "./family-of";
import { splitKind } from "./record-kinds";
import { hasBundle, readReferences, type Cited } from "./testing/read-references";
import standAlone from "./__fixtures__/stand-alone.json";

/*
 * Every (data component, platform) that release 19.1 asks for, in all three domains, walked through the tables: something
 * carries it or a reason says why nothing does; where several sources tell of the same act, a class joins two of them or the
 * list of those that stand alone says why none can be joined.
 */
const DOMAINS = ["enterprise", "mobile", "ics"] as const;
const present = DOMAINS.every(hasBundle);
const cited: readonly Cited[] = present ? DOMAINS.flatMap((domain) => readReferences(domain)) : [];

interface Pair {
  readonly id: string;
  readonly name: string;
  readonly platform: string | null;
}
const pairs = [...new Map(cited.map(({ ref, platform }): [string, Pair] => [`${ref.component.id} ${platform ?? ""}`, { id: ref.component.id, name: ref.component.name, platform }])).values()];

describe("the tables, for every component on every platform that a release asks for", () => {
  test.skipIf(!present)("name what carries it, or why nothing does and who says so", () => {
    const none = pairs.filter(({ id, platform }) => carriersOf(id, platform).kinds.length === 0);
    console.log(`${pairs.length} pairs of component and platform, ${none.length} without a carrier for a stated reason`);
    expect(pairs).toHaveLength(440);
    expect(none.filter(({ id, platform }) => (carriersOf(id, platform).none?.source ?? "") === "")).toEqual([]);
    expect(none.filter(({ platform }) => platform !== "PRE").map(({ name, platform }) => `${name} on ${platform ?? "any"}`).sort()).toEqual([
      "Domain Registration on ESXi", "Domain Registration on Windows", "Instance Creation on Windows", "Instance Start on Windows", "Module Load on Network Devices", "OS API Execution on Network Devices",
      "Process Metadata on Network Devices", "Response Content on macOS", "Response Metadata on Linux", "Scheduled Job Creation on ESXi", "Script Execution on Network Devices", "Web Credential Usage on macOS",
      "Windows Registry Key Modification on macOS",
    ]);
  });

  test.skipIf(!present)("join sources that tell of the same act, or say why each stands alone", () => {
    const familiesOf = (kinds: readonly string[]): Set<string> => new Set(kinds.map((kind) => splitKind(kind).family));
    const alone = pairs.filter(({ id, platform }) => {
      if (componentById(id)?.kind !== "event") return false;
      const { kinds } = carriersOf(id, platform);
      const joined = equivalenceClasses().some((name) => name.startsWith(`${id}/`) && familiesOf(membersOfClass(name).filter((kind) => kinds.includes(kind))).size > 1);
      return familiesOf(kinds).size > 1 && !joined;
    });
    const reasonOf = ({ id, platform }: Pair) => standAlone.filter((row) => (row.components ?? [id]).some((label) => label.startsWith(id)) && (row.platforms === undefined || (platform !== null && row.platforms.includes(platform))));
    expect(alone.filter((pair) => reasonOf(pair).length === 0).map(({ name, platform }) => `${name} on ${platform ?? "any"}`)).toEqual([]);
    const used = new Set(alone.flatMap(reasonOf));
    expect(standAlone.filter((row) => !used.has(row))).toEqual([]); // no reason outlives its case
  });
});

describe("names of log sources", () => {
  const names = [...new Set(cited.map(({ ref }) => ref.name))];

  test.skipIf(!present)("all belong to a family, and every alias is the name of a source that a release misspells", () => {
    expect(names.filter((name) => familyOf(name) === UNKNOWN_FAMILY)).toEqual([]);
    const published = new Set(names.map((name) => name.trim().replace(/\s+/g, " ").toLowerCase()));
    const aliases = Object.entries(families.aliases);
    for (const [from, to] of aliases) expect(familyOf(to), `${from} -> ${to}`).not.toBe(UNKNOWN_FAMILY);
    expect(aliases.filter(([from]) => !published.has(from.toLowerCase()))).toEqual([]);
    console.log(`${names.length} names of log sources in ${families.families.length} families; ${aliases.length} aliases`);
  });

  test.skipIf(!present)("that differ by case, blanks or one letter mean one source", () => {
    const folded = [...new Set(names.map((name) => foldName(name).toLowerCase()))];
    const plain = (name: string): string => name.replace(/[^a-z0-9]/g, "");
    const slips = folded.flatMap((a, at) => folded.slice(at + 1).flatMap((b) => (oneLetterApart(plain(a), plain(b)) && familyOf(a).id !== familyOf(b).id ? [`${a} (${familyOf(a).id}), ${b} (${familyOf(b).id})`] : [])));
    expect(slips).toEqual([]);
  });
});

/** Whether two words are equal or differ by one letter added, left out or replaced; short ones are too much alike to tell. */
function oneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 8 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
