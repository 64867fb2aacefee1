import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { assess } from "@/lib/assessment/assess";
import { DAY_MS } from "@/lib/assessment/instants";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { aged, AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRecords, makeRequirement, makeSegment } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { statusRank } from "@/lib/assessment/status";
import { segmentSourcesSchema } from "./segment-sources";
import { plainText } from "./sentence";
import { decideState } from "./telemetry-cell";
import { arrangeTelemetry, openTelemetry } from "./telemetry-evidence";
import { buildTelemetryMap, composeTelemetryMap, describeSources, groupOfFamily, listCitedFamilies } from "./telemetry-map";
import { sayTelemetry } from "./telemetry-sentence";
import { describeSourceFacts } from "./telemetry-source";
import { projectAdditions } from "./telemetry-what-if";

const open = (input: ScoringInput) => openTelemetry(input, assess(input));
const mapOf = (input: ScoringInput) => {
  const view = buildTelemetryMap(open(input), { assessment: 1, later: 0 });
  return { view, cell: (family: string, segment = 0) => view.cells.find((cell) => cell.segment === segment && view.families[cell.family]?.id === family) };
};
const esf = (changes: Parameters<typeof makeInput>[0]) => mapOf(makeInput(changes)).cell("macos-esf");
const roster = (count: number) => Array.from({ length: count }, (_, n) => ({ host: `h${n + 1}`, platform: "macOS" }));

describe("a source in a segment", () => {
  test("that nobody sees or claims is absent, and still says which analytics could use it", () => {
    expect(esf({})).toMatchObject({ state: "absent", flags: [], hosts: 0, of: 100, newest: null, analytics: 1, cited: 1, served: 0, asked: 1, met: 0 });
  });
  test("that is only claimed is claimed, whatever the number of claims", () => {
    expect(esf({ claims: [makeClaim(), makeClaim({ source: "another" })] })).toMatchObject({ state: "claimed", claims: 2, records: 0 });
  });
  test("is not claimed by what cannot count", () => {
    expect(esf({ claims: [makeClaim({ hosts: 0 }), makeClaim({ asOf: AT + DAY_MS }), makeClaim({ impossible: "no such event" })] })).toMatchObject({ state: "absent", claims: 0 });
  });
  test("is conditional where every claim is", () => {
    expect(esf({ claims: [makeClaim({ condition: "only /usr/bin" })] })?.flags).toContain("conditional");
    expect(esf({ claims: [makeClaim({ condition: "only /usr/bin" }), makeClaim()] })?.flags).not.toContain("conditional");
  });
  test("is proven where its records prove every component asked of it", () => {
    expect(esf({ aggregates: fromHosts(20) })).toMatchObject({ state: "proven", hosts: 20, of: 100, records: 20, newest: AT - DAY_MS, served: 1, met: 1, flags: ["hosts-unverified"] });
  });
  test("proves nothing with empty fields, or from too few hosts", () => {
    expect(esf({ aggregates: fromHosts(20, { shape: 1 }) })).toMatchObject({ state: "thin", records: 20, served: 0 });
    expect(esf({ aggregates: fromHosts(4) })).toMatchObject({ state: "thin", hosts: 4 });
  });
  test("proves a part where another component is short", () => {
    const second = makeRequirement({ component: { id: "DC0039", name: "File Creation" }, alternatives: [makeAlternative({ channel: "ES_EVENT_TYPE_NOTIFY_CREATE", accepts: 1 })] });
    const changes = { acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited" as const, fields: 0 }]], analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement(), second] })] };
    expect(esf({ ...changes, aggregates: fromHosts(20) })).toMatchObject({ state: "part", asked: 2, met: 1, served: 1 });
  });
  test("with old records alone is stale and served nothing", () => {
    expect(esf({ aggregates: fromHosts(20).map((row) => aged(row)) })).toMatchObject({ state: "stale", flags: ["stale"], hosts: 0, newest: AT - 50 * DAY_MS, served: 0 });
  });
  test("that a complete measurement shows silent is silent, whatever records it has", () => {
    const measurements: ScoringInput["measurements"] = [{ segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT }];
    expect(esf({ aggregates: fromHosts(20, { freshFirst: AT - 5 * DAY_MS, freshLast: AT - 5 * DAY_MS }), measurements })).toMatchObject({ state: "silent", served: 0, flags: expect.arrayContaining(["silent"]) });
  });
  test("contradicts a claim where the scorer says so", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }]];
    const input = { acceptSets, aggregates: [makeRecords("h1", 1500, { kind: "macos-esf:open" })], claims: [makeClaim()] };
    expect(esf(input)?.flags).toContain("contradicted");
    expect(esf({ ...input, aggregates: [makeRecords("h1", 500, { kind: "macos-esf:open" })] })?.flags).not.toContain("contradicted");
  });
  test("counts hosts of the roster only, and never more than there are", () => {
    const segments = [makeSegment("mac", { roster: roster(10), assets: 10 })];
    expect(esf({ segments, aggregates: [...fromHosts(10), makeRecords("stranger", 5)] })).toMatchObject({ hosts: 10, of: 10, records: 10, flags: [] });
    expect(esf({ segments: [makeSegment("mac", { assets: 5 })], aggregates: fromHosts(20) })).toMatchObject({ hosts: 5, of: 5 });
  });
  test("that an equivalent reference would take serves it, and is not named by it", () => {
    const input = makeInput({ acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }, { kind: "edr-santa:EXEC", met: "equivalent", fields: 0 }]], aggregates: fromHosts(20, { kind: "edr-santa:EXEC" }) });
    expect(mapOf(input).cell("edr-santa")).toMatchObject({ cited: 0, analytics: 1, served: 1, state: "proven" });
    expect(mapOf(input).cell("macos-esf")).toMatchObject({ cited: 1, served: 0, state: "absent" });
    expect(mapOf({ ...input, policy: { ...input.policy, asCitedOnly: true } }).cell("edr-santa")).toMatchObject({ served: 0, state: "thin" });
  });
  test("takes the grades of its own probes, the worst first", () => {
    const quality: ScoringInput["quality"] = (["pass", "warn", "pass", "fail"] as const).map((grade, n) => ({ segment: "mac", family: n === 3 ? null : "macos-esf", probe: `p${n}`, grade, value: 0, unit: "count", n: 40, says: "" }));
    expect(esf({ quality })?.quality).toEqual({ worst: "warn", fail: 0, warn: 1, indicative: 0, pass: 2 });
  });
  test("does not apply where no platform, analytic, record or claim brings it", () => {
    const { view, cell } = mapOf(makeInput());
    expect(cell("windows-sysmon")).toBeUndefined();
    expect(view.families.some(({ id }) => id === "windows-sysmon")).toBe(false);
  });
});

