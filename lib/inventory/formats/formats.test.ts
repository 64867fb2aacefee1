import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { detectInventoryFormat, INVENTORY_FORMATS } from "./index";

const SAMPLES = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "peers/dettect");
const LATEST = "2026-11-22";
const HEADER = "segment,source,product,log_source,channel,data_component,hosts_reporting,latency_p95_s,retention_days,basis,as_of,note";

function parse(text: string, name = "f") {
  const file = { name, text };
  const { format } = detectInventoryFormat(file);
  return { id: format.id, ...format.parse(file, { latest: LATEST, today: "2026-11-21" }) };
}

function refusal(text: string): unknown {
  try {
    parse(text);
  } catch (error) {
    return error;
  }
  return null;
}

const csv = (row: string) => parse(`${HEADER}\n${row}\n`);
const json = (items: unknown) => parse(JSON.stringify(items));

describe("Sightline's own CSV", () => {
  test("reads every column; what is empty is not said, and never 0", () => {
    expect(csv("Servers,Sysmon,Sysmon 15,WinEventLog:Sysmon,EventCode=1,process creation,412,45,90,Configuration,2026-11-02,by policy").claims[0]).toEqual({
      segment: "Servers",
      line: 2,
      row: 1,
      claim: {
        source: "Sysmon",
        product: "Sysmon 15",
        logSource: "WinEventLog:Sysmon",
        channel: "EventCode=1",
        component: "Process Creation",
        hostsReporting: 412,
        latencyP95S: 45,
        retentionDays: 90,
        basis: "configuration",
        asOf: "2026-11-02",
        note: "by policy",
        condition: "",
        quality: null,
      },
    });
    expect(csv("Servers,,,WinEventLog:Sysmon").claims[0]?.claim).toMatchObject({ hostsReporting: null, latencyP95S: null, retentionDays: null, basis: "unknown", asOf: null, component: "" });
    expect(csv("Servers,,,WinEventLog:Sysmon,,,0").claims[0]?.claim.hostsReporting).toBe(0);
  });

  test.each([
    [",s,p,WinEventLog:Sysmon", "segment"],
    ["S,s,p,,", "log_source"],
    ["S,s,p,WinEventLog:Sysmon,,Proces Creation", "data_component"],
    ["S,s,p,WinEventLog:Sysmon,,,-3", "hosts_reporting"],
    ["S,s,p,WinEventLog:Sysmon,,,1e9", "hosts_reporting"],
    ["S,s,p,WinEventLog:Sysmon,,,99999999999", "hosts_reporting"],
    ["S,s,p,WinEventLog:Sysmon,,,,-1", "latency_p95_s"],
    ["S,s,p,WinEventLog:Sysmon,,,,,999999", "retention_days"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,hearsay", "basis"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,2026-02-30", "as_of"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,2099-01-01", "as_of"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,1066-10-14", "as_of"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,-2026-01-01", "as_of"],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,,note,more", ""],
    ["S,s,p,WinEventLog:Sysmon,,,,,,,,\u001b[31mred", "note"],
  ])("refuses the row %j and names its field", (row, field) => {
    const { claims, refused } = csv(row);
    expect(claims).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ line: 2, field });
  });

  test("keeps a formula as the text it is, and a log source that ATT&CK does not use as a claim that meets nothing", () => {
    const { claims, losses } = csv("S,=cmd|'/c calc'!A1,p,Frobnicator log");
    expect(claims[0]?.claim.source).toBe("=cmd|'/c calc'!A1");
    expect(losses).toEqual([expect.objectContaining({ kind: "unused", what: "Frobnicator log" })]);
  });

  test("says which columns it does not read", () => {
    expect(parse("segment,log_source,colour\nS,WinEventLog:Sysmon,blue").losses).toEqual([expect.objectContaining({ kind: "dropped", what: "colour" })]);
  });
});

