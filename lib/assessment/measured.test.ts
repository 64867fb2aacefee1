import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Measurement } from "@/lib/inventory/measurements/types";
import { assess } from "./assess";
import { DAY_MS, HOUR_MS } from "./instants";
import { measuredOf } from "./measured-of";
import { pinMeasurements } from "./pin-measurements";
import type { ScoringInput } from "./scoring-input";
import { AT, makeInput, makeRecords, makeSegment } from "./testing/make-input";

type Input = ScoringInput["measurements"][number];
const QUERY = "a".repeat(64);
const FILLED = ["cmd", "host", "ts"];

/** A measurement of the first `hosts` hosts, 1,000 records each. */
function measured(hosts: number, changes: Partial<Input> = {}, host: Partial<Input["hosts"][number]> = {}): Input {
  return { segment: "mac", kind: "macos-esf:exec", complete: false, records: true, asOf: AT - HOUR_MS, query: QUERY, system: "splunk", hosts: Array.from({ length: hosts }, (_, n) => ({ host: `h${n}`, count: 1_000, last: AT - 2 * HOUR_MS, filled: FILLED, ...host })), ...changes };
}

/** The 20 raw records that came with it: of one host, which alone is too few. */
const RAW = [makeRecords("h0", 20)];

function only(changes: Partial<ScoringInput>) {
  const result = assess(makeInput({ aggregates: RAW, claims: [], ...changes }));
  const cell = result.cells[0];
  const line = result.requirements[result.details[cell?.detail ?? -1]?.requirements[0] ?? -1];
  return { cell, best: line?.alternatives[line.best] };
}

