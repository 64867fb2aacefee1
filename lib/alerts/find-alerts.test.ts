import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { DAY_MS } from "@/lib/assessment/instants";
import { statusRank } from "@/lib/assessment/status";
import { AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRecords, makeRequirement, makeSegment } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { findAlerts, type AlertFacts, type EarlierPicture } from "./find-alerts";

const critical = makeSegment("mac", { criticality: 5 });
const facts = (input: ScoringInput, more: Partial<AlertFacts> = {}): AlertFacts => ({ before: null, now: { input, result: assess(input) }, owners: new Map([["mac", "ana"]]), acceptances: [], standing: [], ...more });
const pictureOf = (input: ScoringInput): EarlierPicture => {
  const result = assess(input);
  const observed = new Map(input.segments.map(({ id }) => [id, new Set<string>()]));
  for (const { segment, analytic, status } of result.cells) if (statusRank(status) >= statusRank("observed")) observed.get(input.segments[segment]?.id ?? "")?.add(input.analytics[analytic]?.id ?? "");
  return { releases: input.releases, values: new Map(result.segments.map(({ id, headline }) => [id, headline.observed.value])), observed };
};
const kinds = (of: AlertFacts) => findAlerts(of).map(({ kind }) => kind);
const proven = makeInput({ segments: [critical], aggregates: fromHosts(50) });