describe("Sightline's own JSON", () => {
  test("reads the same keys; null, absent and empty are not said", () => {
    const { id, claims } = json([{ segment: "S", log_source: "WinEventLog:Sysmon", hosts_reporting: 5, channel: null }]);
    expect(id).toBe("sightline-json");
    expect(claims[0]).toMatchObject({ segment: "S", line: null, row: 1, claim: { hostsReporting: 5, channel: "", latencyP95S: null } });
  });

  test("refuses entries that are no flat objects, and keys that would change what an object is", () => {
    const rows = [{ segment: "S", log_source: ["x"] }, 5, null, [], { segment: "S", log_source: "WinEventLog:Sysmon", hosts_reporting: 1.5 }];
    const { claims, refused } = parse(`[${JSON.stringify({ segment: "S", log_source: "WinEventLog:Sysmon" })},{"__proto__":{"segment":"S"},"log_source":"x"},${JSON.stringify(rows).slice(1)}`);
    expect(claims).toHaveLength(1);
    expect(refused.map(({ row, field }) => [row, field])).toEqual([[2, "__proto__"], [3, "log_source"], [4, ""], [5, ""], [6, ""], [7, "hosts_reporting"]]);
    expect(Object.hasOwn(Object.prototype, "segment")).toBe(false);
  });

  test("cut off in the middle or nested without end is refused as a whole", () => {
    expect(refusal('[{"segment":"S","log_source":"x"},{"segm')).toMatchObject({ code: "INVALID", message: expect.stringContaining("not valid JSON") });
    expect(refusal(`[{"segment":"S","log_source":${"[".repeat(200_000)}`)).toMatchObject({ code: "INVALID" });
  });
});

const DETTECT = `version: 1.1
file_type: data-source-administration
name: Ours
domain: enterprise-attack
systems:
  - {applicable_to: Laptops, platform: [Windows, mac os]}
  - {applicable_to: Cloud, platform: [AWS, Azure AD, Amiga]}
data_sources:
`;
const quality = (text: string) => `{device_completeness: ${text}, data_field_completeness: 2, timeliness: unknown, consistency: null, retention: 0}`;

