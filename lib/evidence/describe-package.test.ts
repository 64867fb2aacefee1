import { describe, expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { makeInput } from "@/lib/assessment/testing/make-input";
import { assemblePackage, derivedEntries } from "./assemble-package";
import { checkSteps, PACKAGE_PARTS, packageFileName, packageSize } from "./describe-package";
import type { RunFacts } from "./run-facts";
import { verifyText } from "./verify-text";

const input = makeInput();
const run: RunFacts = {
  schema: "sightline.evidence/1",
  assessment: 7,
  at: "2026-06-15T12:00:00.000Z",
  ranAt: "2026-06-15T12:01:00.000Z",
  runLater: false,
  actor: "operator",
  engine: input.engine,
  domains: ["enterprise"],
  releases: { enterprise: "19.1" },
  policyVersion: 1,
  inputDigest: "a".repeat(64),
  resultDigest: "b".repeat(64),
  software: "Sightline",
};
async function* nothing(): AsyncGenerator<Uint8Array> {}

describe("what is said of the package is what it holds", () => {
  test("every file of a package is described, and no other", () => {
    const entriesOf = (own: typeof input): string[] => assemblePackage({ run, input: own, result: assess(own), inputFile: nothing, resultFile: nothing, digests: {}, examplesOf: async () => [] }, () => []).map(({ path }) => path);
    const override = { version: 1, reason: "r", by: "ana", at: "2026-06-01T00:00:00.000Z", concerns: [], scope: "s", component: "DC0032", name: "n", channel: "c", platform: null, analytic: null, asCited: ["macos-esf:exec"], equivalents: [], verdict: "producible" as const };
    const measurement = { segment: "mac", kind: "macos-esf:exec", complete: false, records: false, hosts: [], asOf: 0, query: "q" };
    const tested = { segment: "mac", analytic: "AN0001", at: 0, passed: true, matchedIn: "engine" as const };
    expect(PACKAGE_PARTS.map(({ path }) => path).sort()).toEqual(entriesOf({ ...input, overrides: [override], measurements: [measurement], queries: { q: "the query" }, tests: [tested] }).sort());
    expect(PACKAGE_PARTS.filter(({ onlyIfAny }) => onlyIfAny !== true).map(({ path }) => path).sort()).toEqual(entriesOf(input).sort()); // packages without stay as they were
  });

  test("the page counts the files that every package has apart from those that only some have", () => {
    expect(packageSize(PACKAGE_PARTS)).toBe("17 files, and up to 3 more of what the assessment used");
    expect(packageSize(PACKAGE_PARTS.slice(0, 1))).toBe("1 file");
  });

  test("a measurement is in the package with the text of its query", () => {
    const measurement = { segment: "mac", kind: "macos-esf:exec", complete: false, records: false, hosts: [], asOf: 0, query: "q" };
    const own = { ...input, measurements: [measurement], queries: { q: "| tstats count by host" } };
    const entry = derivedEntries(run, own, assess(own)).find(({ path }) => path === "data/inputs/measurements.json");
    const content = entry?.content();
    expect(content && Symbol.iterator in content ? JSON.parse([...content].join("")) : null).toEqual([{ ...measurement, queryText: "| tstats count by host" }]);
  });

  test("the commands on the page are those of VERIFY.md", () => {
    const text = verifyText(run);
    const commands = checkSteps(run, "FILE.zip").flatMap((step) => step.commands);
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.filter((command) => !text.includes(`    ${command}\n`))).toEqual([]);
  });

  test("the digests to expect are named in full", () => {
    const said = checkSteps(run, "FILE.zip").map((step) => step.says).join("\n");
    expect(said).toContain(run.inputDigest);
    expect(said).toContain(run.resultDigest);
  });

  test("a package is named for its assessment and its day", () => expect(packageFileName(7, run.at)).toBe("sightline-evidence-7-2026-06-15.zip"));
});