describe("a requirement proven through a measurement", () => {
  test("raw records of too few hosts prove nothing; with the counts they came with, they do", () => {
    expect(only({}).cell?.status).toBe("blind");
    const { cell, best } = only({ measurements: [measured(80)] });
    expect(cell).toMatchObject({ status: "observed", reach: 800_000 });
    expect(best).toMatchObject({ evidence: "measured", proven: true, met: "as-cited", hosts: 80, newest: AT - 2 * HOUR_MS });
    expect(best?.why?.text).toMatch(/Measured on .* in splunk, query aaaaaaaaaaaa; 20 raw records of it are kept\./);
  });

  test("counts whose raw records are not there stay a claim, however large", () => {
    expect(only({ measurements: [measured(80, { records: false })] })).toMatchObject({ cell: { status: "declared" }, best: { evidence: "measured", proven: false } });
    expect(only({ aggregates: [], measurements: [measured(80)] })).toMatchObject({ cell: { status: "declared" } });
  });

  test("fields that were not counted, or are empty in too many records, prove nothing", () => {
    expect(only({ measurements: [measured(80, {}, { filled: ["host", "ts"] })] }).best?.proven).toBe(false);
    expect(only({ measurements: [measured(80, {}, { short: { cmd: 50 } })] }).best?.proven).toBe(true);
    expect(only({ measurements: [measured(80, {}, { short: { cmd: 51 } })] }).best?.proven).toBe(false);
  });

  test("fields that are each filled well enough need not be filled together: the least that the counts allow is taken", () => {
    const fieldSets = [{ required: ["cmd", "user"], anyOf: [] }];
    const both = { filled: [...FILLED, "user"].sort() };
    const raw = [makeRecords("h0", 20, { shape: 0 })];
    const shapes = [["cmd", "host", "ts", "user"]];
    expect(only({ fieldSets, shapes, aggregates: raw, measurements: [measured(80, {}, { ...both, short: { cmd: 25, user: 25 } })] }).best?.proven).toBe(true);
    expect(only({ fieldSets, shapes, aggregates: raw, measurements: [measured(80, {}, { ...both, short: { cmd: 30, user: 30 } })] }).best?.proven).toBe(false);
    const anyOf = [{ required: [], anyOf: [["cmd", "user"]] }];
    expect(only({ fieldSets: anyOf, shapes, aggregates: raw, measurements: [measured(80, {}, { ...both, short: { cmd: 900, user: 25 } })] }).best?.proven).toBe(true);
  });

  test("a count of another class of object cannot be told apart, so it never proves one", () => {
    expect(only({ fieldSets: [{ required: ["cmd"], anyOf: [], objects: ["file"] }], measurements: [measured(80)] }).best?.proven).toBe(false);
  });

  test("old, future and foreign rows do not count", () => {
    expect(only({ measurements: [measured(80, {}, { last: AT - 31 * DAY_MS })] }).best?.proven).toBe(false);
    expect(only({ measurements: [measured(80, {}, { last: AT + HOUR_MS })] }).best?.proven).toBe(false);
    expect(only({ measurements: [measured(80, { asOf: AT + HOUR_MS })] }).best?.proven).toBe(false);
    const segments = [{ ...makeSegment("mac"), roster: [{ host: "h0", platform: "macOS" }] }];
    expect(only({ segments, measurements: [measured(80)] }).best?.hosts).toBe(1);
  });

  test("samples that suffice alone are named as the evidence, and the measurement still raises reach", () => {
    const aggregates = Array.from({ length: 5 }, (_, n) => makeRecords(`h${n}`, 1));
    expect(only({ aggregates, measurements: [measured(80)] })).toMatchObject({ best: { evidence: "events" }, cell: { reach: 800_000 } });
  });

  describe("once it is older than freshDays", () => {
    const OLD = AT - 40 * DAY_MS;
    const raw = [makeRecords("h0", 0, { stale: 20, staleLast: OLD - DAY_MS, freshFirst: null, freshLast: null })];
    const then = (changes: Partial<Input> = {}, host: Partial<Input["hosts"][number]> = {}) => measured(80, { asOf: OLD, ...changes }, { last: OLD, ...host });

    test("counts as a claim of the hosts it was measured on, with the flag stale and the day of its newest record", () => {
      const { cell, best } = only({ aggregates: raw, measurements: [then()] });
      expect(cell?.status).toBe("declared");
      expect(cell?.flags).toContain("stale");
      expect(best).toMatchObject({ evidence: "measured", proven: false, claimed: true, claimedHosts: 80 });
      expect(best?.why).toMatchObject({ code: "stale", text: expect.stringMatching(/^Was proven by macos-esf:exec, measured on .* in splunk; its newest proof is of .*, 40 days old, and 30 days are allowed\./) });
    });

    test("is a claim past claimDays too, as a proof by samples is", () => {
      const last = AT - 400 * DAY_MS;
      const { cell } = only({ aggregates: [makeRecords("h0", 0, { stale: 20, staleLast: last, freshFirst: null, freshLast: null })], measurements: [then({ asOf: last }, { last })] });
      expect(cell).toMatchObject({ status: "declared", flags: expect.arrayContaining(["stale"]) });
    });

    test("fresh raw records of too few hosts do not hide that the counts have aged", () => {
      const { cell } = only({ measurements: [then()] });
      expect(cell).toMatchObject({ status: "declared", flags: expect.arrayContaining(["stale", "thin"]) });
    });

    test.each<[string, Partial<ScoringInput>]>([
      ["no raw records", { aggregates: [], measurements: [then()] }],
      ["raw records that are not its own", { aggregates: raw, measurements: [then({ records: false })] }],
      ["too few hosts", { aggregates: raw, measurements: [{ ...then(), hosts: then().hosts.slice(0, 2) }] }],
      ["fields that were never filled", { aggregates: raw, measurements: [then({}, { filled: ["host", "ts"] })] }],
    ])("what was no proof with %s is not a stale one", (_, changes) => {
      expect(only(changes).cell?.flags).not.toContain("stale");
    });

    test("a fresh measurement of the same hosts is proof again", () => {
      expect(only({ measurements: [then(), measured(80)] }).cell).toMatchObject({ status: "observed" });
    });
  });

  test("a silent family is not proven by what was measured before", () => {
    const silence: Input = { segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT, watched: true };
    const old = [makeRecords("h0", 20, { freshLast: AT - 30 * HOUR_MS, freshFirst: AT - 30 * HOUR_MS })];
    const { cell } = only({ aggregates: old, measurements: [measured(80, {}, { last: AT - 30 * HOUR_MS }), silence] });
    expect(cell?.status).toBe("declared");
    expect(cell?.flags).toContain("silent");
  });
});

