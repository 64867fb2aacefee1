import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findRepointed } from "./find-repointed";
import { identifyBundle } from "./identify-bundle";
import { linkCatalog } from "./link-catalog";
import { parseStarterCatalog } from "./parse-starter-catalog";
import { STARTER_EDITIONS, type StarterEdition } from "./starter-release";
import { parseStixBundle, type ParsedBundle } from "./parse-stix-bundle";
import type { LinkedCatalog } from "./types";

/** Real releases from the samples folder; the tests that need them are skipped where it is absent. */
const SAMPLES = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "attack");
const absent = !existsSync(SAMPLES);

const read = new Map<string, { bundle: ParsedBundle; linked: LinkedCatalog }>();
function release(file: string): { bundle: ParsedBundle; linked: LinkedCatalog } {
  const known = read.get(file);
  if (known !== undefined) return known;
  const bundle = parseStixBundle(gunzipSync(readFileSync(join(SAMPLES, file))), file);
  const both = { bundle, linked: linkCatalog(bundle, identifyBundle(bundle, file, undefined).domain) };
  read.set(file, both);
  return both;
}
const FULL = "enterprise-attack-19.1-stix21.json.gz";
const DETECT = "enterprise-attack-19.1-detect-stix21.json.gz";
const codes = ({ issues }: LinkedCatalog) => {
  const counts: Record<string, number> = {};
  for (const { severity, code } of issues) counts[`${severity} ${code}`] = (counts[`${severity} ${code}`] ?? 0) + 1;
  return counts;
};

test.skipIf(absent)("enterprise 19.1 holds what was counted", () => {
  const { bundle, linked } = release(FULL);
  const references = linked.analytics.map((analytic) => analytic.logSources.length);
  expect(bundle.objects).toHaveLength(25_842);
  expect(linked.analytics).toHaveLength(1_758);
  expect(linked.strategies).toHaveLength(699);
  expect(linked.techniques).toHaveLength(858);
  expect(linked.tactics).toHaveLength(15);
  expect(linked.components).toHaveLength(109);
  expect(references.reduce((sum, count) => sum + count, 0)).toBe(4_182);
  expect(references.filter((count) => count === 0)).toHaveLength(45);
  expect(linked.analytics.filter((analytic) => analytic.platforms.length === 1 && analytic.strategy !== null)).toHaveLength(1_758);
  expect(linked.analytics.filter((analytic) => analytic.platforms[0] === "macOS")).toHaveLength(353);
  expect(linked.analytics.flatMap((analytic) => analytic.mutableElements)).toHaveLength(4_376);
});

test.skipIf(absent)("the dirt of 19.1 is found, object by object, and nothing else is", () => {
  expect(codes(release(FULL).linked)).toEqual({
    "folded channel-none": 76,
    "folded channel-folded": 14,
    "folded name-folded": 8,
    "odd reference-not-in-component": 3,
    "odd strategy-deprecated": 13,
    "odd no-log-sources": 45,
    "odd platform-without-analytic": 51,
  });
  const missing = release(FULL).linked.issues.filter(({ code }) => code === "reference-not-in-component");
  expect(missing.map(({ attackId }) => attackId)).toEqual(["AN0580", "AN0861", "AN1331"]);
});

test.skipIf(absent)("the four published hashes are reproduced, in each release that holds the objects", () => {
  for (const file of [FULL, DETECT, "enterprise-attack-18.1-detect-stix21.json.gz"]) {
    const hash = (id: string) => release(file).linked.analytics.find((analytic) => analytic.id === id)?.rawSha256;
    expect(hash("AN0749")).toMatch(/^e5980b0ad417/);
    expect(hash("AN1316")).toMatch(/^9e320a43752a/);
    expect(hash("AN0173")).toMatch(/^87af7b98e27e/);
    expect(hash("AN0598")).toMatch(/^8a7bbca839884f94/);
  }
});

test.skipIf(absent)("the renamed tactic keeps its id, and no live technique is without tactic or strategy", () => {
  const { linked } = release(FULL);
  expect(linked.tactics.find(({ id }) => id === "TA0005")).toMatchObject({ name: "Stealth", shortName: "stealth" });
  const live = linked.techniques.filter((technique) => !technique.revoked && !technique.deprecated);
  expect(live).toHaveLength(697);
  expect(live.filter((technique) => technique.strategies.length !== 1 || technique.tactics.length === 0)).toEqual([]);
});

