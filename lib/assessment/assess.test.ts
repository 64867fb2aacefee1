import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import { DAY_MS, HOUR_MS } from "./instants";
import type { ScoringInput } from "./scoring-input";
import { aged, AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRecords, makeRequirement, makeSegment } from "./testing/make-input";

function only(input: ScoringInput) {
  const result = assess(input);
  const cell = result.cells[0];
  if (!cell) throw new Error("no applicable cell");
  const lines = result.details[cell.detail]?.requirements.map((line) => result.requirements[line]) ?? [];
  const line = lines[0];
  return { result, cell, lines, line, best: line?.alternatives[line.best] };
}

describe("proof in a segment", () => {
  test("a cell with no evidence is blind and says that nothing comes from the source", () => {
    const { cell, best } = only(makeInput());
    expect(cell).toMatchObject({ status: "blind", score: 0, reach: 0, flags: [] });
    expect(best?.why.code).toBe("source-absent");
  });

  test("filled records of 5 % of the hosts prove it, with the reach of exactly those hosts", () => {
    const { cell, best } = only(makeInput({ aggregates: fromHosts(5) }));
    expect(cell).toMatchObject({ status: "observed", reach: 50_000, score: 750_000 + Math.floor(249_999 * 0.05), flags: ["narrow", "hosts-unverified"] });
    expect(best).toMatchObject({ evidence: "events", met: "as-cited", records: 5, hosts: 5, newest: AT - DAY_MS });
  });

  test("one host fewer is thin and says how many are needed", () => {
    const { cell, best } = only(makeInput({ aggregates: fromHosts(4) }));
    expect(cell).toMatchObject({ status: "blind", flags: ["thin", "hosts-unverified"] });
    expect(best?.why).toMatchObject({ code: "too-few-hosts", text: "macos-esf:exec comes from 4 of 100 hosts; 5 are needed." });
  });

  test.each([
    [1, 1],
    [20, 1],
    [21, 2],
    [100, 5],
    [599, 30],
    [2_150, 30],
  ])("of %i hosts %i must show it: 5 %%, rounded up, at most 30", (assets, needed) => {
    const segments = [makeSegment("mac", { assets })];
    expect(only(makeInput({ segments, aggregates: fromHosts(needed) })).cell.status).toBe("observed");
    if (needed > 1) expect(only(makeInput({ segments, aggregates: fromHosts(needed - 1) })).cell.status).toBe("blind");
  });

  test("30 of 2,150 hosts count 1.4 %, not 100 %", () => {
    const { result } = only(makeInput({ segments: [makeSegment("mac", { assets: 2_150 })], aggregates: fromHosts(30) }));
    expect(result.fleet.observed).toMatchObject({ value: 13_953, k: 1, n: 1 });
    expect(result.fleet.uniform.observed.value).toBe(1_000_000);
  });

  test("95 % of the fresh records must be filled: 19 of 20 prove, 18 of 19 do not and the empty field is named", () => {
    const segments = [makeSegment("mac", { assets: 1 })];
    expect(only(makeInput({ segments, aggregates: [makeRecords("a", 19), makeRecords("a", 1, { shape: 1 })] })).cell.status).toBe("observed");
    const { cell, best } = only(makeInput({ segments, aggregates: [makeRecords("a", 18), makeRecords("a", 1, { shape: 1 })] }));
    expect(cell).toMatchObject({ status: "blind", flags: ["thin", "hosts-unverified"] });
    expect(best?.why).toEqual({ code: "field-empty", text: "18 of 19 fresh records of macos-esf:exec fill every required field (cmd in 18); 95 % are needed." });
  });

  test("one field of every group must be filled in the same record", () => {
    const base = { segments: [makeSegment("mac", { assets: 1 })], fieldSets: [{ required: ["cmd"], anyOf: [["pid", "host"]] }] };
    expect(only(makeInput({ ...base, aggregates: [makeRecords("a", 1)] })).cell.status).toBe("observed");
    const apart = makeInput({ ...base, shapes: [["cmd"], ["host"]], aggregates: [makeRecords("a", 1), makeRecords("a", 1, { shape: 1 })] });
    expect(only(apart).cell.status).toBe("blind");
  });

  test("two kinds that each fall short do not add up to a proof", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }, { kind: "macos-osquery:es_process_events", met: "equivalent" as const, fields: 0 }]];
    const half = fromHosts(3).concat(fromHosts(3, { kind: "macos-osquery:es_process_events" }).map((row) => ({ ...row, host: `x${row.host}` })));
    expect(only(makeInput({ acceptSets, aggregates: half })).cell.status).toBe("blind");
  });

  test("kinds that are each proven add their hosts to the reach, and the sentence says how many are equivalent", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }, { kind: "macos-osquery:es_process_events", met: "equivalent" as const, fields: 0 }]];
    const aggregates = fromHosts(5).concat(fromHosts(7, { kind: "macos-osquery:es_process_events" }).map((row) => ({ ...row, host: `x${row.host}` })));
    const { cell, best } = only(makeInput({ acceptSets, aggregates }));
    expect(cell.reach).toBe(120_000);
    expect(best).toMatchObject({ met: "as-cited", hosts: 12, records: 12 });
    expect(best?.why.text).toContain("12 of 100 hosts, 7 by an equivalent");
  });

  test("what is met as cited names a cited kind, however much more an equivalent shows, and the newest record of all", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }, { kind: "macos-osquery:es_process_events", met: "equivalent" as const, fields: 0 }]];
    const equivalent = fromHosts(30, { kind: "macos-osquery:es_process_events", fresh: 9, freshLast: AT - 2 * DAY_MS });
    const { best } = only(makeInput({ acceptSets, aggregates: [...fromHosts(6), ...equivalent] }));
    expect(best).toMatchObject({ met: "as-cited", kind: "macos-esf:exec", newest: AT - DAY_MS, hosts: 30, records: 6 + 30 * 9 });
    expect(best?.why.text).toBe("Proven by macos-esf:exec: 30 of 100 hosts, 24 by an equivalent, newest 2026-06-14 12:00 UTC.");
  });

  test("a policy of as-cited only leaves equivalents out, as proof and as claim", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "equivalent" as const, fields: 0 }]];
    const policy = { asCitedOnly: true };
    expect(only(makeInput({ acceptSets, aggregates: fromHosts(9) })).best?.met).toBe("equivalent");
    expect(only(makeInput({ acceptSets, policy, aggregates: fromHosts(9) })).cell.status).toBe("blind");
    const claims = [makeClaim({ logSource: "something else" })];
    expect(only(makeInput({ acceptSets, claims })).cell.status).toBe("declared");
    expect(only(makeInput({ acceptSets, policy, claims })).cell.status).toBe("blind");
  });

  test("a reference that cannot be produced is never met as cited and names its substitute", () => {
    const requirements = [makeRequirement({ alternatives: [makeAlternative({ verdict: "not-producible", substitute: "osquery socket_events" })] })];
    const { cell, best } = only(makeInput({ analytics: [makeAnalytic("AN0001", { requirements })] }));
    expect(cell.status).toBe("blind");
    expect(best?.why).toMatchObject({ code: "not-producible", text: "This event is never written. In its place: osquery socket_events." });
    expect(only(makeInput({ analytics: [makeAnalytic("AN0001", { requirements })], aggregates: fromHosts(9), claims: [makeClaim()] })).cell.status).toBe("blind");
  });

  test("minEvents counts the jointly filled records of one kind", () => {
    const segments = [makeSegment("mac", { assets: 1 })];
    const short = only(makeInput({ segments, policy: { minEvents: 10 }, aggregates: [makeRecords("a", 9)] }));
    expect(short.cell.status).toBe("blind");
    expect(short.best?.why.code).toBe("too-few-events");
    expect(only(makeInput({ segments, policy: { minEvents: 10 }, aggregates: [makeRecords("a", 10)] })).cell.status).toBe("observed");
  });

  test("records without a host prove nothing", () => {
    const { cell, best } = only(makeInput({ segments: [makeSegment("mac", { assets: 1 })], aggregates: [makeRecords("", 100)] }));
    expect(cell).toMatchObject({ status: "blind", flags: ["thin"] });
    expect(best?.why.text).toContain("name no host");
  });

  test.each([
    ["future", { future: 3 }, "future"],
    ["untimed", { untimed: 3 }, "no-time"],
  ])("%s records prove nothing and are never the newest", (_, counts, code) => {
    const { cell, best } = only(makeInput({ aggregates: [{ ...makeRecords("a", 0), freshFirst: null, freshLast: null, ...counts }] }));
    expect(cell).toMatchObject({ status: "blind", flags: ["thin"] });
    expect(best).toMatchObject({ newest: null, why: { code } });
  });

  test("a verdict that an assumed zone could change says so", () => {
    const { cell } = only(makeInput({ aggregates: fromHosts(100), zoneDependent: [{ segment: "mac", kind: "macos-esf:exec" }] }));
    expect(cell.flags).toEqual(["hosts-unverified", "zone-dependent"]);
  });
});

