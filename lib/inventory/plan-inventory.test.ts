import { describe, expect, test } from "vitest";
import type { ParsedClaim, ParsedInventory, ProposedSegment } from "./formats/inventory-format";
import { planInventory } from "./plan-inventory";
import type { Claim, ClaimDraft, Segment } from "./types";

const draft = (changes: Partial<ClaimDraft> = {}): ClaimDraft => ({
  source: "Sysmon", product: "", logSource: "WinEventLog:Sysmon", channel: "", component: "", hostsReporting: 5, latencyP95S: null, retentionDays: null, basis: "flow", asOf: null, note: "", condition: "", quality: null, ...changes,
});
const row = (number: number, segment: string, changes: Partial<ClaimDraft> = {}): ParsedClaim => ({ segment, line: number + 1, row: number, claim: draft(changes) });
const parsed = (claims: ParsedClaim[], segments: ProposedSegment[] = []): ParsedInventory => ({ rows: claims.length, claims, refused: [], losses: [], segments });
const segment = (id: string, name: string, retiredAt: string | null = null): Segment => ({
  id, name, platforms: [{ name: "Windows", hosts: null }], assets: 10, criticality: 3, owner: "", tags: [], timeZone: null, target: null, demo: false, createdAt: "", updatedAt: "", retiredAt,
});
const claim = (id: string, segmentId: string, changes: Partial<Claim> = {}): Claim => ({ id, segmentId, importId: "i", format: "sightline-csv", fileName: "i.csv", ...draft(), ...changes });
const plan = (input: ParsedInventory, claims: Claim[] = [], replace = false) =>
  planInventory(input, { segments: [segment("1", "Servers"), segment("2", "Old", "2026-01-01T00:00:00.000Z")], claims, format: "sightline-csv", replace });
const changes = (result: ReturnType<typeof plan>) => result.claims.map(({ change, claim: one }) => [change, one.source]);

describe("what applying an inventory would do", () => {
  test("a claim of an identity that is not there is new; the same again is unchanged; other values change it", () => {
    expect(changes(plan(parsed([row(1, " SERVERS ")])))).toEqual([["new", "Sysmon"]]);
    expect(changes(plan(parsed([row(1, "servers", { source: "SYSMON " })]), [claim("a", "1", { source: "SYSMON " })]))).toEqual([["unchanged", "SYSMON "]]);
    expect(changes(plan(parsed([row(1, "servers", { hostsReporting: 6 })]), [claim("a", "1")]))).toEqual([["changed", "Sysmon"]]);
  });

  test("unknown became a number, or a number unknown, is a change: null is not 0", () => {
    expect(changes(plan(parsed([row(1, "Servers", { hostsReporting: null })]), [claim("a", "1", { hostsReporting: 0 })]))).toEqual([["changed", "Sysmon"]]);
  });

  test("an unknown and a retired segment refuse their rows by name, and nothing else", () => {
    const result = plan(parsed([row(1, "Nowhere"), row(2, "old"), row(3, "Servers")]));
    expect(result.refused.map(({ line, field, message }) => [line, field, message])).toEqual([
      [2, "segment", 'There is no segment "Nowhere".'],
      [3, "segment", "The segment Old is retired."],
    ]);
    expect(result).toMatchObject({ rows: 3, understood: 1, changes: { added: 1 } });
  });

  test("the same claim twice in one file keeps the first and refuses the second", () => {
    const result = plan(parsed([row(1, "Servers"), row(2, "servers", { hostsReporting: 9 })]));
    expect(result.claims.map(({ claim: one }) => one.hostsReporting)).toEqual([5]);
    expect(result.refused).toEqual([expect.objectContaining({ line: 3, message: expect.stringContaining("line 2") })]);
  });

  test("claims that this format made before and the file no longer makes stay, unless the file is to replace them", () => {
    const stored = [claim("a", "1"), claim("b", "1", { source: "Gone" }), claim("c", "1", { source: "Other format", format: "dettect-yaml" }), claim("d", "9", { source: "Other segment" })];
    const kept = plan(parsed([row(1, "Servers")]), stored);
    expect(changes(kept).sort()).toEqual([["missing", "Gone"], ["unchanged", "Sysmon"]]);
    expect(kept).toMatchObject({ missing: 1, changes: { removed: 0 } });
    const replaced = plan(parsed([row(1, "Servers")]), stored, true);
    expect(changes(replaced).sort()).toEqual([["removed", "Gone"], ["unchanged", "Sysmon"]]);
    expect(replaced).toMatchObject({ missing: 0, changes: { removed: 1 } });
  });

  test("a system becomes a segment only when a claim names it and no segment has its name", () => {
    const systems: ProposedSegment[] = ["Servers", "Laptops", "Unused"].map((name) => ({ name, platforms: [{ name: "Linux", hosts: null }], missing: ["assets"] }));
    const result = plan(parsed([row(1, "Servers"), row(2, "Laptops")], systems));
    expect(result.segments.map(({ draft: created, missing }) => [created.name, created.assets, missing])).toEqual([["Laptops", 0, ["assets"]]]);
    expect(result.losses).toEqual([expect.objectContaining({ what: "Servers", text: "The file says Linux; the segment keeps Windows." })]);
  });

  test("a system without any platform of ATT&CK cannot become a segment", () => {
    const result = plan(parsed([row(1, "Toasters")], [{ name: "Toasters", platforms: [], missing: [] }]));
    expect(result.segments).toEqual([]);
    expect(result.refused[0]?.message).toContain("at least one platform");
  });

  test("the digest of a plan changes with what would be written, and with nothing else", () => {
    const one = plan(parsed([row(1, "Servers")])).digest;
    expect(plan(parsed([{ ...row(1, "Servers"), line: 99 }])).digest).toBe(one);
    expect(plan(parsed([row(1, "Servers", { note: "x" })])).digest).not.toBe(one);
    expect(plan(parsed([row(1, "Servers")]), [claim("a", "1")]).digest).not.toBe(one);
  });
});
