import { expect, test } from "vitest";
import { linkCatalog } from "./link-catalog";
import { parseStixBundle } from "./parse-stix-bundle";
import type { Domain } from "./types";
import { analytic, bundleBytes, component, detects, matrix, soundObjects, strategy, tactic, technique, type StixObject } from "./testing/small-bundle";

const link = (objects: readonly StixObject[], domain: Domain = "enterprise") => linkCatalog(parseStixBundle(bundleBytes(objects), "b.json"), domain);
const without = (id: string) => soundObjects().filter((object) => !String(object.id).endsWith(`--${id}`));
const codes = (objects: readonly StixObject[], domain?: Domain) => link(objects, domain).issues.map((issue) => `${issue.severity} ${issue.code}`);

test("a sound chain is linked by the embedded references alone and raises no issue", () => {
  const { analytics, strategies, techniques, issues } = link(soundObjects());
  expect(issues).toEqual([]);
  expect(analytics[0]).toMatchObject({
    id: "AN1",
    platforms: ["macOS"],
    strategy: { id: "DET1" },
    techniques: [{ id: "T1", tactics: [{ id: "TA1", name: "Name of TA1" }] }],
    logSources: [{ component: { id: "DC1" }, name: "macos:unifiedlog", channel: "exec" }],
  });
  expect(strategies[0]).toMatchObject({ techniques: ["T1"], analytics: ["AN1"] });
  expect(techniques[0]).toMatchObject({ strategies: ["DET1"], parent: null });
});

test("absent optional lists and flags are empty and false", () => {
  const bare = Object.fromEntries(Object.entries(analytic("AN1", "DET1", [])).filter(([key]) => !/log_source|mutable|deprecated|revoked/.test(key)));
  const { analytics, issues } = link([...without("AN1"), bare]);
  expect(analytics[0]).toMatchObject({ logSources: [], mutableElements: [], revoked: false, deprecated: false });
  expect(issues.map(({ code }) => code)).toEqual(["no-log-sources"]);
});

test("the spelling that most references use stands for all, and the published one is kept", () => {
  const sources = [["DC1", "macos:unifiedlog", "exec"], ["DC1", "macOS:unifiedlog", "open"], ["DC1", "linuxsyslog", "x"], ["DC1", "linux:syslog", "y"], ["DC1", "linux:syslog", "z"], ["DC1", "MobiledEDR:telemetry", ""]] as const;
  const dc = component("DC1", sources.map(([, name, channel]) => [name, channel] as const));
  const { analytics, issues } = link([...without("AN1").filter((object) => object.type !== "x-mitre-data-component"), dc, analytic("AN1", "DET1", [...sources, ["DC1", "macos:unifiedlog", "close "]])]);
  expect(analytics[0]?.logSources.map(({ name, rawName }) => [name, rawName])).toEqual([
    ["macos:unifiedlog", undefined],
    ["macos:unifiedlog", "macOS:unifiedlog"],
    ["linux:syslog", "linuxsyslog"],
    ["linux:syslog", undefined],
    ["linux:syslog", undefined],
    ["MobileEDR:telemetry", "MobiledEDR:telemetry"],
    ["macos:unifiedlog", undefined],
  ]);
  expect(analytics[0]?.logSources[6]).toMatchObject({ channel: "close", rawChannel: "close " });
  expect(issues.filter(({ severity }) => severity === "folded").map(({ code }) => code)).toEqual(["name-folded", "name-folded", "name-folded", "channel-folded"]);
});

test("trailing blanks in names do not make another source", () => {
  const sources = [["networkconfig", "a"], ["networkconfig ", "b"]] as const;
  const { analytics } = link([...without("AN1").filter((object) => object.type !== "x-mitre-data-component"), component("DC1", sources), analytic("AN1", "DET1", sources.map(([name, channel]) => ["DC1", name, channel] as const))]);
  expect(analytics[0]?.logSources.map(({ name }) => name)).toEqual(["networkconfig", "networkconfig"]);
});

test('the channel "None" means no channel', () => {
  const { analytics, issues } = link([...without("AN1").filter((object) => object.type !== "x-mitre-data-component"), component("DC1", [["Process", "None"]]), analytic("AN1", "DET1", [["DC1", "Process", "None"]])]);
  expect(analytics[0]?.logSources).toEqual([{ component: { id: "DC1", name: "Name of DC1" }, name: "Process", channel: "", rawChannel: "None" }]);
  expect(issues.map(({ code }) => code)).toEqual(["channel-none"]);
});