test.skipIf(absent)("the detection-only bundle links to the same catalogue as the full one", () => {
  const { issues: _full, groups, ...full } = release(FULL).linked;
  const { issues: _detect, groups: none, ...detect } = release(DETECT).linked;
  expect(detect).toEqual(full);
  expect(none).toEqual([]); // it leaves groups out
  const campaigns = groups.flatMap(({ uses }) => uses.filter(({ campaign }) => campaign !== null));
  expect([groups.length, groups.flatMap(({ uses }) => uses).length - campaigns.length, campaigns.length]).toEqual([174, 4_546, 520]);
});

test.skipIf(absent)("mobile and ICS are read: no platform and no channel in ICS, misspelt and padded names in mobile", () => {
  const ics = release("ics-attack-19.1-stix21.json.gz").linked;
  expect(ics.analytics).toHaveLength(97);
  expect(ics.analytics.every((analytic) => analytic.platforms.length === 0 && analytic.logSources.every(({ channel }) => channel === ""))).toBe(true);
  expect(codes(ics)).toEqual({ "folded channel-none": 85, "folded platform-none": 97, "odd no-log-sources": 12, "odd reference-not-in-component": 4 });
  const mobile = release("mobile-attack-19.1-stix21.json.gz").linked;
  expect(mobile.analytics).toHaveLength(211);
  const names = new Set(mobile.analytics.flatMap((analytic) => analytic.logSources.map(({ name }) => name)));
  expect(names).not.toContain("MobiledEDR:telemetry");
  expect([...names].filter((name) => name !== name.trim())).toEqual([]);
});

test.skipIf(absent)("data components that several domains share are the same object in each", () => {
  const hashes = (file: string) => new Map(release(file).bundle.objects.filter(({ type }) => type === "x-mitre-data-component").map(({ stixId, rawSha256 }) => [stixId, rawSha256]));
  const enterprise = hashes(FULL);
  const shared = [...hashes("ics-attack-19.1-stix21.json.gz")].filter(([id]) => enterprise.has(id));
  expect(shared).toHaveLength(31);
  expect(shared.filter(([id, hash]) => enterprise.get(id) !== hash)).toEqual([]);
});

const starter = (edition: StarterEdition = "19.1") => parseStarterCatalog(readFileSync(`prisma/starter/enterprise-${edition}.json`, "utf8")).linked;
const SOURCES: Readonly<Record<StarterEdition, string>> = { "19.1": FULL, "18.1": "enterprise-attack-18.1-detect-stix21.json.gz" };

test("the starter catalogue covers every enterprise platform, macOS with at least fifty analytics, and links without a break", () => {
  const { analytics, strategies, issues } = starter();
  const platforms = new Map<string, number>();
  for (const { platforms: own } of analytics) for (const platform of own) platforms.set(platform, (platforms.get(platform) ?? 0) + 1);
  expect([...platforms.keys()].sort()).toEqual(["Containers", "ESXi", "IaaS", "Identity Provider", "Linux", "Network Devices", "Office Suite", "PRE", "SaaS", "Windows", "macOS"]);
  expect(analytics.length).toBeGreaterThanOrEqual(150);
  expect(platforms.get("macOS")).toBeGreaterThanOrEqual(50);
  expect(strategies.map(({ id }) => id)).toEqual(expect.arrayContaining(["DET0268", "DET0478", "DET0063", "DET0213"]));
  expect(analytics.some(({ logSources }) => logSources.length === 0)).toBe(true);
  expect(analytics.every(({ strategy, techniques, rawSha256 }) => strategy !== null && techniques.length === 1 && (techniques[0]?.tactics.length ?? 0) > 0 && rawSha256 === null)).toBe(true);
  expect([...new Set(issues.map(({ code }) => code))].filter((code) => !["channel-none", "no-log-sources", "platform-without-analytic", "name-folded", "channel-folded"].includes(code))).toEqual([]);
});

