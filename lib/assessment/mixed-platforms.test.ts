import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import type { ScoringInput } from "./scoring-input";
import { fromHosts, makeAlternative, makeAnalytic, makeInput, makeRequirement, makeSegment } from "./testing/make-input";

/** A segment of macOS and Windows hosts without a roster: what one platform's records may say about the other. */
const SHARED = "edr-generic:process/exec"; // written on both
const KIND_PLATFORMS = { [SHARED]: ["Linux", "Windows", "macOS"], "macos-esf:exec": ["macOS"], "windows-security:4688": ["Windows"] };

function mixed(changes: Partial<ScoringInput>): ScoringInput {
  const requirement = makeRequirement({ alternatives: [makeAlternative()] });
  return makeInput({
    segments: [makeSegment("mac", { assets: 20, platforms: [{ name: "Windows", hosts: 10 }, { name: "macOS", hosts: 10 }] })],
    acceptSets: [[{ kind: SHARED, met: "equivalent", fields: 0 }]],
    analytics: [makeAnalytic("AN0001", { platforms: ["macOS"], requirements: [requirement] }), makeAnalytic("AN0002", { platforms: ["Windows"], requirements: [requirement] })],
    kindPlatforms: KIND_PLATFORMS,
    ...changes,
  });
}

const statuses = (input: ScoringInput) => assess(input).cells.map(({ status }) => status);

describe("a segment of several platforms without a roster", () => {
  test("records that both platforms write alike prove neither", () => {
    expect(statuses(mixed({ aggregates: fromHosts(5, { kind: SHARED }) }))).toEqual(["blind", "blind"]);
  });

  test("the reason says that the hosts' platform is not known", () => {
    const result = assess(mixed({ aggregates: fromHosts(5, { kind: SHARED }) }));
    const [position] = result.details[result.cells[0]?.detail ?? -1]?.requirements ?? [];
    const requirement = result.requirements[position ?? -1];
    expect(requirement?.alternatives[requirement.best]?.why).toMatchObject({ code: "foreign-hosts", text: expect.stringContaining("has several and no roster") });
  });

  test("hosts whose other records come from macOS alone prove the macOS cell and not the Windows one", () => {
    const aggregates = [...fromHosts(5, { kind: SHARED }), ...fromHosts(5, { kind: "macos-esf:exec" })];
    expect(statuses(mixed({ aggregates }))).toEqual(["observed", "blind"]);
  });

  test("a roster decides alone", () => {
    const roster = Array.from({ length: 10 }, (_, index) => ({ host: `h${index + 1}`, platform: "Windows" }));
    const segments = [makeSegment("mac", { assets: 20, platforms: [{ name: "Windows", hosts: 10 }, { name: "macOS", hosts: 10 }], roster })];
    expect(statuses(mixed({ segments, aggregates: fromHosts(5, { kind: SHARED }) }))).toEqual(["blind", "observed"]);
  });

  test("a segment of one platform needs no such sign", () => {
    const segments = [makeSegment("mac", { assets: 10, platforms: [{ name: "macOS", hosts: 10 }] })];
    expect(statuses(mixed({ segments, aggregates: fromHosts(5, { kind: SHARED }) }))).toEqual(["observed"]);
  });
});
