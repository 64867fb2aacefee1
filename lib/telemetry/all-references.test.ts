import { describe, expect, test } from "vitest";
import { carriersOf, isOn } from "./carriers";
import { UNKNOWN_FAMILY } from "./family-of";
import { carries } from "./record-kinds";
import { resolveLogSource } from "./resolve-log-source";
import { hasBundle, readReferences } from "./testing/read-references";
import { unresolvedReport } from "./unresolved-report";

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

// uncited: how many references the source itself cannot meet, by the reason that each states; noCarrier: nothing on the platform can.
const DOMAINS = [
  { domain: "enterprise", references: 4182, named: 0.78, unknownKeys: 1, noCarrier: 9, uncited: { "not-logged": 434, "other-act": 100, elsewhere: 13, behaviour: 8, "not-read": 4, "no-such-record": 1 } },
  { domain: "mobile", references: 573, named: 0.24, unknownKeys: 0, noCarrier: 0, uncited: { "not-logged": 3, "other-act": 1 } },
  { domain: "ics", references: 287, named: 0.18, unknownKeys: 0, noCarrier: 0, uncited: {} },
] as const;

describe.each(DOMAINS)("the log-source references of $domain 19.1", ({ domain, references, named, unknownKeys, noCarrier, uncited }) => {
  const present = hasBundle(domain);
  const cited = present ? readReferences(domain) : [];

  test.skipIf(!present)("all resolve to a family and their component", () => {
    expect(cited).toHaveLength(references);
    const resolved = cited.map(({ ref, platform }) => resolveLogSource(ref, platform));
    expect(resolved.filter((item) => item.family === UNKNOWN_FAMILY.id)).toEqual([]);
    expect(resolved.every((item, at) => item.component.id === cited[at]?.ref.component.id)).toBe(true);
    const basis = tally(resolved.map((item) => item.basis));
    const share = ((basis["curated"] ?? 0) + (basis["channel"] ?? 0)) / cited.length;
    const verdicts = tally(resolved.map((item) => item.verdict));
    const report = unresolvedReport(cited);
    const unresolved = tally(report.map((item) => item.what));
    const why = tally(report.flatMap((item) => (item.what === "no-cited-kind" ? [item.why ?? "not-judged"] : [])));
    console.log(`${domain} 19.1: ${cited.length} references; basis ${JSON.stringify(basis)} (${(100 * share).toFixed(1)} % curated or channel); verdicts ${JSON.stringify(verdicts)}; cannot be met as cited ${JSON.stringify(why)}; open ${JSON.stringify(unresolved)}`);
    expect(share).toBeGreaterThanOrEqual(named);
    expect(unresolved["unknown-source"] ?? 0).toBe(0);
    expect(unresolved["unknown-component"] ?? 0).toBe(0);
    expect(unresolved["unknown-key"] ?? 0).toBe(unknownKeys);
    expect(unresolved["no-carrier"] ?? 0).toBe(noCarrier);
    expect(why).toEqual(uncited); // every one was read: none is "not-judged"
  });

  test.skipIf(!present)("accept only kinds of the platform that carry the component and can be written", () => {
    for (const { ref, platform } of cited) {
      const resolution = resolveLogSource(ref, platform);
      expect(resolution.accepts.filter((item) => !carries(item.kind, ref.component.id) || !isOn(item.kind, platform))).toEqual([]);
      expect(new Set(resolution.accepts.map((item) => item.kind)).size).toBe(resolution.accepts.length);
      if (resolution.verdict !== "producible") expect(resolution.accepts.filter((item) => item.met === "as-cited")).toEqual([]);
      if (resolution.verdict === "external") expect(resolution.accepts).toEqual([]);
      if (resolution.verdict === "not-producible") expect(resolution.substitute && resolution.source).toBeTruthy();
      expect(resolution.accepts.filter((item) => !item.fields.required.includes("ts"))).toEqual([]);
      expect(resolution.reason).toMatch(/\.$/);
    }
  });

  test.skipIf(!present)("have a carrier on their platform, or a reason and a source why there is none", () => {
    const silent = cited.flatMap(({ ref, platform }) => {
      const carriers = carriersOf(ref.component.id, platform);
      return carriers.kinds.length > 0 || (carriers.none && carriers.none.source !== "") ? [] : [`${ref.component.name} on ${platform ?? "any"}`];
    });
    expect([...new Set(silent)]).toEqual([]);
  });

  test.skipIf(!present)("mean the same whatever the case of the name and the blanks around and between", () => {
    for (const { ref, platform } of cited) {
      const plain = resolveLogSource(ref, platform);
      for (const name of [ref.name.toUpperCase(), `\t${ref.name.toLowerCase()}  `]) {
        const dressed = resolveLogSource({ ...ref, name, channel: ` ${ref.channel.replace(/ /g, "  ")}\t` }, platform);
        expect({ ...dressed, reason: "" }).toEqual({ ...plain, reason: "" }); // reasons quote the name as it was written
      }
    }
  });
});