describe("DeTT&CT data source administration", () => {
  test("1.1: systems become segments, entries become claims of their systems, scores stay as written", () => {
    const { segments, claims, refused, losses } = parse(`${DETTECT}
  - data_source_name: process CREATION
    data_source:
      - applicable_to: [laptops]
        date_registered: 2026-01-05
        date_connected: 2025-03-10T00:00:00.000Z
        products: [Sysmon, EDR]
        available_for_data_analytics: true
        comment: all of them
        data_quality: ${quality("4")}
`);
    expect(refused).toEqual([]);
    expect(segments.map(({ name, platforms, missing }) => [name, platforms.map((platform) => platform.name), missing])).toEqual([
      ["Laptops", ["Windows", "macOS"], ["assets", "criticality", "owner"]],
      ["Cloud", ["IaaS", "Identity Provider"], ["assets", "criticality", "owner"]],
    ]);
    expect(claims).toEqual([
      {
        segment: "Laptops",
        line: null,
        row: 1,
        claim: {
          source: "DeTT&CT",
          product: "Sysmon; EDR",
          logSource: "",
          channel: "",
          component: "Process Creation",
          hostsReporting: null,
          latencyP95S: null,
          retentionDays: null,
          basis: "statement",
          asOf: "2026-01-05",
          note: "all of them Connected 2025-03-10.",
          condition: "",
          quality: { deviceCompleteness: 4, dataFieldCompleteness: 2, timeliness: null, consistency: null, retention: 0 },
        },
      },
    ]);
    expect(losses.map(({ what }) => what)).toEqual(expect.arrayContaining(["Amiga", "AWS", "mac os", "Sysmon; EDR", "retention", "timeliness"]));
  });

  test("unknown is not 0: no score, no date and no host count is ever made up", () => {
    const entry = (rest: string) => parse(`${DETTECT}  - {data_source_name: File Access, data_source: [{applicable_to: [Cloud], date_registered: null, date_connected: null, products: [], available_for_data_analytics: true${rest}}]}\n`).claims[0]?.claim;
    expect(entry("")).toMatchObject({ quality: null, asOf: null, hostsReporting: null, product: "" });
    expect(entry(`, data_quality: ${quality("unknown")}`)?.quality).toEqual({ deviceCompleteness: null, dataFieldCompleteness: 2, timeliness: null, consistency: null, retention: 0 });
  });

  test("all means every system; an unknown system and a wrong score are refused by name", () => {
    const { claims, refused } = parse(`${DETTECT}
  - data_source_name: File Access
    data_source: {applicable_to: [ALL], available_for_data_analytics: true}
  - data_source_name: File Creation
    data_source:
      - {applicable_to: [Servers], available_for_data_analytics: true}
      - {applicable_to: [Cloud], data_quality: ${quality("7")}}
      - {applicable_to: [Cloud], date_connected: 2099-01-01}
`);
    expect(claims.map(({ segment, claim }) => [segment, claim.component])).toEqual([["Laptops", "File Access"], ["Cloud", "File Access"]]);
    expect(refused.map(({ row, field }) => [row, field])).toEqual([[2, "applicable_to"], [3, "device_completeness"], [4, "date_connected"]]);
    expect(refused[0]?.message).toContain('"Servers"');
  });

  test("what the file itself calls absent is no claim, and the loss list says so", () => {
    const zeros = "{device_completeness: 0, data_field_completeness: 0, timeliness: 0, consistency: 0, retention: 0}";
    const { claims, losses } = parse(`${DETTECT}
  - {data_source_name: File Access, data_source: [{applicable_to: [Cloud], available_for_data_analytics: false}]}
  - {data_source_name: File Creation, data_source: [{applicable_to: [Cloud], date_connected: null, data_quality: ${zeros}}]}
  - {data_source_name: File Deletion, data_source: [{applicable_to: [Cloud], date_connected: 2026-01-01, data_quality: ${zeros}}]}
`);
    expect(claims.map(({ claim }) => claim.component)).toEqual(["File Deletion"]);
    expect(losses.filter(({ kind }) => kind === "dropped").map(({ what }) => what)).toEqual(expect.arrayContaining(["File Access", "File Creation"]));
  });

  test("names of older releases are mapped, DeTT&CT's own and withdrawn ones are reported, others refused", () => {
    const names = ["Process: Process Creation", "DLL monitoring", "Email [DeTT&CT data source]", "Pod Metadata", "Tea leaves"];
    const { claims, refused, losses } = parse(DETTECT + names.map((name) => `  - {data_source_name: "${name}", data_source: [{applicable_to: [Cloud]}]}\n`).join(""));
    expect(claims.map(({ claim }) => claim.component)).toEqual(["Process Creation", "Module Load"]);
    expect(losses.map(({ kind, what }) => [kind, what])).toEqual(expect.arrayContaining([["changed", "Process: Process Creation"], ["changed", "DLL monitoring"], ["dropped", "Email [DeTT&CT data source]"], ["dropped", "Pod Metadata"]]));
    expect(refused).toEqual([expect.objectContaining({ row: 5, field: "data_source_name", message: expect.stringContaining("Tea leaves") })]);
  });

  test("1.0 has no systems: the file is one segment, and its details stand beside the name", () => {
    const { segments, claims, losses } = parse(`version: 1.0
file_type: data-source-administration
name: Old file
platform: [windows]
data_sources:
  - data_source_name: Process Creation
    date_registered: 2020-01-01
    products: [Sysmon]
    available_for_data_analytics: True
    data_quality: {device_completeness: 5, data_field_completeness: 5, timeliness: 5, consistency: 5, retention: 5}
`);
    expect(segments).toEqual([expect.objectContaining({ name: "Old file", platforms: [{ name: "Windows", hosts: null }] })]);
    expect(claims).toEqual([expect.objectContaining({ segment: "Old file", claim: expect.objectContaining({ component: "Process Creation", asOf: "2020-01-01" }) })]);
    expect(losses.map(({ what }) => what)).toContain("Old file");
  });

  test("a platform that nobody named is assumed to be any of the domain, and must be completed", () => {
    const { segments } = parse("version: 1.0\nfile_type: data-source-administration\nname: Phones\ndomain: mobile-attack\nplatform: all\ndata_sources: []\n");
    expect(segments[0]?.platforms.map(({ name }) => name)).toEqual(["Android", "iOS"]);
  });

  test("another version, type or domain is refused by name", () => {
    expect(refusal(DETTECT.replace("1.1", "2.0"))).toMatchObject({ code: "UNSUPPORTED", place: { field: "version" } });
    expect(refusal(`${DETTECT.replace("enterprise-attack", "mars-attack")}  []\n`)).toMatchObject({ code: "INVALID", place: { field: "domain" } });
    expect(refusal("version: 1\nfile_type: group-administration\n")).toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("group administration") });
  });
});

