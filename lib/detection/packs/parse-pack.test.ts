import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { PackRefusal } from "./pack-schema";
import { MANIFEST_FILE, parsePack } from "./parse-pack";
import { packFiles } from "./testing/pack-folders";

const good = packFiles("AN1316");
const text = Buffer.from(good.get(MANIFEST_FILE) ?? "").toString("utf8");
const rules = Buffer.from(good.get("rules/document-to-egress.yml") ?? "").toString("utf8");
const anyMap = z.record(z.string(), z.unknown());

const refusedBy = (files: ReadonlyMap<string, Uint8Array>): readonly PackRefusal[] => {
  const parsed = parsePack(files);
  return "refused" in parsed ? parsed.refused : [];
};
const changed = (file: string, from: string, to: string): readonly PackRefusal[] => {
  const old = file === MANIFEST_FILE ? text : rules;
  expect(old, `"${from}" is in ${file}`).toContain(from);
  return refusedBy(new Map([...good, [file, Buffer.from(old.replace(from, to))]]));
};
const manifest = (from: string, to: string) => changed(MANIFEST_FILE, from, to);
const ruleText = (from: string, to: string) => changed("rules/document-to-egress.yml", from, to);
const lineOf = (words: string): number => text.slice(0, text.indexOf(words)).split("\n").length;

describe("a pack that holds together", () => {
  it("is read whole", () => {
    const parsed = parsePack(good);
    if ("refused" in parsed) throw new Error(parsed.refused[0]?.message);
    expect([parsed.pack.rules.length, parsed.pack.samples.size, parsed.pack.manifest.analytic]).toEqual([1, parsed.pack.manifest.samples.length, "AN1316"]);
  });
});

