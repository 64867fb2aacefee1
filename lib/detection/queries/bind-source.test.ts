import { describe, expect, test } from "vitest";
import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import table from "../route/sigma-logsources.json";
import names from "./sources/channel-names.json";
import { TARGET_IDS, type RenderOptions, type TargetId } from "./query-types";
import { renderRule } from "./render-rule";
import { TARGETS } from "./targets/index";
import { NOTHING } from "./text-shape";
import { exampleRule } from "./testing/example-rules";
import { windowsLogs } from "./windows-logs";

const MINER = "  product: test\n  category: miner";
function ask(target: TargetId, detection: string, options: RenderOptions = {}, logsource?: string) {
  return renderRule(exampleRule(detection, logsource), target, options);
}

describe("which table and which columns a query asks", () => {
  test("a logsource that no table of the target holds is refused by name; SQL asks for a table of that name", () => {
    expect(ask("splunk", "s:\n  F: x\ncondition: s", {}, MINER)).toEqual({ refused: expect.stringContaining("product test, category miner") });
    expect(ask("postgresql", "s:\n  F: x\ncondition: s", {}, MINER)).toMatchObject({ from: '"test_miner"', query: expect.stringContaining(`FROM "test_miner"\nWHERE lower("F") = 'x'`) });
  });

  test("a field without a column is refused by name, all of them together", () => {
    expect(ask("defender", "s:\n  Nix: x\n  Nox: y\n  Image: z\ncondition: s")).toEqual({ refused: expect.stringMatching(/^The fields Nix, Nox have no known column in Microsoft Defender/) });
  });

  test("own columns go before the target's, keep their place, and a field may pass as it is", () => {
    expect(ask("defender", "s:\n  Image: x\ncondition: s", { fields: { Image: "Own Path" } })).toMatchObject({ query: expect.stringContaining(`['Own Path'] =~ "x"`) });
    expect(ask("defender", "s:\n  Nix: x\ncondition: s", { passThrough: true })).toMatchObject({ query: expect.stringContaining(`Nix =~ "x"`) });
    expect(ask("defender", "s:\n  toString: x\ncondition: s")).toMatchObject({ refused: expect.stringContaining("toString") });
  });

  test("imported names of the rule's logsource go before the target's and behind own columns; several for one field are refused", () => {
    const windows = { product: "windows", category: null, service: null };
    const rename = (fields: Record<string, string[]>, scope = windows) => ({ renames: [{ scope, fields }] });
    const image = "s:\n  Image: x\ncondition: s";
    expect(ask("sentinel", image, rename({ Image: ["path_s"] }))).toMatchObject({ query: expect.stringContaining(`path_s =~ "x"`), notes: expect.arrayContaining([expect.stringContaining("Asks Image as path_s, as the imported mapping of windows/*/*")]) });
    expect(ask("splunk", image, { ...rename({ Image: ["path_s"] }), fields: { Image: "own" } })).toMatchObject({ query: expect.stringContaining(`own="x"`) });
    expect(ask("splunk", image, rename({ Image: ["path_s"] }, { ...windows, product: "macos" }))).toMatchObject({ query: expect.stringContaining(`Image="x"`) });
    expect(ask("splunk", image, rename({ Image: ["a", "b"] }))).toEqual({ refused: expect.stringMatching(/^The imported names of the field Image are a, b/) });
    expect(ask("splunk", image, rename({ toString: ["a", "b"] }))).toMatchObject({ query: expect.stringContaining(`Image="x"`) });
  });

  test("an own scope takes the place of the known one; the logsource's condition stays, unless the table is dedicated to it", () => {
    expect(ask("splunk", "s:\n  Image: x\ncondition: s", { from: "index=win" })).toMatchObject({ query: expect.stringMatching(/^index=win\n \(source IN \(.*\) EventCode=1\)\n Image="x"$/) });
    expect(ask("splunk", "s:\n  Image: x\ncondition: s", { from: "index=starts", dedicated: true })).toMatchObject({ query: 'index=starts\n Image="x"' });
    expect(ask("defender", "s:\n  TargetObject: x\ncondition: s", { from: "DeviceRegistryEvents | where Timestamp > ago(1d)" }, "  product: windows\n  category: registry_set")).toMatchObject({ query: expect.stringMatching(/^DeviceRegistryEvents \| where [^\n]*\n\| where ActionType[^\n]*\n\| extend TargetObject = /) });
  });

  test("columns of an own table may be named as numbers", () => {
    expect(ask("sentinel", "s:\n  EventID: 4688\ncondition: s", { from: "Mine_CL | where x", fields: { EventID: "id_d" }, numbers: ["id_d"], dedicated: true })).toMatchObject({ query: "Mine_CL | where x\n| where id_d == 4688", source: null });
    expect(ask("sumo", "s:\n  F: x\ncondition: s", { from: "_index=mine", passThrough: true }, MINER)).toMatchObject({ query: expect.stringMatching(/^_index=mine\n\| json field=_raw "F" as F nodrop\n/) });
  });

  test("the first table that has every field is asked; another may be chosen by name, and an unknown one is refused", () => {
    const selection = "s:\n  Image: x\n  User: y\ncondition: s";
    expect(ask("splunk", selection)).toMatchObject({ source: "windows" });
    expect(ask("splunk", selection, { source: "security" })).toMatchObject({ source: "security", query: expect.stringContaining('SubjectUserName="y"') });
    expect(ask("splunk", selection, { source: "nix" })).toEqual({ refused: expect.stringContaining("known are: windows, security") });
    const logon = ["s:\n  EventID: 4624\n  LogonType: 3\ncondition: s", "s:\n  EventID: 5136\n  AttributeLDAPDisplayName: x\ncondition: s"].map((detection) => ask("sentinel", detection, {}, "  product: windows\n  service: security"));
    expect(logon).toMatchObject([{ source: "security", query: "SecurityEvent\n| where EventID == 4624\n  and LogonType == 3" }, { source: "windowsevent" }]);
    // Elastic splits Sysmon's User, so the table of Sysmon does not have it; hashes are Elastic Defend's.
    expect(ask("lucene", selection)).toEqual({ refused: expect.stringContaining("The field User") });
    expect(ask("lucene", "s:\n  sha256: x\ncondition: s")).toMatchObject({ source: "endpoint-process-windows" });
  });

  test("names that no column can have are refused", () => {
    for (const target of TARGET_IDS) expect(ask(target, "s:\n  Image: x\ncondition: s", { fields: { Image: "a\nb" } })).toMatchObject({ refused: expect.stringContaining("cannot be the name") });
  });

  test("the logs of Windows are those that rules are routed by, spelt as Windows spells them", () => {
    expect(windowsLogs({ product: "windows", category: "registry_add", service: null })).toEqual([{ channel: "Microsoft-Windows-Sysmon/Operational", ids: [12], types: ["CreateKey"] }]);
    expect(windowsLogs({ product: "windows", category: "registry_event", service: null })).toMatchObject([{ ids: [12, 13, 14], types: null }]);
    expect(windowsLogs({ product: "windows", category: "ps_script", service: null })).toMatchObject([{ channel: "Microsoft-Windows-PowerShell/Operational", ids: [4104] }]);
    expect(windowsLogs({ product: "windows", category: null, service: "security" })).toEqual([{ channel: "Security", ids: null, types: null }]);
    const spelt = new Set(names.map((name) => name.toLowerCase()));
    expect(Object.keys(table.channels).filter((channel) => !spelt.has(channel))).toEqual([]);
  });

  test("what says nothing to a query says nothing to the engine", () => {
    expect(NOTHING.filter((text) => !isEmptyValue(text))).toEqual([]);
  });

  test("every target has a label, a file extension and its own id", () => {
    expect(TARGETS.map(({ id }) => id)).toEqual([...TARGET_IDS]);
    expect(TARGETS.every(({ label, extension }) => label !== "" && /^[a-z]+$/.test(extension))).toBe(true);
  });
});