describe("a roster", () => {
  const roster = ["h1", "h2", "h3"].map((host) => ({ host, platform: "macOS" }));
  const segments = [makeSegment("mac", { assets: 3, roster })];

  test("verifies the hosts, and lists the never-seen and the foreign by name", () => {
    const { result, cell } = only(makeInput({ segments, aggregates: [...fromHosts(2), makeRecords("stranger", 500)] }));
    expect(cell).toMatchObject({ status: "observed", reach: 666_666, flags: ["narrow"] });
    expect(result.segments[0]).toMatchObject({ neverSeen: ["h3"], foreign: ["stranger"] });
  });

  test("foreign hosts alone prove nothing", () => {
    const { cell, best } = only(makeInput({ segments, aggregates: [makeRecords("stranger", 500)] }));
    expect(cell).toMatchObject({ status: "blind", flags: ["thin"] });
    expect(best?.why.code).toBe("foreign-hosts");
  });

  test("a host listed under another platform does not prove this platform", () => {
    const mixed = [makeSegment("mac", { assets: 2, platforms: [{ name: "Linux", hosts: 1 }, { name: "macOS", hosts: 1 }], roster: [{ host: "l1", platform: "Linux" }, { host: "m1", platform: "macOS" }] })];
    expect(only(makeInput({ segments: mixed, aggregates: [makeRecords("l1", 9)] })).cell.status).toBe("blind");
    expect(only(makeInput({ segments: mixed, aggregates: [makeRecords("m1", 9)] })).cell.status).toBe("observed");
  });

  test("more hosts than assets never give more than the whole", () => {
    expect(only(makeInput({ segments: [makeSegment("mac", { assets: 3 })], aggregates: fromHosts(9) })).cell).toMatchObject({ reach: 1_000_000, flags: ["hosts-unverified"] });
  });
});