describe("the map", () => {
  test("of what was kept is that of the evidence, and one segment's part of the input says of its sources what the whole says", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const evidence = openTelemetry(input, assess(input));
        const kept = z.array(segmentSourcesSchema).parse(JSON.parse(JSON.stringify(describeSources(evidence))));
        const { at, policy: { freshDays, silentHours } } = input;
        const view = buildTelemetryMap(evidence, { assessment: 1, later: 0 });
        expect(composeTelemetryMap(kept, { assessment: 1, at, freshDays, silentHours, cited: listCitedFamilies(evidence), later: 0 })).toEqual(view);
        input.segments.forEach((segment, position) => {
          const own = <T extends { readonly segment: string }>(list: readonly T[]): T[] => list.filter((one) => one.segment === segment.id);
          const part = { ...input, segments: [segment], claims: own(input.claims), measurements: own(input.measurements), aggregates: own(input.aggregates), quality: own(input.quality ?? []), joins: [], tests: [], exclusions: [], links: [] };
          const alone = arrangeTelemetry(part, { bySegment: [evidence.bySegment[position] ?? []], contradicted: [evidence.contradicted[position] ?? new Set()] });
          for (const { id } of view.families) expect(describeSourceFacts(alone, 0, id)).toEqual(describeSourceFacts(evidence, position, id));
        });
      }),
      { numRuns: 40 },
    );
  });

  test("is never better than the cells that rest on it: what it serves, the scorer proves", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const result = assess(input);
        const view = buildTelemetryMap(openTelemetry(input, result), { assessment: 1, later: 0 });
        for (const cell of view.cells) {
          expect(cell.served).toBeLessThanOrEqual(cell.analytics);
          if (cell.served > 0) expect(result.cells.some(({ segment, detail }) => segment === cell.segment && (result.details[detail]?.requirements ?? []).some((line) => result.requirements[line]?.alternatives.some(({ proven }) => proven)))).toBe(true);
          expect(cell.met).toBeLessThanOrEqual(cell.asked);
          expect(cell.of === 0 || cell.hosts <= cell.of).toBe(true);
          if (cell.state === "proven" || cell.state === "part") expect(cell.records).toBeGreaterThan(0);
          if (cell.state === "silent" || cell.state === "stale" || cell.state === "claimed" || cell.state === "absent") expect(cell.served).toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });
  test("with single-platform segments, an observed analytic is served by some source", () => {
    const input = makeInput({ aggregates: fromHosts(20) });
    const { view } = mapOf(input);
    expect(assess(input).cells[0]?.status).toBe("observed");
    expect(view.segments[0]).toMatchObject({ observed: 1, applicable: 1 });
    expect(view.cells.some(({ served }) => served === 1)).toBe(true);
  });
  test("puts sources where people look for them", () => {
    expect(groupOfFamily("macos-esf")).toBe("macOS");
    expect(groupOfFamily("nsm-zeek")).toBe("Network");
    expect(groupOfFamily("aws-cloudtrail")).toBe("Cloud");
    expect(groupOfFamily("edr-defender")).toBe("Several systems");
    expect(groupOfFamily("no-such-family")).toBe("Other");
  });
  test("says its troubles in words", () => {
    const calm = mapOf(makeInput({ aggregates: fromHosts(20) })).view;
    expect(plainText(sayTelemetry(calm))).toBe("1 source sends fresh records, from 1 of 1 segment; analytics name 1 source there. None is silent, stale or contradicted.");
    const stale = mapOf(makeInput({ aggregates: fromHosts(20).map((row) => aged(row)) })).view;
    expect(plainText(sayTelemetry(stale))).toBe("0 sources send fresh records, from 0 of 1 segment; analytics name 1 source there. 1 sent nothing in the window.");
  });
  test("state by state, the first that holds", () => {
    const facts = { silent: false, records: 5, stale: 5, asked: 2, met: 2, served: 3, claims: 1 };
    expect(decideState({ ...facts, silent: true })).toBe("silent");
    expect(decideState(facts)).toBe("proven");
    expect(decideState({ ...facts, met: 1 })).toBe("part");
    expect(decideState({ ...facts, asked: 0, met: 0, served: 0 })).toBe("thin");
    expect(decideState({ ...facts, records: 0 })).toBe("stale");
    expect(decideState({ ...facts, records: 0, stale: 0 })).toBe("claimed");
    expect(decideState({ ...facts, records: 0, stale: 0, claims: 0 })).toBe("absent");
  });
});