describe("after an assessment", () => {
  test("a fleet as it was tells nothing", () => {
    expect(kinds(facts(proven, { before: pictureOf(proven) }))).toEqual([]);
  });

  test("a critical segment that fell names its cells, its owner, the last host seen, and does not wait", () => {
    const [found] = findAlerts(facts(makeInput({ segments: [critical], aggregates: fromHosts(50).map((row) => ({ ...row, fresh: 0, freshFirst: null, freshLast: null, stale: 1, staleLast: AT - 40 * DAY_MS })) }), { before: pictureOf(proven) }));
    expect(found).toMatchObject({ kind: "segment-fallen", segment: "mac", owner: "ana", why: "1 cell that was observed is not any more; 0 of 1 cell are.", cells: 1, analytics: ["AN0001"], immediate: true, lastHost: { at: AT - 40 * DAY_MS } });
  });

  test("the fall stands until the number is back, over assessments that change nothing", () => {
    const fell = makeInput({ segments: [critical] });
    const standing = findAlerts(facts(fell, { before: pictureOf(proven) }));
    expect(kinds(facts(fell, { before: pictureOf(fell), standing }))).toEqual(["segment-fallen"]);
    expect(findAlerts(facts(fell, { before: pictureOf(fell), standing }))[0]?.why).toBe(standing[0]?.why);
    expect(kinds(facts(proven, { before: pictureOf(fell), standing }))).toEqual([]);
  });

  test("across two releases of ATT&CK no shares are compared: cells that fell are told, until they are observed again", () => {
    const analytics = ["AN0001", "AN0002", "AN0003"].map((id) => makeAnalytic(id));
    const [held, next] = [makeInput({ analytics: analytics.slice(0, 1), segments: [critical], aggregates: fromHosts(50) }), { releases: { enterprise: "next" } }];
    // More is asked, so the share falls, but nothing was lost.
    const more = { ...makeInput({ analytics: [...analytics.slice(0, 1), makeAnalytic("AN0002", { requirements: [makeRequirement({ alternatives: [makeAlternative({ name: "elsewhere" })] })] })], segments: [critical], aggregates: fromHosts(50) }), ...next };
    expect(kinds(facts(more, { before: pictureOf(held) }))).toEqual([]);
    const fell = { ...makeInput({ analytics, segments: [critical] }), ...next };
    const standing = findAlerts(facts(fell, { before: pictureOf(held) }));
    expect(standing).toMatchObject([{ kind: "segment-fallen", title: "mac lost 1 cell that was observed", why: expect.stringContaining("shares are not compared"), before: null, analytics: ["AN0001"] }]);
    expect(findAlerts(facts(fell, { before: pictureOf(fell), standing }))).toEqual(standing);
    expect(kinds(facts({ ...makeInput({ analytics, segments: [critical], aggregates: fromHosts(50) }), ...next }, { before: pictureOf(fell), standing }))).toEqual([]);
  });

  test("a fall in shares goes on as one of cells when the release changes", () => {
    const fell = makeInput({ segments: [critical] });
    const standing = findAlerts(facts(fell, { before: pictureOf(proven) }));
    expect(standing).toMatchObject([{ before: 500_000 }]);
    expect(findAlerts(facts({ ...fell, releases: { enterprise: "next" } }, { before: pictureOf(fell), standing }))).toMatchObject([{ before: null, analytics: ["AN0001"] }]);
    expect(kinds(facts({ ...proven, releases: { enterprise: "next" } }, { before: pictureOf(fell), standing }))).toEqual([]);
  });

  test("in a segment of low criticality it waits for the digest", () => {
    const low = { segments: [makeSegment("mac", { criticality: 3 })] };
    const before = pictureOf(makeInput({ ...low, aggregates: fromHosts(50) }));
    expect(findAlerts(facts(makeInput(low), { before }))).toMatchObject([{ kind: "segment-fallen", immediate: false }]);
  });

  test("proof that runs out within the week is told before it does, never after", () => {
    const aged = (days: number) => facts(makeInput({ segments: [critical], aggregates: fromHosts(50, { freshFirst: AT - days * DAY_MS, freshLast: AT - days * DAY_MS }) }));
    expect(kinds(aged(20))).toEqual([]);
    expect(findAlerts(aged(25))).toMatchObject([{ kind: "evidence-ageing", cells: 1, immediate: false }]);
  });

  test("a source that a complete measurement shows to be empty has gone silent", () => {
    const measurements: ScoringInput["measurements"] = [{ segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT }];
    const old = fromHosts(50, { freshFirst: AT - 3 * DAY_MS, freshLast: AT - 3 * DAY_MS });
    expect(findAlerts(facts(makeInput({ segments: [critical], aggregates: old, measurements })))).toMatchObject([{ kind: "source-silent", title: expect.stringContaining("mac"), lastHost: { at: AT - 3 * DAY_MS } }]);
  });

  test("what is silent or ages is named for the records that were seen, not for the source that ATT&CK cites, with the host seen last", () => {
    const cited = { analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative({ name: "macos:unifiedlog", family: "macos-unifiedlog" })] })] })], segments: [critical] };
    const seen = (days: number) => fromHosts(50, { freshFirst: AT - days * DAY_MS, freshLast: AT - days * DAY_MS });
    const empty: ScoringInput["measurements"] = [{ segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT }];
    expect(findAlerts(facts(makeInput({ ...cited, aggregates: seen(3), measurements: empty })))).toMatchObject([{ key: "source-silent mac macos-esf", lastHost: { at: AT - 3 * DAY_MS } }]);
    expect(findAlerts(facts(makeInput({ ...cited, aggregates: seen(25) })))).toMatchObject([{ key: "evidence-ageing mac macos-esf", why: expect.stringContaining("records (exec)"), lastHost: { host: "h1", at: AT - 25 * DAY_MS } }]);
  });

  test("a target is missed after its day, by its owner's name, with the cells that are missing and the host that came nearest to them", () => {
    const target = (date: string, more: Pick<Partial<ScoringInput>, "aggregates"> = {}) => facts(makeInput({ segments: [makeSegment("mac", { target: { value: 900_000, date, owner: "ben" } })], ...more }));
    expect(kinds(target("2026-06-15"))).toEqual([]);
    expect(findAlerts(target("2026-06-14"))).toMatchObject([{ kind: "target-missed", owner: "ben", cells: 1, analytics: ["AN0001"], lastHost: null, noHost: "No host has been seen in mac." }]);
    expect(findAlerts(target("2026-06-14", { aggregates: fromHosts(2, { kind: "macos-esf:open" }) }))).toMatchObject([{ lastHost: { host: "h1", at: AT - DAY_MS }, noHost: "" }]);
    expect(findAlerts(target("2026-06-14", { aggregates: fromHosts(2, { kind: "macos-osquery:processes" }) }))).toMatchObject([{ lastHost: null, noHost: "No host of mac has sent a record of macOS Endpoint Security." }]);
    expect(findAlerts(target("2026-06-14", { aggregates: [makeRecords("", 5)] }))).toMatchObject([{ lastHost: null, noHost: "Its records name no host." }]);
  });

  test("exclusions and accepted risks are told a fortnight before they end", () => {
    const exclusion = (expires: string) => makeInput({ segments: [critical], aggregates: fromHosts(50), exclusions: [{ segment: "mac", analytic: "AN0001", reason: "retired", owner: "cy", expires }] });
    expect(kinds(facts(exclusion("2026-07-30")))).toEqual([]);
    expect(findAlerts(facts(exclusion("2026-06-20")))).toMatchObject([{ kind: "exclusion-ending", owner: "cy", lastHost: { host: "h1", at: AT - DAY_MS } }]);
    const acceptances = [{ key: "k", segmentId: "mac", what: "no sensor", owner: "dee", expires: "2026-06-18", cells: 4, analytics: ["AN0001"] }];
    expect(findAlerts(facts(proven, { acceptances }))).toMatchObject([{ kind: "acceptance-ending", owner: "dee", cells: 4, lastHost: { host: "h1" } }]);
  });

  test("claims that the records contradict are told once per source", () => {
    const other = fromHosts(2, { kind: "macos-esf:open", fresh: 600 });
    const input = makeInput({ segments: [critical], claims: [makeClaim()], aggregates: other });
    const contradicted = assess(input).requirements.some(({ flags }) => flags.includes("contradicted"));
    expect(kinds(facts(input))).toEqual(contradicted ? ["claims-contradicted"] : []);
    expect(contradicted).toBe(true);
  });

  test("a contradicted claim is named for the source that it claims and the entry that claims it, not for the one that ATT&CK cites", () => {
    const cited = [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative({ name: "macos:unifiedlog", family: "macos-unifiedlog" })] })] })];
    const aggregates = fromHosts(2, { kind: "macos-esf:open", fresh: 600 });
    expect(findAlerts(facts(makeInput({ analytics: cited, segments: [critical], claims: [makeClaim()], aggregates })))).toMatchObject([{ key: "claims-contradicted mac macos-esf", title: 'macOS Endpoint Security in mac: the records contradict what "ES agent" claims', lastHost: { host: "h1" } }]);
  });

  test("a claimed source that is silent is named for itself, where nothing was ever sent", () => {
    const cited = [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative({ name: "macos:unifiedlog", family: "macos-unifiedlog" })] })] })];
    const measurements: ScoringInput["measurements"] = [{ segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT }];
    expect(findAlerts(facts(makeInput({ analytics: cited, segments: [critical], claims: [makeClaim()], measurements })))).toMatchObject([{ key: "source-silent mac macos-esf", lastHost: null, noHost: "No host has been seen in mac." }]);
  });

  test("every analytic of an alert is named, each once, in order", () => {
    const analytics = Array.from({ length: 45 }, (_, index) => makeAnalytic(`AN${String(45 - index).padStart(4, "0")}`));
    const [found] = findAlerts(facts(makeInput({ analytics, segments: [critical] }), { before: pictureOf(makeInput({ analytics, segments: [critical], aggregates: fromHosts(50) })) }));
    expect(found).toMatchObject({ kind: "segment-fallen", cells: 45, analytics: analytics.map(({ id }) => id).sort() });
  });

  test("whatever the fleet, every alert is about a segment of it, has a key of its own, and is found again as it was", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (earlier, input) => {
        const given = facts(input, { before: pictureOf(earlier) });
        const found = findAlerts(given);
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
        for (const { segmentId, cells, analytics, lastHost, noHost } of found) {
          expect(input.segments.some(({ id }) => id === segmentId)).toBe(true);
          expect(cells).toBe(analytics.length);
          expect(lastHost === null).toBe(noHost !== "");
        }
        expect(findAlerts(given)).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });
});