describe("a pack is refused, with place and remedy,", () => {
  it("for a key that the schema does not know", () => {
    expect(manifest("severity: high", "severity: high\nconfidense: much")).toMatchObject([{ file: MANIFEST_FILE, field: "confidense", line: lineOf("severity: high") + 1 }]);
  });
  it("for a confidence in numbers", () => {
    expect(manifest("word: moderate", "word: 0.7")).toMatchObject([{ field: "confidence.word", line: lineOf("word: moderate") }]);
  });
  it("for text that is no YAML", () => {
    expect(manifest("schema: sightline.pack/1", "schema: [")).toMatchObject([{ file: MANIFEST_FILE, message: expect.stringContaining("not YAML") }]);
  });
  it("without a manifest, with one that is no UTF-8, and with two of them", () => {
    const { [MANIFEST_FILE]: _, ...rest } = Object.fromEntries(good);
    expect(refusedBy(new Map(Object.entries(rest)))).toMatchObject([{ message: "The pack has no manifest." }]);
    expect(refusedBy(new Map([...good, [MANIFEST_FILE, Buffer.from([0xff, 0xfe, 0x41])]]))).toMatchObject([{ message: "The manifest is not UTF-8." }]);
    expect(refusedBy(new Map([...good, [MANIFEST_FILE, Buffer.from(`${text}\n---\n${text}`)]]))).toMatchObject([{ message: "The manifest holds 2 documents." }]);
  });
  it("for files outside of its folders, and for files that nothing names", () => {
    expect(refusedBy(new Map([...good, ["../secret", Buffer.from("x")]]))).toMatchObject([{ file: "../secret" }]);
    expect(refusedBy(new Map([...good, ["samples/left-over.ndjson", Buffer.from("{}")]]))).toMatchObject([{ file: "samples/left-over.ndjson", message: "The manifest does not name this file." }]);
    expect(refusedBy(new Map([...good].filter(([file]) => file !== "samples/opened.ndjson")))).toMatchObject([{ field: expect.stringMatching(/^samples\[\d+\]\.file$/), message: expect.stringContaining("samples/opened.ndjson") }]);
  });
  it("for more bytes or files than a pack needs", () => {
    expect(refusedBy(new Map([...good, ["samples/huge.ndjson", Buffer.alloc(17 * 1024 * 1024)]]))).toMatchObject([{ message: expect.stringMatching(/^The pack has \d+ bytes; 16777216 are allowed\.$/) }]);
    expect(refusedBy(new Map(Array.from({ length: 201 }, (_, i) => [`samples/${i}.ndjson`, Buffer.from("{}")])))).toMatchObject([{ message: "The pack has 201 files; 200 are allowed." }]);
  });
  it("for a record kind that carries another component, comes from another system, or is never written", () => {
    expect(manifest("- macos-esf:clone", "- macos-esf:exit")).toMatchObject([{ field: "requirements[1].equivalents[2]", message: "Records of macos-esf:exit do not carry DC0039.", line: lineOf("- macos-esf:clone") }]);
    expect(manifest("- macos-esf:exec", "- windows-sysmon:1")).toMatchObject([{ message: "Records of windows-sysmon:1 do not come from macOS." }]);
    expect(manifest("- edr-jamf:network_connect", "- macos-esf:connect")).toMatchObject([{ message: expect.stringContaining("no event for IP connections"), remedy: expect.stringContaining("Network Extension") }]);
    expect(manifest('["macos-unifiedlog:*"]', '["windows-sysmon:*"]')).toMatchObject([{ message: 'No record of "windows-sysmon:*" carries DC0038 on macOS.' }]);
  });
  it("for a record kind that no rule is shown", () => {
    expect(manifest("- macos-esf:clone", "- edr-santa:COPYFILE")).toEqual([]);
    expect(manifest("- macos-esf:clone", "- edr-generic:file/rename").map(({ message }) => message)).toEqual(["No rule of the pack is shown records of edr-generic:file/rename."]);
    expect(ruleText("category: network_connection", "category: dns_query").map(({ message }) => message)).toContain("No rule of the pack is shown records of edr-jamf:network_connect.");
  });
  it("for fields and components that nobody knows", () => {
    expect(manifest("required: [ppid]", "required: [parent_number]")).toMatchObject([{ message: '"parent_number" is no canonical field.' }]);
    expect(manifest("component: DC0038", "component: DC9999").map(({ field }) => field)).toContain("requirements[0].component");
  });
  it("for an edge to nothing, to itself, or to a requirement that does not decide", () => {
    expect(manifest("to: egress", "to: outbound")).toMatchObject([{ field: "joins[2].to", message: 'There is no requirement "outbound".' }]);
    expect(manifest("to: egress", "to: child")).toMatchObject([{ message: "A requirement is joined with itself." }]);
    const loose = text.replace(/(- id: egress\n {4}component: DC0082\n {4}critical: )true/, "$1false");
    expect(refusedBy(new Map([...good, [MANIFEST_FILE, Buffer.from(loose)]]))).toMatchObject([{ field: "joins[2]", message: expect.stringContaining("not critical") }]);
  });
  it("where a default is not what the rules have, or no rule uses the placeholder", () => {
    expect(manifest("default: 30", "default: 20").map(({ message }) => message)).toEqual(['"an1316-child-egress" has 30m at correlation > timespan, and the default is 20m.', '"an1316-document-to-egress" has 30m at correlation > timespan, and the default is 20m.']);
    expect(manifest("name: WritablePaths", "name: OtherPaths")).toMatchObject([{ message: "No rule uses %OtherPaths%." }]);
  });
  it("with a rule that is refused, by the rule's own file and line", () => {
    expect(ruleText("TargetFilename|contains|expand", "TargetFilename|contians|expand")).toMatchObject([{ file: "rules/document-to-egress.yml", line: expect.any(Number), message: expect.stringContaining("contians") }, { message: expect.stringContaining("an1316-written") }]);
  });
  it("whose signal is not there, or is hidden behind a correlation", () => {
    expect(manifest("signals: [an1316-document-to-egress]", "signals: [an1316-other]").map(({ message }) => message)).toContain('No rule or correlation has the name "an1316-other".');
    expect(manifest("signals: [an1316-document-to-egress]", "signals: [an1316-document-to-egress, an1316-child-egress]").map(({ message }) => message)).toContain('"an1316-child-egress" only feeds correlations, so it never alerts by itself.');
    expect(manifest("severity: high", "severity: low")).toMatchObject([{ field: "severity" }]);
  });
  it("whose tests prove nothing", () => {
    const map = anyMap.parse(parse(text));
    const without = (kind: string) => ({ ...map, tests: z.array(anyMap).parse(map["tests"]).filter((test) => test["kind"] !== kind) });
    for (const kind of ["true-positive", "benign", "near-miss"]) {
      const messages = refusedBy(new Map([...good, [MANIFEST_FILE, Buffer.from(stringify(without(kind)))]])).map(({ message }) => message);
      expect(messages).toContain(`No test is a ${kind}.`);
    }
    expect(manifest("reason: wrong-order, stage: an1316-written", "reason: wrong-order, stage: an1316-wirtten")).toMatchObject([{ message: 'No correlation has a stage "an1316-wirtten".' }]);
  });
  it("whose test sets a value that no team could set", () => {
    expect(manifest("    kind: benign", "    kind: benign\n    values: { TimeWindow: 90 }")).toMatchObject([{ field: "tests[2].values.TimeWindow", message: '"TimeWindow" is from 10 to 30 minutes, and 90 is not.' }]);
  });
  it("and never throws, whatever stands in the manifest", () => {
    const at = fc.nat({ max: text.length });
    fc.assert(
      fc.property(at, at, fc.string({ maxLength: 30, unit: "grapheme" }), (from, to, what) => {
        const [low, high] = from < to ? [from, Math.min(to, from + 200)] : [to, Math.min(from, to + 200)];
        parsePack(new Map([...good, [MANIFEST_FILE, Buffer.from(text.slice(0, low) + what + text.slice(high))]]));
      }),
      { numRuns: 30 },
    );
  });
});
