import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { linkCatalog } from "./link-catalog";
import { parseStixBundle } from "./parse-stix-bundle";
import { bundleBytes, campaign, group, related, soundObjects, technique, type StixObject } from "./testing/small-bundle";

const groupsOf = (objects: readonly StixObject[]) => linkCatalog(parseStixBundle(bundleBytes([...soundObjects(), ...objects]), "b.json"), "enterprise").groups;

test("a group has its own uses, dated when they were recorded, and those of its campaigns, dated by their last sighting", () => {
  const found = groupsOf([
    group("G1", ["Name of G1", "Other"]),
    campaign("C1"),
    related("attributed-to", "campaign--C1", "intrusion-set--G1"),
    related("uses", "campaign--C1", "attack-pattern--T1"),
    related("uses", "intrusion-set--G1", "attack-pattern--T1"),
  ]);
  expect(found).toEqual([
    { id: "G1", stixId: "intrusion-set--G1", name: "Name of G1", aliases: ["Other"], uses: [{ technique: "T1", on: "2025-01-01", campaign: null }, { technique: "T1", on: "2021-06-30", campaign: { id: "C1", name: "Name of C1" } }] },
  ]);
});

test("revoked groups, withdrawn relationships, software and techniques that are not in force add nothing", () => {
  const found = groupsOf([
    group("G1"),
    group("G2", [], { revoked: true }),
    technique("T9", { revoked: true }),
    related("uses", "intrusion-set--G1", "attack-pattern--T1", { revoked: true }),
    related("uses", "intrusion-set--G1", "attack-pattern--T9"),
    related("uses", "malware--m", "attack-pattern--T1"),
    related("uses", "intrusion-set--G1", "malware--m"),
  ]);
  expect(found).toMatchObject([{ id: "G1", uses: [] }]);
});

test("a use that is recorded twice counts once, at its newest; one without a date stays without", () => {
  const use = (id: string, created: string | undefined) => related("uses", "intrusion-set--G1", "attack-pattern--T1", { id: `relationship--${id}`, created });
  expect(groupsOf([group("G1"), use("a", "2019-05-01T00:00:00Z"), use("b", "2022-05-01T00:00:00Z")])[0]?.uses).toEqual([{ technique: "T1", on: "2022-05-01", campaign: null }]);
  expect(groupsOf([group("G1"), use("a", undefined)])[0]?.uses).toEqual([{ technique: "T1", on: null, campaign: null }]);
});

const SAMPLE = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "attack/ics-attack-19.1-stix21.json.gz");
test.skipIf(!existsSync(SAMPLE))("the groups of ICS 19.1 are read with dates on every use", () => {
  const { groups } = linkCatalog(parseStixBundle(gunzipSync(readFileSync(SAMPLE)), "ics"), "ics");
  expect(groups.map(({ id }) => id)).toContain("G0034");
  const sandworm = groups.find(({ id }) => id === "G0034");
  expect(sandworm?.uses.some(({ campaign: of }) => of !== null)).toBe(true);
  expect(groups.flatMap(({ uses }) => uses).every(({ on }) => on !== null && on >= "2016-01-01")).toBe(true);
});
