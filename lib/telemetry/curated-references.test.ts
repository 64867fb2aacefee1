import { describe, expect, test } from "vitest";
import { curatedReference, curatedReferences } from "./curated-references";
import { equivalenceClasses } from "./equivalence";
import { carries } from "./record-kinds";
import { referenceDigest } from "./reference-digest";
import { resolveLogSource } from "./resolve-log-source";
import macos from "./tables/curated-macos.json";
import reviewed from "./tables/curated-reviewed.json";
import uncited from "./tables/curated-uncited.json";
import { hasBundle, readReferences, type Cited } from "./testing/read-references";

/**
 * The rule of "widest reach", from the catalogue alone: an analytic that serves more (technique, tactic) pairs comes first, then
 * one whose log sources (data component and name) more analytics of its platform share: what is wrong there is wrong often.
 */
function widestReach(cited: readonly Cited[], platform: string, count: number): readonly string[] {
  const own = cited.filter((item) => item.platform === platform);
  const source = ({ ref }: Cited): string => `${ref.component.id}\n${ref.name.toLowerCase()}`;
  const sharing = new Map<string, Set<string>>();
  for (const item of own) sharing.set(source(item), (sharing.get(source(item)) ?? new Set()).add(item.analytic));
  const reach = new Map<string, { served: number; sharing: Set<string> }>();
  for (const item of own) {
    const known = reach.get(item.analytic) ?? { served: new Set(item.techniques).size * new Set(item.tactics).size, sharing: new Set<string>() };
    for (const other of sharing.get(source(item)) ?? []) known.sharing.add(other);
    reach.set(item.analytic, known);
  }
  return [...reach].sort(([a, x], [b, y]) => y.served - x.served || y.sharing.size - x.sharing.size || (a < b ? -1 : 1)).slice(0, count).map(([analytic]) => analytic);
}

const rows = [...macos, ...reviewed, ...uncited];

describe("references that somebody read and judged", () => {
  const present = hasBundle("enterprise");
  const cited = present ? readReferences("enterprise") : [];

  test.skipIf(!present)("cover every reference of the 50 macOS analytics with the widest reach", () => {
    const widest = new Set(widestReach(cited, "macOS", 50));
    const theirs = cited.filter(({ analytic }) => widest.has(analytic));
    console.log(`the 50 macOS analytics with the widest reach (${theirs.length} references): ${[...widest].join(" ")}`);
    expect(widest.size).toBe(50);
    const open = theirs.filter(({ ref, platform }) => resolveLogSource(ref, platform).basis !== "curated");
    expect(open.map(({ analytic, position, ref }) => `${analytic}/${position} ${ref.name}: ${ref.channel}`)).toEqual([]);
  });

  test.skipIf(!present)("are all cited by the release, at the place that the table names", () => {
    const everywhere = [...cited, ...(["mobile", "ics"] as const).flatMap((domain) => (hasBundle(domain) ? readReferences(domain) : []))];
    const places = new Map(everywhere.map(({ analytic, position, ref }) => [`${analytic}/${position}`, referenceDigest(ref.component.id, ref.name, ref.channel)]));
    const lost = rows.flatMap((row) => row.references).filter((entry) => places.get(entry.split(" ")[0] ?? "") !== entry.split(" ")[1]);
    expect(lost).toEqual([]);
  });

  test("name record kinds that carry the component, and classes that exist for it", () => {
    const classes = new Set(equivalenceClasses());
    for (const row of rows) {
      const component = row.component.slice(0, 6);
      expect(row.kinds.filter((kind) => !carries(kind, component)), `${row.component} ${row.reason}`).toEqual([]);
      expect(row.classes.filter((name) => !classes.has(name) || !name.startsWith(component)), `${row.component} ${row.reason}`).toEqual([]);
    }
  });

  test("say why in a sentence, by whom, and what to collect where the record is not written", () => {
    for (const row of curatedReferences()) {
      expect(row.reason).toMatch(/^[A-Z/a-z].*\.$/);
      if (row.verdict === "not-producible" || row.verdict === "platform-mismatch") expect(row.substitute && row.source, row.reason).toBeTruthy();
      const open = row.verdict === "producible" && row.kinds.length === 0;
      if (open) expect(row.classes.length > 0 !== row.anyCarrier, row.reason).toBe(true);
      expect(row.uncited !== undefined, row.reason).toBe(open); // nothing to cite, and why
      expect(row.uncited).not.toBe("not-judged");
    }
    expect(rows.filter((row) => row.source === "")).toEqual([]);
  });

  test("judge each reference once", () => {
    const digests = rows.flatMap((row) => row.references.map((entry) => entry.split(" ")[1]));
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("are found whatever the case, blanks and misspelling of the name, and only for their component", () => {
    const channel = "Execution of Python, Swift, or other binaries invoking archiving libraries";
    expect(curatedReference("DC0032", "  MACOS:unifiedlog ", `  ${channel.toUpperCase()} `)).not.toBeNull();
    expect(curatedReference("DC0033", "macos:unifiedlog", channel)).toBeNull();
    expect(referenceDigest("DC0032", "NSM:FLow", "a  b")).toBe(referenceDigest("DC0032", "nsm:flow", " A b "));
  });
});
