import { expect, test } from "vitest";
import { identifyBundle } from "./identify-bundle";
import { parseStixBundle } from "./parse-stix-bundle";
import { analytic, bundleBytes, collection, soundObjects, technique, type StixObject } from "./testing/small-bundle";

const identify = (objects: readonly StixObject[], file: string, release?: string) => identifyBundle(parseStixBundle(bundleBytes(objects), file), file, release);

test("the release comes from the collection, else from the user, else from the file name", () => {
  expect(identify([...soundObjects(), collection("19.2")], "enterprise-attack-18.1.json")).toMatchObject({ release: "19.2", releaseFrom: "collection" });
  expect(identify(soundObjects(), "enterprise-attack-18.1.json", "19.1")).toMatchObject({ release: "19.1", releaseFrom: "option" });
  expect(identify(soundObjects(), "enterprise-attack-18.1.json")).toMatchObject({ release: "18.1", releaseFrom: "file-name" });
});

test.each([
  ["enterprise-attack-19.1-detect-stix21.json.gz", "19.1"],
  ["enterprise-attack-v18.0.json", "18.0"],
  ["stix2.1-enterprise-attack-17.1.json", "17.1"],
  ["ATTACK_19.1.json", "19.1"],
])("the file name %s says release %s", (file, release) => {
  expect(identify(soundObjects(), file).release).toBe(release);
});

test.each(["enterprise-attack.json", "stix-2.1.json", "bundle20260512.json", "a-1.2.3.4.5.json"])("the file name %s says no release, so the bundle is refused", (file) => {
  expect(() => identify(soundObjects(), file)).toThrow("does not say which release");
});

test("a release that contradicts the bundle, or is no number, is refused", () => {
  expect(() => identify([...soundObjects(), collection("19.1")], "b.json", "18.1")).toThrow("says that it is release 19.1, not 18.1");
  expect(() => identify(soundObjects(), "b.json", "latest")).toThrow('"latest" is not a release number');
  expect(() => identify([...soundObjects(), collection("19.1"), { ...collection("18.1"), id: "x-mitre-collection--2" }], "b.json")).toThrow("several releases");
});

test("the domain is the one that most objects name, else the one of the file name", () => {
  const mobile = soundObjects().map((object) => ({ ...object, x_mitre_domains: ["mobile-attack"] }));
  expect(identify(mobile, "b-19.1.json").domain).toBe("mobile");
  expect(identify([...mobile, technique("T9", { x_mitre_domains: ["mobile-attack", "enterprise-attack"] })], "b-19.1.json").domain).toBe("mobile");
  const silent = soundObjects().map((object) => ({ ...object, x_mitre_domains: [] }));
  expect(identify(silent, "ics-attack-19.1.json").domain).toBe("ics");
  expect(() => identify(silent, "b-19.1.json")).toThrow("enterprise, mobile or ics");
});

test("a bundle without groups, software and mitigations is detection-only", () => {
  expect(identify(soundObjects(), "b-19.1.json").detectOnly).toBe(true);
  expect(identify([...soundObjects(), { type: "malware", id: "malware--1" }], "b-19.1.json").detectOnly).toBe(false);
});

test("a STIX bundle that is not ATT&CK is refused", () => {
  expect(() => identify([{ type: "indicator", id: "indicator--1" }], "b-19.1.json")).toThrow("none of its 1 objects");
  expect(() => identify([analytic("AN1", "DET1", [])], "b-19.1.json")).not.toThrow();
});