describe("claims", () => {
  test.each(["statement", "configuration", "flow", "unknown"] as const)("a %s declares, with its basis shown", (basis) => {
    const { cell, best } = only(makeInput({ claims: [makeClaim({ basis })] }));
    expect(cell).toMatchObject({ status: "declared", score: 250_000, upper: 1_000_000 });
    expect(best).toMatchObject({ evidence: basis === "unknown" ? "statement" : basis, met: null, claimed: true, why: { code: "claimed-only" } });
  });

  test.each([
    ["zero hosts", { hosts: 0 }],
    ["a date after T", { asOf: AT + 1 }],
    ["a date older than claimDays", { asOf: AT - 365 * DAY_MS - 1 }],
    ["an impossible event", { impossible: "never produced" }],
    ["another component", { kinds: [], component: "File Creation" }],
    ["another channel", { kinds: [], channel: "ES_EVENT_TYPE_NOTIFY_OPEN" }],
  ])("a claim with %s does not count", (_, changes) => {
    expect(only(makeInput({ claims: [makeClaim(changes)] })).cell.status).toBe("blind");
  });

  test("a claim exactly claimDays old still counts, and one without a date or host count does", () => {
    expect(only(makeInput({ claims: [makeClaim({ asOf: AT - 365 * DAY_MS })] })).cell.status).toBe("declared");
    expect(only(makeInput({ claims: [makeClaim({ asOf: null, hosts: null })] })).cell.status).toBe("declared");
  });

  test("1,000 fresh records of the source without the claimed event contradict it: the status stays, the upper bound drops it", () => {
    const noise = (count: number) => [makeRecords("a", count, { kind: "macos-esf:open" })];
    const { cell, best } = only(makeInput({ claims: [makeClaim()], aggregates: noise(1_000) }));
    expect(cell).toMatchObject({ status: "declared", flags: ["contradicted"], upper: 0 });
    expect(best?.why.code).toBe("contradicted");
    expect(only(makeInput({ claims: [makeClaim()], aggregates: noise(999) })).cell).toMatchObject({ status: "declared", flags: [], upper: 1_000_000 });
  });

  test("an uncontradicted second claim keeps the upper bound", () => {
    const claims = [makeClaim(), makeClaim({ source: "other agent", kinds: ["macos-osquery:es_process_events"], family: "macos-osquery", logSource: "macos:osquery", hosts: 40 })];
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }, { kind: "macos-osquery:es_process_events", met: "equivalent" as const, fields: 0 }]];
    expect(only(makeInput({ claims, acceptSets, aggregates: [makeRecords("a", 5_000, { kind: "macos-esf:open" })] })).cell).toMatchObject({ status: "declared", flags: ["contradicted"], upper: 400_000 });
  });

  test("proof past freshDays counts as a claim, flag stale, with its date and age", () => {
    const { cell, best } = only(makeInput({ aggregates: fromHosts(9).map((row) => aged(row)) }));
    expect(cell).toMatchObject({ status: "declared", flags: ["stale", "hosts-unverified"], upper: 90_000 });
    expect(best).toMatchObject({ evidence: "events", met: null, why: { code: "stale", text: "Was proven by macos-esf:exec; its newest proof is of 2026-04-26 12:00 UTC, 50 days old, and 30 days are allowed." } });
  });

  test("old records that never were proof are no claim", () => {
    expect(only(makeInput({ aggregates: fromHosts(4).map((row) => aged(row)) })).cell.status).toBe("blind");
    expect(only(makeInput({ aggregates: fromHosts(9, { shape: 1 }).map((row) => aged(row)) })).cell.status).toBe("blind");
  });

  test("what other segments collect is said without naming them", () => {
    const input = makeInput({ segments: [makeSegment("a"), makeSegment("mac")], aggregates: fromHosts(9) });
    const result = assess(input);
    const line = result.requirements[result.details[result.cells[0]?.detail ?? -1]?.requirements[0] ?? -1];
    expect(line?.alternatives[0]?.why).toEqual({ code: "collected-elsewhere", text: "Collected from 1 other segment, but not from here." });
  });

  test("an event key that never came is told from a source that is absent", () => {
    const { best } = only(makeInput({ aggregates: [makeRecords("a", 40, { kind: "macos-esf:open" })] }));
    expect(best?.why).toEqual({ code: "key-never-seen", text: "40 fresh records of macos-esf, none of macos-esf:exec." });
  });
});

