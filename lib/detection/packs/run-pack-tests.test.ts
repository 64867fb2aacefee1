import { describe, expect, it } from "vitest";
import { linkPackRules } from "./link-pack-rules";
import { curatedJoins, curatedRequirements } from "./pack-requirements";
import type { Pack, PackTest } from "./pack-schema";
import { parsePack } from "./parse-pack";
import { runPackTests } from "./run-pack-tests";
import { packFiles } from "./testing/pack-folders";
import { tuneRules } from "./tune-rules";

const read = (name: string): Pack => {
  const parsed = parsePack(packFiles(name));
  if ("refused" in parsed) throw new Error(`${name} is refused: ${parsed.refused[0]?.message ?? ""}`);
  return parsed.pack;
};
const pack = read("AN1316");
const withRules = (change: (text: string) => string): Pack => ({ ...pack, rules: pack.rules.map(({ file, text }) => ({ file, text: change(text) })) });
const withTest = (index: number, change: Partial<PackTest>): Pack => ({ ...pack, manifest: { ...pack.manifest, tests: pack.manifest.tests.map((test, i) => (i === index ? { ...test, ...change } : test)) } });
const failed = (some: Pack) => runPackTests(some).filter(({ passed }) => !passed).map(({ test }) => test);

describe("a pack's true positive", () => {
  it("is four records in order: the opening, the file, the child and its connection, each from its own sensor", () => {
    expect(runPackTests(pack)[0]?.fired).toEqual([
      {
        signal: "an1316-document-to-egress",
        times: 1,
        records: [
          { file: "samples/opened.ndjson", record: 1 },
          { file: "samples/written.ndjson", record: 1 },
          { file: "samples/child.ndjson", record: 2 },
          { file: "samples/egress.ndjson", record: 1 },
        ],
      },
    ]);
  });
});

describe("a pack's tests", () => {
  it("fail where rules join by host instead of lineage and process", () => {
    const loose = failed(withRules((text) => text.replaceAll("- sightline.lineage", "- sightline.host").replaceAll("- sightline.process", "- sightline.host")));
    expect(loose).toEqual(expect.arrayContaining(["the shell belongs to Terminal, not to the document", "the program connects, not the child"]));
  });
  it("fail where the order does not matter", () => {
    expect(failed(withRules((text) => text.replaceAll("temporal_ordered", "temporal")))).toEqual(["the file was written only after the connection"]);
  });
  it("fail where the window is wider", () => {
    expect(failed(withRules((text) => text.replaceAll("timespan: 30m", "timespan: 2h")))).toEqual(["the document was opened 40 seconds too early", "the child connects ten minutes after its window"]);
  });
  it("fail where a signal fires that is not expected, does not fire, or misses for another reason", () => {
    expect(runPackTests(withTest(0, { fires: [] }))[0]?.problems).toEqual(['"an1316-document-to-egress" fires and should not.']);
    expect(runPackTests(withTest(2, { fires: ["an1316-document-to-egress"] }))[2]?.problems[0]).toMatch(/^"an1316-document-to-egress" should fire and did not: stage-absent at an1316-/);
    expect(runPackTests(withTest(8, { misses: [{ signal: "an1316-document-to-egress", reason: "join-missing", stage: "an1316-written" }] }))[8]?.problems[0]).toContain("explain says wrong-order at an1316-written");
  });
  it("say of a rule by which field it misses, as its nearest record shows", () => {
    const child = pack.rules[0]?.text.split("---\n").find((document) => document.includes("name: an1316-child\n")) ?? "";
    const test = (field: string): PackTest => ({ name: "a harmless child", kind: "near-miss", samples: ["samples/child-harmless.ndjson"], values: {}, fires: [], misses: [{ signal: "an1316-child", reason: "not-matched", field }] });
    const single: Pack = { ...pack, rules: [{ file: "rules/child.yml", text: child }], manifest: { ...pack.manifest, signals: ["an1316-child"], elements: pack.manifest.elements.filter(({ name }) => name === "HighRiskChildren"), tests: [test("Image"), test("CommandLine")] } };
    const [right, wrong] = runPackTests(single);
    expect(right).toMatchObject({ passed: true, missed: [{ signal: "an1316-child", reason: "not-matched", fields: ["Image"] }] });
    expect(wrong?.problems[0]).toContain('should miss by CommandLine, and explain says: detection.selection.Image|endswith|expand wants');
  });
  it("fail where a record of a sample cannot be read, or there is none", () => {
    const damaged = (bytes: string): Pack => ({ ...pack, samples: new Map([...pack.samples, ["samples/egress-inside.ndjson", Buffer.from(bytes)]]) });
    expect(failed(damaged('{"half": '))).toEqual(["nothing connected to the outside"]);
    expect(runPackTests(damaged("\n"))[7]?.problems).toEqual(["samples/egress-inside.ndjson holds no record."]);
  });
});