test("the earlier edition is the same excerpt one release earlier: the same strategies but for one that was given up since", () => {
  const [now, before] = [starter(), starter("18.1")];
  const ids = (of: readonly { readonly id: string }[]) => new Set(of.map(({ id }) => id));
  const gone = [...ids(before.analytics)].filter((id) => !ids(now.analytics).has(id));
  expect([...ids(now.strategies)].filter((id) => !ids(before.strategies).has(id))).toEqual([]);
  expect([...ids(before.strategies)].filter((id) => !ids(now.strategies).has(id))).toEqual(["DET0317"]);
  expect(gone).toEqual(before.strategies.find(({ id }) => id === "DET0317")?.analytics);
  expect([...ids(now.analytics)].filter((id) => !ids(before.analytics).has(id))).toEqual(["AN2044"]);
  expect(findRepointed(before.strategies, now.strategies).map(({ id, from, to }) => [id, ...from, ...to])).toEqual([["DET0289", "T1562.008", "T1685.002"], ["DET0497", "T1562.001", "T1685"], ["DET0520", "T1070.002", "T1685.006"], ["DET0532", "T1070.001", "T1685.005"]]);
  expect(before.analytics.every(({ strategy, techniques }) => strategy !== null && techniques.length === 1 && (techniques[0]?.tactics.length ?? 0) > 0)).toBe(true);
});

test.each(STARTER_EDITIONS)("MITRE's notice and licence stand beside the starter catalogue, and its edition %s says what it is", (edition) => {
  const notice = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";
  const text = readFileSync(`prisma/starter/enterprise-${edition}.json`, "utf8");
  expect(text).toContain(notice);
  expect(text).toContain(`An excerpt of MITRE ATT&CK(R) enterprise ${edition}`);
  expect(parseStarterCatalog(text).release).toBe(`starter-${edition}`);
  expect(readFileSync("prisma/starter/LICENSE-ATTACK.txt", "utf8")).toContain(notice);
});

test.skipIf(absent).each(STARTER_EDITIONS)("the starter catalogue's facts are those of %s, and its prose is not MITRE's", (edition) => {
  const published = release(SOURCES[edition]).linked;
  const real = new Map(published.analytics.map((analytic) => [analytic.id, analytic]));
  const own = starter(edition);
  for (const analytic of own.analytics) {
    const original = real.get(analytic.id);
    const facts = ({ description: _d, rawSha256: _r, references: _f, mutableElements, logSources, ...rest }: typeof analytic) => ({
      ...rest,
      fields: mutableElements.map(({ field }) => field),
      sources: logSources.map(({ component, name, channel, rawName, rawChannel }) => [component.id, component.name, rawName ?? name, rawChannel ?? channel]),
    });
    expect(original).toBeDefined();
    if (original === undefined) continue;
    expect(facts(analytic)).toEqual(facts(original));
    expect(analytic.references[0]).toEqual(original.references[0]);
    for (const sentence of original.description.split(/(?<=[.!?])\s+/).filter((text) => text.length > 40)) expect(analytic.description).not.toContain(sentence);
    for (const { field, description } of original.mutableElements) expect(analytic.mutableElements.find((element) => element.field === field)?.description).not.toBe(description);
  }
  const strategies = new Map(published.strategies.map((strategy) => [strategy.id, strategy]));
  for (const strategy of own.strategies) expect(strategy).toEqual(strategies.get(strategy.id)); // whole strategies: every sibling
  const techniques = new Map(published.techniques.map((technique) => [technique.id, technique]));
  const held = new Set(own.strategies.map(({ id }) => id)); // parents of sub-techniques are there for their place in the matrix alone
  for (const technique of own.techniques) {
    const original = techniques.get(technique.id);
    expect(technique).toEqual(original && { ...original, strategies: original.strategies.filter((id) => held.has(id)) });
    if (technique.parent !== null) expect(own.techniques.some(({ id }) => id === technique.parent)).toBe(true);
  }
  const components = new Map(published.components.map(({ id, name, stixId }) => [id, { name, stixId }]));
  for (const { id, name, stixId } of own.components) expect({ name, stixId }).toEqual(components.get(id));
  expect(own.tactics).toEqual(published.tactics);
});