describe("measurements and silence", () => {
  const seen = (host: string, last: number) => ({ host, count: 1, last, filled: ["cmd"] });

  test("a measurement of the proven kind raises reach, never status", () => {
    const measurements = [{ segment: "mac", kind: "macos-esf:exec", complete: false, records: true, asOf: AT, hosts: fromHosts(80).map((row) => seen(row.host, AT - HOUR_MS)) }];
    expect(only(makeInput({ measurements })).cell).toMatchObject({ status: "declared", reach: 0 });
    expect(only(makeInput({ measurements, aggregates: fromHosts(5) })).cell).toMatchObject({ status: "observed", reach: 800_000 });
  });

  test("a flow statistic of the same record kind raises reach, one of the whole source does not", () => {
    expect(only(makeInput({ claims: [makeClaim({ basis: "flow", hosts: 60 })], aggregates: fromHosts(5) })).cell.reach).toBe(600_000);
    expect(only(makeInput({ claims: [makeClaim({ basis: "flow", hosts: 60, kinds: ["macos-esf:exec", "macos-esf:open"] })], aggregates: fromHosts(5) })).cell.reach).toBe(50_000);
    expect(only(makeInput({ claims: [makeClaim({ basis: "configuration", hosts: 60 })], aggregates: fromHosts(5) })).cell.reach).toBe(50_000);
  });

  test("silence demotes at once, whatever freshDays says", () => {
    const silence = (asOf: number) => [{ segment: "mac", kind: "macos-esf:*", complete: true, records: true, asOf, hosts: [] }];
    const aggregates = fromHosts(9, { freshLast: AT - 25 * HOUR_MS, freshFirst: AT - 25 * HOUR_MS });
    const { cell, best } = only(makeInput({ measurements: silence(AT), aggregates }));
    expect(cell).toMatchObject({ status: "declared", upper: 0 });
    expect(cell.flags).toContain("silent");
    expect(best?.why).toMatchObject({ code: "silent", text: "macos-esf is silent: no record for 24 hours, newest 2026-06-14 11:00 UTC." });
    expect(only(makeInput({ measurements: silence(AT - 2 * HOUR_MS), aggregates })).cell.status).toBe("observed");
    expect(only(makeInput({ measurements: silence(AT).map((m) => ({ ...m, complete: false })), aggregates })).cell.status).toBe("observed");
  });
});

