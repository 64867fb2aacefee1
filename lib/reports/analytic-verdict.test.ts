import { describe, expect, it } from "vitest";
import type { CellJson, RequirementJson } from "@/lib/assessment/cell-json";
import { STATUSES } from "@/lib/assessment/status";
import { analyticVerdict } from "./analytic-verdict";
import { plainText } from "./sentence";

const requirement = (name: string, met: RequirementJson["met"], hosts = 0): RequirementJson => ({
  component: { id: "DC0001", name }, name: "n", channel: "", evidence: met ? "events" : "none", met, records: hosts, hosts, hostsTotal: 412, newest: null,
  why: met ? "proven" : "no record of this key was seen", whyCode: met ? "proven" : "key-never-seen", family: "f", basis: "channel", kind: null, critical: true, flags: [], alternatives: [],
});
const cell = (status: CellJson["status"], requirements: RequirementJson[], more: Partial<CellJson> = {}): CellJson => ({ analytic: "AN1316", segment: "Macs", status, score: 0, reach: 0, source: "attack", flags: [], reason: "", requirements, ...more });
const text = (made: CellJson) => plainText(analyticVerdict(made, "Macs").say);

describe("the answer on top of an analytic", () => {
  it("counts what is proven and names what is not, with its reason", () => {
    expect(text(cell("partial", [requirement("File Creation", "as-cited", 398), requirement("Network Connection Creation", null)]))).toBe(
      "Fresh records prove 1 of 2 requirements: File Creation on 398 of 412 hosts. Network Connection Creation: no record of this key was seen.",
    );
  });
  it("says that a proven chain does not join, and never that a record is missing", () => {
    const made = cell("partial", [requirement("A", "as-cited", 5)], { flags: ["unjoinable"], joins: [{ edge: "same user", state: "not-joined" }] });
    expect(analyticVerdict(made, "Macs").title).toBe("Every record, but no chain, on Macs");
    expect(text(made)).toContain("do not join (same user): no keys are equal.");
  });
  it("does not call a chain broken that nobody could follow", () => {
    const made = cell("partial", [requirement("A", "as-cited", 5)], { flags: ["joins-not-computed"], joins: [{ edge: "same user", state: "not-computed", because: "there are too many keys" }] });
    expect(text(made)).toBe("The one requirement is proven, but nobody knows whether their records belong together (same user): there are too many keys.");
  });
  it("calls a claim a claim", () => {
    expect(text(cell("declared", [requirement("A", null)]))).toMatch(/^Nothing is proven\. Its one requirement is claimed/);
  });
  it("names the scarcest hosts of an observed cell and its reach", () => {
    expect(text(cell("observed", [requirement("A", "as-cited", 400), requirement("B", "equivalent", 371)], { reach: 900_485 }))).toContain("the scarcest (B) on 371 of 412 hosts; reach 90.0\u00a0%");
  });
  it("counts critical requirements alone, and says so where the chain shows others", () => {
    const chain = [requirement("A", "as-cited", 400), { ...requirement("B", "equivalent", 49), critical: false }, requirement("C", "as-cited", 398)];
    expect(text(cell("observed", chain, { reach: 900_485 }))).toContain("all 2 critical requirements, the scarcest (C) on 398 of 412 hosts");
    expect(text(cell("partial", [...chain, requirement("D", null)]))).toContain("2 of 3 critical requirements");
  });
  it("says since when and until when it is validated, by what, and what withdrew it", () => {
    const validation = { state: "valid" as const, at: 0, since: 0, until: 1, tests: 1, passing: 1, code: "passed", text: "Validated since 2026-06-01 10:00 UTC." };
    const proven = [requirement("A", "as-cited", 400)];
    expect(text(cell("validated", proven, { matchedIn: "engine", validation }))).toContain("A linked rule, run in Sightline's engine, met the attack sample and none the benign one. Validated since 2026-06-01 10:00 UTC.");
    expect(text(cell("validated", proven, { matchedIn: "siem", validation }))).toContain("raised by the SIEM");
    expect(text(cell("observed", proven))).toContain("No test of a rule here is on record.");
    const withdrawn = { ...validation, state: "withdrawn" as const, text: "Validation was withdrawn on 2026-06-02 10:00 UTC. Filtered by tuning." };
    expect(text(cell("observed", proven, { validation: withdrawn }))).toContain("Validation was withdrawn on 2026-06-02 10:00 UTC. Filtered by tuning.");
    expect(text(cell("blind", [requirement("A", null)], { validation }))).toMatch(/validates only where the whole of it is proven\.$/);
  });
  it("has a title and a sentence at every status", () => {
    for (const status of STATUSES) {
      const verdict = analyticVerdict(cell(status, [requirement("A", null)], { reason: "No such platform." }), "Macs");
      expect(verdict.title).toContain("Macs");
      expect(plainText(verdict.say).length).toBeGreaterThan(10);
    }
  });
});