test('the platform "None" of ICS means no platform, and its strategies have no platform gaps', () => {
  const objects = [...without("AN1"), analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"]], { x_mitre_platforms: ["None"], x_mitre_domains: ["ics-attack"] })];
  expect(link(objects, "ics").analytics[0]?.platforms).toEqual([]);
  expect(codes(objects, "ics")).toEqual(["folded platform-none"]);
});

test("analytics of a deprecated strategy are marked through it, although they are not marked themselves", () => {
  const { analytics, issues } = link([...without("DET1").filter((object) => object.type !== "relationship"), strategy("DET1", ["AN1"], { x_mitre_deprecated: true })]);
  expect(analytics[0]).toMatchObject({ deprecated: false, strategyDeprecated: true, techniques: [] });
  expect(issues.map(({ code }) => code)).toEqual(["strategy-deprecated", "technique-without-strategy"]);
});

test.each<[string, readonly StixObject[], readonly string[]]>([
  ["an analytic without a strategy", [...without("DET1").filter((object) => object.type !== "relationship")], ["odd orphan-analytic"]],
  ["an analytic of two strategies", [...soundObjects(), strategy("DET2", ["AN1"]), technique("T2"), detects("DET2", "T2")], ["odd shared-analytic"]],
  ["two platforms on one analytic", [...without("AN1"), analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"]], { x_mitre_platforms: ["macOS", "Linux"] })], ["odd platforms-of-analytic"]],
  ["one platform twice in a strategy", [...without("DET1"), strategy("DET1", ["AN1", "AN2"]), analytic("AN2", "DET1", [["DC1", "macos:unifiedlog", "exec"]])], ["odd platform-twice"]],
  ["an address that names another strategy", [...without("AN1"), analytic("AN1", "DET9", [["DC1", "macos:unifiedlog", "exec"]])], ["odd url-mismatch"]],
  ["a dangling analytic", [...without("DET1"), strategy("DET1", ["AN1", "AN7"])], ["odd dangling-reference"]],
  ["a dangling data component", [...without("AN1"), analytic("AN1", "DET1", [["DC7", "macos:unifiedlog", "exec"]])], ["refused dangling-reference"]],
  ["a dangling relationship", [...soundObjects(), detects("DET1", "T7")], ["odd dangling-reference"]],
  ["a deprecated data component", [...without("DC1"), component("DC1", [["macos:unifiedlog", "exec"]], { x_mitre_deprecated: true })], ["odd deprecated-component"]],
  ["a reference its component does not list", [...without("DC1"), component("DC1", [["auditd:SYSCALL", "execve"]])], ["odd reference-not-in-component"]],
  ["one reference twice, apart from case", [...without("AN1"), analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"], ["DC1", "macos:unifiedlog", "Exec "]])], ["folded channel-folded", "odd duplicate-reference"]],
  ["a strategy of two techniques", [...soundObjects(), technique("T2"), detects("DET1", "T2")], ["odd techniques-of-strategy"]],
  ["a strategy of no technique", soundObjects().filter((object) => object.type !== "relationship"), ["odd techniques-of-strategy", "odd technique-without-strategy"]],
  ["a platform of the technique without an analytic", [...without("T1"), technique("T1", { x_mitre_platforms: ["macOS", "ESXi"] })], ["odd platform-without-analytic"]],
  ["an unknown tactic", [...without("T1"), technique("T1", { kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "stealth" }] })], ["odd unknown-tactic"]],
  ["two analytics with one ATT&CK id", [...soundObjects(), analytic("AN1", "DET1", [], { id: "x-mitre-analytic--other" })], ["refused duplicate-attack-id"]],
  ["an analytic without an ATT&CK id", [...soundObjects(), analytic("AN2", "DET1", [], { external_references: [] })], ["refused no-attack-id"]],
  ["a release before 18", [tactic("TA1", "collection"), technique("T1")], ["odd no-analytics"]],
  ["an analytic of another domain", [...without("AN1"), analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"]], { x_mitre_domains: ["mobile-attack"] })], ["odd other-domain"]],
])("%s is reported", (_, objects, expected) => {
  expect(codes(objects)).toEqual(expected);
});

test("a relationship that was revoked or deprecated links nothing", () => {
  const objects = soundObjects().filter((object) => object.type !== "relationship");
  expect(link([...objects, detects("DET1", "T1", { revoked: true })]).analytics[0]?.techniques).toEqual([]);
});

test("a renamed tactic keeps its id; techniques follow its phase name of the release", () => {
  const renamed = [matrix(["TA0005"]), tactic("TA0005", "stealth", { name: "Stealth" }), technique("T1", { kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "stealth" }] }), ...soundObjects().slice(3)];
  expect(link(renamed).analytics[0]?.techniques[0]?.tactics).toEqual([{ id: "TA0005", name: "Stealth" }]);
});

test("tactics stand in the order of the matrix, and a live matrix goes before a deprecated one", () => {
  const objects = [
    { ...matrix(["TA3"]), id: "x-mitre-matrix--old", x_mitre_deprecated: true },
    matrix(["TA2", "TA1"]),
    tactic("TA1", "collection"),
    tactic("TA2", "execution"),
    tactic("TA3", "network-effects"),
    tactic("TA0", "unplaced"),
    ...soundObjects().slice(2),
  ];
  expect(link(objects).tactics.map(({ id, order }) => [id, order])).toEqual([["TA2", 0], ["TA1", 1], ["TA3", 2], ["TA0", 3]]);
});

test("the order of objects in the bundle changes nothing but the order of issues", () => {
  const objects = [...soundObjects(), strategy("DET2", ["AN1"]), technique("T2"), detects("DET2", "T2")];
  const strip = ({ issues: _, ...linked }: ReturnType<typeof link>) => linked;
  expect(strip(link([...objects].reverse()))).toEqual(strip(link(objects)));
});