describe("behind a cell", () => {
  const facts = (changes: Parameters<typeof makeInput>[0], family = "macos-esf") => describeSourceFacts(open(makeInput(changes)), 0, family);
  test("keys are seen, claimed and asked for, each with what is short", () => {
    const found = facts({ aggregates: [...fromHosts(20), makeRecords("h1", 3, { kind: "macos-esf:create" })], claims: [makeClaim({ channel: "mount", kinds: ["macos-esf:mount"] })] });
    const kinds = new Map(found?.kinds.map((kind) => [kind.key, kind]));
    expect(kinds.get("exec")).toMatchObject({ records: 20, hosts: 20, cited: 1, accepted: 1, proves: ["Process Creation"], why: "", claimed: false });
    expect(kinds.get("create")).toMatchObject({ records: 3, cited: 0, accepted: 0 });
    expect(kinds.get("mount")).toMatchObject({ records: 0, claimed: true, last: null });
  });
  test("what is short of a proof is said", () => {
    expect(facts({ aggregates: fromHosts(20, { shape: 1 }) })?.kinds[0]?.why).toContain("cmd");
    expect(facts({ aggregates: fromHosts(2) })?.kinds[0]?.why).toBe("from 2 hosts: too few");
    expect(facts({ segments: [makeSegment("mac", { roster: roster(3) })], aggregates: [makeRecords("stranger", 7)] })?.kinds[0]?.why).toBe("7 fresh records, none of a host of the segment");
  });
  test("fields are counted over the records that need them", () => {
    const found = facts({ aggregates: [makeRecords("h1", 60), makeRecords("h2", 40, { shape: 1 })] });
    expect(found?.fields.find(({ id }) => id === "cmd")).toMatchObject({ filled: 60, requiredBy: expect.arrayContaining(["Command Execution"]) });
    expect(found?.fields.find(({ id }) => id === "ts")).toMatchObject({ filled: 100, of: 100 });
  });
  test("hosts that never spoke are named, and so are strangers", () => {
    const found = facts({ segments: [makeSegment("mac", { roster: roster(4), assets: 4 })], aggregates: [makeRecords("h2", 1), makeRecords("zz", 1), aged(makeRecords("h3", 1))] });
    expect(found?.neverSeen).toEqual(["h1", "h4"]);
    expect(found?.foreign).toEqual(["zz"]);
    expect(found?.ages.map(({ hosts }) => hosts)).toEqual([0, 0, 1, 0, 0, 1, 2]);
  });
  test("a claim that does not count says why", () => {
    expect(facts({ claims: [makeClaim({ hosts: 0 })] })?.claims).toMatchObject([{ counts: false, because: "it claims no host" }]);
    expect(facts({ claims: [makeClaim({ asOf: AT - 400 * DAY_MS })] })?.claims).toMatchObject([{ counts: false, because: "older than 365 days" }]);
  });
  test("an analytic that the source does not serve says what was never seen", () => {
    expect(facts({})?.analytics).toMatchObject([{ id: "AN0001", status: "blind", cites: true, why: "Process Creation: macos-esf:exec never seen" }]);
    expect(facts({ aggregates: fromHosts(20) })?.analytics).toMatchObject([{ id: "AN0001", status: "observed", why: "" }]);
  });
  test("what does not apply has nothing behind it", () => expect(facts({}, "windows-sysmon")).toBeNull());
});