describe("status of a cell", () => {
  const second = makeRequirement({ component: { id: "DC0039", name: "File Creation" }, alternatives: [makeAlternative({ channel: "ES_EVENT_TYPE_NOTIFY_CREATE", accepts: 1 })] });
  const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited" as const, fields: 0 }]];
  const two = (changes = {}) => [makeAnalytic("AN0001", { requirements: [makeRequirement(), second], ...changes })];
  const both = [...fromHosts(100), ...fromHosts(50, { kind: "macos-esf:create" })];

  test("one of two requirements proven is partial, and never enters the headline", () => {
    const { result, cell } = only(makeInput({ acceptSets, analytics: two(), aggregates: fromHosts(100) }));
    expect(cell).toMatchObject({ status: "partial", score: 624_999, reach: 0 });
    expect(result.fleet.observed).toMatchObject({ value: 0, k: 0, n: 1 });
  });

  test("reach is the smallest share over the critical requirements", () => {
    expect(only(makeInput({ acceptSets, analytics: two(), aggregates: both })).cell).toMatchObject({ status: "observed", reach: 500_000 });
  });

  test("a requirement that is not critical neither lifts nor lowers; where none is critical all are", () => {
    const lenient = [makeAnalytic("AN0001", { requirements: [makeRequirement(), { ...second, critical: false }] })];
    expect(only(makeInput({ acceptSets, analytics: lenient, aggregates: fromHosts(100) })).cell).toMatchObject({ status: "observed", reach: 1_000_000 });
    const none = [makeAnalytic("AN0001", { requirements: [{ ...makeRequirement(), critical: false }, { ...second, critical: false }] })];
    expect(only(makeInput({ acceptSets, analytics: none })).cell.status).toBe("blind");
  });

  test.each([
    ["joined", "observed", []],
    ["not-joined", "partial", ["unjoinable"]],
    ["not-computed", "partial", ["joins-not-computed"]],
    [null, "partial", ["joins-not-computed"]],
  ] as const)("a chain whose join is %s is %s", (state, status, flags) => {
    const joins = state === null ? [] : [{ segment: "mac", analytic: "AN0001", edge: "a-b", state, witness: "w" }];
    const { cell } = only(makeInput({ acceptSets, analytics: two({ joins: [{ edge: "a-b", from: 0, to: 1 }] }), aggregates: both, joins }));
    expect(cell).toMatchObject({ status, flags: [...flags.filter((f) => f === "unjoinable"), "narrow", "hosts-unverified", ...flags.filter((f) => f !== "unjoinable")] });
  });

  test("a passed test within validationDays validates an observed cell, and says where it matched", () => {
    const tests = (at: number, passed = true) => [{ segment: "mac", analytic: "AN0001", at, passed, matchedIn: "siem" as const }];
    const aggregates = fromHosts(100);
    expect(only(makeInput({ aggregates, tests: tests(AT - 90 * DAY_MS) })).cell).toMatchObject({ status: "validated", score: 1_000_000, matchedIn: "siem" });
    expect(only(makeInput({ aggregates, tests: tests(AT - 90 * DAY_MS - 1) })).cell.status).toBe("observed");
    expect(only(makeInput({ aggregates, tests: tests(AT + 1) })).cell.status).toBe("observed");
    expect(only(makeInput({ aggregates, tests: tests(AT, false) })).cell.status).toBe("observed");
    expect(only(makeInput({ tests: tests(AT) })).cell.status).toBe("blind");
  });

  test("no reference, or a critical component without a carrier, is unassessable and stays in the denominator", () => {
    const none = only(makeInput({ analytics: [makeAnalytic("AN0001", { requirements: [] })] }));
    expect(none.cell).toMatchObject({ status: "unassessable", score: null });
    expect(none.result.fleet).toMatchObject({ applicable: 1, observed: { value: 0, k: 0, n: 1 } });
    const carrierless = [makeAnalytic("AN0001", { requirements: [makeRequirement({ carrier: false, noCarrier: "nothing on macOS records it." })] })];
    const { cell, result } = only(makeInput({ analytics: carrierless, aggregates: fromHosts(100) }));
    expect(cell.status).toBe("unassessable");
    expect(result.details[cell.detail]?.reason).toBe("No record of this platform carries Process Creation (DC0032): nothing on macOS records it.");
  });

  test("the by-component share is printed, and such cells do not carry the lower bound", () => {
    const loose = makeAnalytic("AN0002", { requirements: [makeRequirement({ alternatives: [makeAlternative({ basis: "component" })] })] });
    const { fleet } = assess(makeInput({ analytics: [makeAnalytic("AN0001"), loose], aggregates: fromHosts(100) }));
    expect(fleet).toMatchObject({ byComponent: 500_000, observed: { low: 500_000, value: 1_000_000, high: 1_000_000, k: 2, n: 2 } });
  });

  test("the alternative with more hosts is the best one; the lower bound keeps what the named event proves", () => {
    const alternatives = [makeAlternative(), makeAlternative({ channel: "free text", basis: "component", accepts: 1 })];
    const input = makeInput({ acceptSets, analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives })] })], aggregates: [...fromHosts(10), ...fromHosts(90, { kind: "macos-esf:create" })] });
    const { cell, line, best } = only(input);
    expect(cell).toMatchObject({ reach: 900_000, lower: 100_000, flags: ["by-component", "hosts-unverified"] });
    expect([line?.best, best?.hosts]).toEqual([1, 90]);
  });

  test("a linked rule lifts only the upper bound of validated", () => {
    const input = makeInput({ aggregates: fromHosts(100), links: [{ analytic: "AN0001", rule: "r1" }] });
    expect(assess(input).fleet.validated).toEqual({ value: 0, low: 0, high: 1_000_000, k: 0, n: 1 });
    expect(assess({ ...input, links: [] }).fleet.validated.high).toBe(0);
  });
});