describe("YAML from a stranger", () => {
  const head = "file_type: data-source-administration\nversion: 1.1\n";

  test("that multiplies itself through aliases is refused at once", () => {
    const bomb = ["a0: &a0 [x,x,x,x,x,x,x,x,x]", ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 9 }, () => `*a${n}`).join(",")}]`)].join("\n");
    expect(refusal(`${head}${bomb}\ndata_sources: []\n`)).toMatchObject({ code: "INVALID", message: expect.stringContaining("aliases") });
  });

  test("that nests without end, in brackets or in dashes, is refused", () => {
    expect(refusal(`${head}data_sources: ${"[".repeat(100_000)}`)).toMatchObject({ code: "INVALID", message: expect.stringContaining("nests") });
    expect(refusal(`${head}data_sources:\n${"- ".repeat(50_000)}x\n`)).toMatchObject({ code: "INVALID", message: expect.stringContaining("nests") });
    const indented = Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}k:`).join("\n");
    expect(refusal(`${head}data_sources:\n${indented}\n`)).toBeInstanceOf(SightlineError);
  });

  test("with a tag, a key twice, two documents or broken syntax is refused with its line", () => {
    expect(refusal(`${head}data_sources: !!js/function 'x'\n`)).toMatchObject({ code: "INVALID", place: { line: 3 } });
    expect(refusal(`${head}name: a\nname: b\ndata_sources: []\n`)).toMatchObject({ code: "INVALID", place: { line: 4 } });
    expect(refusal(`${head}data_sources: []\n---\nx: 1\n`)).toMatchObject({ code: "INVALID" });
    expect(refusal(`${head}data_sources: [\n`)).toMatchObject({ code: "INVALID" });
  });

  test("cannot reach the prototype of anything", () => {
    expect(refusal(`${head}__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\ndata_sources: [{__proto__: {data_source_name: Process Creation}}]\n`)).toBe(null);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("what is no inventory", () => {
  test.each([
    ["a STIX bundle", '{"type": "bundle", "objects": []}', /catalog/],
    ["a Navigator layer", '{"domain": "enterprise-attack", "techniques": [{"techniqueID": "T1001"}]}', /Navigator layer/],
    ["a segments file", "name,platforms,assets\nA,Windows,5", /segments/],
    ["a roster", "host,platform\na,Windows", /roster/],
    ["something else", "hello", /no inventory/],
  ])("%s is refused by name", (_, text, message) => {
    expect(refusal(text)).toMatchObject({ code: "UNSUPPORTED", message: expect.stringMatching(message) });
  });

  test("a format that does not exist is refused with those that do", () => {
    expect(() => detectInventoryFormat({ name: "f", text: "" }, "excel")).toThrow(expect.objectContaining({ place: expect.objectContaining({ remedy: expect.stringContaining("dettect-yaml") }) }));
  });
});

test("no text makes a format throw anything but a sentence for the person", () => {
  const pieces = fc.constantFrom(...HEADER.split(","), ",", "\n", '"', "[", "]", "{", "}", ":", "- ", "&a ", "*a", "'", "file_type: data-source-administration\n", "version: 1.1\n", "data_sources:\n", "data_source_name: File Access", "applicable_to: [all]", "systems:\n", "  ", "null", "1", "é", "__proto__");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")), fc.constantFrom(...INVENTORY_FORMATS), (text, format) => {
      try {
        const { rows, claims, refused } = format.parse({ name: "f", text }, { latest: LATEST, today: "2026-11-21" });
        expect(rows).toBeGreaterThanOrEqual(new Set(refused.map(({ row }) => row)).size);
        for (const { claim } of claims) expect(claim.logSource + claim.component).not.toBe("");
      } catch (error) {
        expect(error).toBeInstanceOf(SightlineError);
      }
    }),
    { numRuns: 3_000 },
  );
});

describe.skipIf(!existsSync(SAMPLES))("DeTT&CT's own sample files", () => {
  test.each([
    ["data-sources-endpoints.yaml", 17, 16, 0, ["Windows workstations", "Linux servers"]],
    ["data-sources-ics.yaml", 3, 3, 0, ["Workstations"]],
    ["data-sources-mobile.yaml", 1, 1, 0, ["Phones"]],
  ])("%s: %i entries, %i claims, %i refused", (name, rows, claims, refused, segments) => {
    const parsed = parse(readFileSync(join(SAMPLES, name), "utf8"), name);
    expect(parsed.id).toBe("dettect-yaml");
    expect([parsed.rows, parsed.claims.length, parsed.refused.length, parsed.segments.map((segment) => segment.name)]).toEqual([rows, claims, refused, segments]);
    for (const { claim } of parsed.claims) expect(claim.quality).toEqual({ deviceCompleteness: 1, dataFieldCompleteness: 1, timeliness: 1, consistency: 1, retention: 1 });
  });

  test.each(["groups.yaml", "groups-ics.yaml", "groups-mobile.yaml"])("%s is refused by name", (name) => {
    expect(refusal(readFileSync(join(SAMPLES, name), "utf8"))).toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("DeTT&CT") });
  });
});