describe("the values of a pack", () => {
  it("leave the files as they are written where they are the defaults", () => {
    expect(tuneRules(pack).files).toEqual(pack.rules);
    expect(tuneRules(pack, new Map([["TimeWindow", 30]])).files).toEqual(pack.rules);
  });
  it("change timespans, numbers and lists, and nothing else", () => {
    const set = linkPackRules(pack, new Map<string, number | string[]>([["TimeWindow", 10], ["HighRiskChildren", ["/curl"]]]));
    expect(set.refused).toEqual([]);
    expect(set.correlations.map(({ timespanMs }) => timespanMs)).toEqual([600_000, 600_000]);
    expect(runPackTests(pack, new Map([["HighRiskChildren", ["/nothing"]]])).slice(0, 2).map(({ passed, missed }) => [passed, missed[0]?.stage])).toEqual([[false, "an1316-child"], [false, "an1316-child"]]);
    const chunks = read("AN0598");
    expect(runPackTests(chunks, new Map([["LeastTransfers", 7]])).find(({ test }) => test === "one piece too few")?.fired.map(({ signal }) => signal)).toEqual(["an0598-equal-transfers", "an0598-launch-agent-chunks"]);
    expect(runPackTests(chunks, new Map([["TransferSizeMedian", 100_000]])).find(({ test }) => test === "a launch agent sends equal pieces")?.fired).toEqual([]);
  });
  it("are refused outside of their bounds, of the wrong kind, or for an element that is not there", () => {
    for (const [name, value, says] of [["TimeWindow", 60, "from 10 to 30 minutes"], ["TimeWindow", 12.5, "whole number"], ["TimeWindow", ["30m"], "one number"], ["HighRiskChildren", [], "at least one"], ["HighRiskChildren", 3, "is a list"], ["Colour", 1, 'no element "Colour"']] as const) {
      expect(() => tuneRules(pack, new Map<string, number | readonly string[]>([[name, value]])), name).toThrow(says);
    }
  });
});

describe("what a pack asks of records", () => {
  it("is what its kinds must fill anyway, and the fields of the detection", () => {
    const [opened, , child, egress] = curatedRequirements(pack.manifest, ["macos-unifiedlog:com.example.word", "edr-crowdstrike:ProcessRollup2@macOS", "edr-crowdstrike:ProcessRollup2@Windows"]);
    expect(opened?.accepts.find(({ kind }) => kind === "macos-unifiedlog:com.example.word")).toMatchObject({ met: "as-cited", fields: { required: expect.arrayContaining(["app_msg", "image", "pid"]) } });
    expect(child?.accepts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["macos-esf:exec", "edr-crowdstrike:ProcessRollup2@macOS"]));
    expect(child?.accepts.map(({ kind }) => kind)).not.toContain("edr-crowdstrike:ProcessRollup2@Windows");
    expect(child?.accepts[0]).toMatchObject({ kind: "macos-osquery:es_process_events", met: "as-cited" });
    expect(egress?.accepts.map(({ kind }) => kind)).not.toContain("nsm-zeek:conn");
    expect(egress?.accepts[0]?.fields.anyOf).toContainEqual(["proc_uid", "pid"]);
  });
  it("is joined over the kinds that are accepted", () => {
    expect(curatedJoins(pack.manifest).map(({ id, by, ordered, windowMs, fromRequirement, toRequirement }) => [id, by, ordered, windowMs, fromRequirement, toRequirement])).toEqual([
      ["opened-written", "process-number", true, 1_800_000, 0, 1],
      ["written-child", "parent", true, 1_800_000, 1, 2],
      ["child-egress", "process", true, 1_800_000, 2, 3],
    ]);
  });
});