describe("a measurement of a kind whose records state their platform", () => {
  const STATED = "edr-crowdstrike:ProcessRollup2@macOS";
  const PLAIN = "edr-crowdstrike:ProcessRollup2";
  const accepts = { acceptSets: [[STATED, PLAIN].map((kind) => ({ kind, met: "as-cited" as const, fields: 0 }))], aggregates: [makeRecords("h0", 20, { kind: STATED })], measurements: [measured(80, { kind: PLAIN })] };
  const several = [makeSegment("mac", { platforms: [{ name: "Windows", hosts: 50 }, { name: "macOS", hosts: 50 }] })];
  const kindPlatforms = { [STATED]: ["macOS"], [PLAIN]: ["Windows", "macOS"] };

  test("counts for the records of the segment's single platform, as a proof and as a stale one", () => {
    expect(only(accepts)).toMatchObject({ cell: { status: "observed", reach: 800_000 }, best: { evidence: "measured", kind: STATED, hosts: 80 } });
    const old = AT - 40 * DAY_MS;
    const aged = { ...accepts, aggregates: [makeRecords("h0", 0, { kind: STATED, stale: 20, staleLast: old, freshFirst: null, freshLast: null })], measurements: [measured(80, { kind: PLAIN, asOf: old }, { last: old })] };
    expect(only(aged).cell).toMatchObject({ status: "declared", flags: expect.arrayContaining(["stale"]) });
  });

  test("proves nothing of them in a segment of several platforms, and the reason says why", () => {
    const { cell, best } = only({ ...accepts, segments: several, kindPlatforms });
    expect(cell?.status).toBe("declared");
    expect(best?.why?.text).toMatch(/The measurement of edr-crowdstrike:ProcessRollup2 proves nothing of it: it does not say on which system it counted, and the segment has 2 platforms\.$/);
  });

  test("proves nothing of records that state another platform than the segment's", () => {
    const windows = "edr-crowdstrike:ProcessRollup2@Windows";
    const other = { ...accepts, acceptSets: [[{ kind: windows, met: "as-cited" as const, fields: 0 }]], aggregates: [makeRecords("h0", 20, { kind: windows })] };
    expect(only(other).best).toMatchObject({ proven: false, why: { code: "too-few-hosts" } });
  });

  describe("in a segment of several platforms with a roster", () => {
    const roster = [...Array.from({ length: 50 }, (_, n) => ({ host: `h${n}`, platform: "macOS" })), ...Array.from({ length: 50 }, (_, n) => ({ host: `w${n}`, platform: "Windows" }))];
    const segments = several.map((segment) => ({ ...segment, roster }));
    const counted = (changes: Partial<Input> = {}) => [measured(80, { kind: PLAIN, records: false, recordsOn: ["macOS"], ...changes })]; // h0 to h49 are Macs, the others on no list

    test("proves what the roster's hosts of that platform show, and no more hosts than those", () => {
      expect(only({ ...accepts, segments, kindPlatforms, measurements: counted() })).toMatchObject({ cell: { status: "observed", reach: 1_000_000 }, best: { evidence: "measured", kind: STATED, hosts: 50 } });
    });

    test("proves nothing without raw records of that platform, however many of another came with it", () => {
      for (const recordsOn of [undefined, ["Windows"]]) expect(only({ ...accepts, segments, kindPlatforms, measurements: counted({ recordsOn, records: true }) }).cell?.status).toBe("declared");
    });

    test("a count of hosts of another platform is not even a claim", () => {
      const windows = counted().map((one) => ({ ...one, hosts: one.hosts.map((host) => ({ ...host, host: host.host.replace("h", "w") })) }));
      const { cell, best } = only({ ...accepts, segments, kindPlatforms, measurements: windows });
      expect(cell?.status).toBe("blind");
      expect(best?.why?.text).toMatch(/the segment has 2 platforms, none of its hosts on the roster of this one\.$/);
    });

    test("property: never more hosts count than the roster lists for the platform and the query saw", () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom("macOS", "Windows", null), { minLength: 1, maxLength: 60 }), (platforms) => {
          const listed = platforms.flatMap((platform, n) => (platform === null ? [] : [{ host: `h${n}`, platform }]));
          const own = platforms.filter((platform) => platform === "macOS").length;
          const { best } = only({ ...accepts, segments: segments.map((segment) => ({ ...segment, roster: listed })), kindPlatforms, measurements: counted({ hosts: measured(platforms.length).hosts }) });
          expect(best?.hosts ?? 0).toBeLessThanOrEqual(own);
          expect(best?.claimedHosts ?? 0).toBeLessThanOrEqual(own);
        }),
        { numRuns: 40 },
      );
    });

    test("the analytic's page lists the measurement for the kind that it speaks of, with the hosts that count", () => {
      const input = makeInput({ ...accepts, segments, measurements: [...counted(), measured(2, { kind: "macos-esf:exec" })] });
      expect(measuredOf(input, "mac", STATED)).toEqual([expect.objectContaining({ kind: PLAIN, hosts: 50, withRecords: true })]);
      expect(measuredOf(input, "mac", PLAIN)).toEqual([expect.objectContaining({ kind: PLAIN, hosts: 80, withRecords: false })]);
      expect(measuredOf(input, "mac", "edr-crowdstrike:ProcessRollup2@Windows")).toEqual([]);
      expect(measuredOf(makeInput(accepts), "mac", STATED)).toEqual([expect.objectContaining({ kind: PLAIN, hosts: 80 })]);
      expect(measuredOf(makeInput({ ...accepts, segments: several }), "mac", STATED)).toEqual([]);
    });
  });

  test("is of one kind alone where records of the family never state a platform", () => {
    expect(only({ measurements: [measured(80)], acceptSets: [[{ kind: "macos-esf:exec@macOS", met: "as-cited", fields: 0 }]], aggregates: [makeRecords("h0", 20, { kind: "macos-esf:exec@macOS" })] }).best?.proven).toBe(false);
  });
});