describe("what a source could give", () => {
  const second = makeRequirement({ component: { id: "DC0039", name: "File Creation" }, alternatives: [makeAlternative({ channel: "ES_EVENT_TYPE_NOTIFY_CREATE", accepts: 1 })] });
  const input = makeInput({
    acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited", fields: 0 }]],
    analytics: [makeAnalytic("AN0001"), makeAnalytic("AN0002", { requirements: [makeRequirement(), second] })],
  });
  const project = (kinds: readonly string[], on = input) => projectAdditions(on, assess(on), [{ segment: "mac", name: "sensor", kinds, hosts: null }]);

  test("at best makes cells declared", () => {
    const { segments, fleet } = project(["macos-esf:exec", "macos-esf:create"]);
    expect(segments[0]?.claimed).toEqual([{ analytic: "AN0001", from: "blind", to: "declared" }, { analytic: "AN0002", from: "blind", to: "declared" }]);
    expect(segments[0]?.requirements).toEqual([{ component: "Process Creation", cells: 2 }, { component: "File Creation", cells: 1 }]);
    expect(fleet).toMatchObject({ claimed: 2, cells: 2 });
    expect(segments[0]?.ceiling).toEqual({ now: 0, then: 1_000_000, n: 2 });
  });
  test("touches a cell without completing it where something else is missing", () => {
    expect(project(["macos-esf:exec"]).segments[0]).toMatchObject({ cells: 2, claimed: [{ analytic: "AN0001" }] });
  });
  test("adds nothing where everything is claimed already, or nobody asks", () => {
    const claimed = makeInput({ ...input, claims: [makeClaim({ kinds: ["macos-esf:exec", "macos-esf:create"] })] });
    expect(project(["macos-esf:exec"], claimed).fleet).toMatchObject({ claimed: 0, cells: 0 });
    expect(project(["macos-esf:mount"]).fleet).toMatchObject({ claimed: 0, cells: 0 });
    expect(project([]).segments).toEqual([]);
  });
  test("completes a cell whose other requirement is proven; its status stays partial", () => {
    const half = makeInput({ ...input, aggregates: fromHosts(20) });
    expect(project(["macos-esf:create"], half).segments[0]?.claimed).toEqual([{ analytic: "AN0002", from: "partial", to: "partial" }]);
  });
  test("says where today's records speak against it", () => {
    const loud = makeInput({ ...input, aggregates: [makeRecords("h1", 1500, { kind: "macos-esf:open" })] });
    expect(project(["macos-esf:exec"], loud).segments[0]?.contradicted).toBeGreaterThan(0);
  });
  test("property: no projection proves anything, and none takes anything away", () => {
    fc.assert(
      fc.property(scoringInput, (given) => {
        const before = assess(given);
        const kinds = [...new Set(given.acceptSets.flatMap((set) => set.map(({ kind }) => kind)))];
        const additions = given.segments.map(({ id }) => ({ segment: id, name: "all", kinds, hosts: null }));
        for (const segment of projectAdditions(given, before, additions).segments) {
          for (const { from, to } of segment.claimed) {
            expect(statusRank(to)).toBeGreaterThanOrEqual(statusRank(from));
            expect(statusRank(to)).toBeLessThan(statusRank("observed"));
          }
          expect(segment.claimed.length).toBeLessThanOrEqual(segment.cells);
          expect(segment.byComponent).toBeLessThanOrEqual(segment.cells);
        }
      }),
      { numRuns: 60 },
    );
  });
});