describe("what does not apply", () => {
  const exclusion = { segment: "mac", analytic: "AN0001", reason: "no such product", owner: "Ada", expires: "2026-06-15" };

  test.each([
    ["another platform", makeAnalytic("AN0001", { platforms: ["Windows"] }), "platform"],
    ["PRE", makeAnalytic("AN0001", { platforms: ["PRE"], external: true }), "external"],
    ["a deprecated strategy", makeAnalytic("AN0001", { strategyDeprecated: true }), "deprecated-strategy"],
  ])("%s is a rule, not a cell, and there is no number over nothing", (_, analytic, reason) => {
    const result = assess(makeInput({ analytics: [analytic] }));
    expect(result.cells).toEqual([]);
    expect(result.segments[0]?.notApplicable).toMatchObject([{ reason, analytics: [0] }]);
    expect(result.fleet).toMatchObject({ applicable: 0, counts: { "not-applicable": 1 }, observed: { value: null, low: null, high: null, k: 0, n: 0 }, byComponent: null });
  });

  test("an exclusion holds through its last day, and not without a reason and an owner", () => {
    expect(assess(makeInput({ exclusions: [exclusion] })).cells).toHaveLength(0);
    const lastMs = Date.UTC(2026, 5, 16) - 1;
    expect(assess(makeInput({ at: lastMs, exclusions: [exclusion] })).cells).toHaveLength(0);
    expect(assess(makeInput({ at: lastMs + 1, exclusions: [exclusion] })).cells).toHaveLength(1);
    expect(assess(makeInput({ exclusions: [{ ...exclusion, owner: " " }] })).cells).toHaveLength(1);
    expect(assess(makeInput({ exclusions: [{ ...exclusion, reason: "" }] })).cells).toHaveLength(1);
  });
});