describe("what an assessment pins of measurements", () => {
  const stored = (changes: Partial<Measurement>): Measurement => ({
    id: "m", segmentId: "mac", importId: "i", scope: "s", version: 1, kind: "macos-esf:exec", complete: false, asOf: AT - DAY_MS, windowFrom: null, query: "q", queryDigest: QUERY, system: "", ranBy: "", contentDigest: "", rawDatasets: [],
    hosts: [{ host: "H0", key: "h0", count: 100, first: null, last: AT - DAY_MS, fills: { cmd: 95, user: 94 } }], ...changes,
  });
  const policy = { fillPercent: 95 };

  test("the newest version of each query that had looked by then", () => {
    const versions = [stored({}), stored({ version: 2, asOf: AT - HOUR_MS }), stored({ version: 3, asOf: AT + HOUR_MS }), stored({ scope: "other" })];
    expect(pinMeasurements(versions, [], [], AT, policy).measurements.map(({ version, asOf }) => [version, asOf])).toEqual([[2, AT - HOUR_MS], [1, AT - DAY_MS]]);
  });

  test("a field counts as filled by the policy's share, and what it lacks is kept", () => {
    const { measurements, queries } = pinMeasurements([stored({})], [], [], AT, policy);
    expect(measurements[0]?.hosts).toEqual([{ host: "h0", count: 100, last: AT - DAY_MS, filled: ["cmd", "host", "ts"], short: { cmd: 5 } }]);
    expect(queries).toEqual({ [QUERY]: "q" });
  });

  test("raw records count as there only while a counted dataset of the import holds that kind", () => {
    const one = stored({ rawDatasets: ["d"] });
    const records = (kind: string, dataset: string) => pinMeasurements([one], [], [{ dataset, kind }], AT, policy).measurements[0]?.records;
    expect([records("macos-esf:exec", "d"), records("macos-esf:open", "d"), records("macos-esf:exec", "e")]).toEqual([true, false, false]);
  });

  test("raw records that state the segment's single platform are records of the measured kind", () => {
    const one = stored({ kind: "edr-crowdstrike:ProcessRollup2", rawDatasets: ["d"] });
    const records = (platform: string, ...names: string[]) =>
      pinMeasurements([one], [], [{ dataset: "d", kind: `edr-crowdstrike:ProcessRollup2@${platform}` }], AT, policy, new Map([["mac", names.map((name) => ({ name }))]])).measurements[0]?.records;
    expect([records("macOS", "macOS"), records("Windows", "macOS"), records("macOS", "Windows", "macOS")]).toEqual([true, false, false]);
    const [mixed] = pinMeasurements([one], [], [{ dataset: "d", kind: "edr-crowdstrike:ProcessRollup2@macOS" }], AT, policy, new Map([["mac", [{ name: "Windows" }, { name: "macOS" }]]])).measurements;
    expect(mixed?.recordsOn).toEqual(["macOS"]);
  });

  test("a watched family looks until the folder was last read, never later than T, and not before it delivered", () => {
    const watch = { segmentId: "mac", family: "macos-esf", since: AT - DAY_MS, lookedAt: AT + HOUR_MS };
    expect(pinMeasurements([], [watch], [], AT, policy).measurements).toEqual([{ segment: "mac", kind: "macos-esf:*", complete: true, records: false, hosts: [], asOf: AT, watched: true }]);
    expect(pinMeasurements([], [{ ...watch, lookedAt: AT - 40 * DAY_MS }], [], AT, policy).measurements[0]?.asOf).toBe(AT - 40 * DAY_MS);
    expect(pinMeasurements([], [watch], [], AT - 2 * DAY_MS, policy).measurements).toEqual([]);
  });
});
