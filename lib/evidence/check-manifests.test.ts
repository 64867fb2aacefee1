import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/shared/digest";
import { MANIFEST, manifestText, parseManifest, TAG_MANIFEST } from "./bag";
import { checkManifests } from "./check-manifests";

const entry = (path: string, content: string) => ({ path, sha256: sha256(content), bytes: content.length });
const payload = [entry("data/a.json", "a"), entry("data/b.csv", "b")];
const manifest = manifestText(payload);
const tags = [entry("bagit.txt", "x"), entry(MANIFEST, manifest)];
const tagManifest = manifestText(tags);
const all = [...payload, ...tags, entry(TAG_MANIFEST, tagManifest)];
const check = (found: typeof all, texts: Record<string, string> = { [MANIFEST]: manifest, [TAG_MANIFEST]: tagManifest }) =>
  checkManifests(found, (path) => texts[path] ?? null).map(({ path, state }) => [path, state]);

describe("the manifests of a package", () => {
  test("agree with what was written", () => {
    expect(check(all)).toEqual([]);
  });

  test("tell the entry that differs, is missing or is extra", () => {
    expect(check(all.map((one) => (one.path === "data/a.json" ? entry(one.path, "A") : one)))).toEqual([["data/a.json", "differs"]]);
    expect(check(all.filter(({ path }) => path !== "data/b.csv"))).toEqual([["data/b.csv", "missing"]]);
    expect(check([...all, entry("data/c", "c"), entry("README", "r")])).toEqual([["README", "extra"], ["data/c", "extra"]]);
  });

  test("that were rewritten with their payload are told by the other manifest", () => {
    const changed = [entry("data/a.json", "A"), ...all.slice(1)];
    const rewritten = manifestText([entry("data/a.json", "A"), ...payload.slice(1)]);
    const found = changed.map((one) => (one.path === MANIFEST ? entry(MANIFEST, rewritten) : one));
    expect(check(found, { [MANIFEST]: rewritten, [TAG_MANIFEST]: tagManifest })).toEqual([[MANIFEST, "differs"]]);
  });

  test("tell a renamed file once, and what a changed manifest says of others in its own finding", () => {
    expect(check(all.map((one) => (one.path === "data/b.csv" ? entry("data/c.csv", "b") : one)))).toEqual([["data/b.csv", "missing"]]);
    const damaged = manifest.replace("data/a.json", "data/A.json");
    const found = all.map((one) => (one.path === MANIFEST ? entry(MANIFEST, damaged) : one));
    const findings = checkManifests(found, (path) => ({ [MANIFEST]: damaged, [TAG_MANIFEST]: tagManifest })[path] ?? null);
    expect(findings).toEqual([{ path: MANIFEST, state: "differs", text: expect.stringMatching(/ By it, these would not be right either: data\/A\.json \(missing\), data\/a\.json \(extra\)\.$/) }]);
  });

  test("that are absent or malformed are findings themselves", () => {
    expect(check(all.filter(({ path }) => path !== MANIFEST), { [TAG_MANIFEST]: tagManifest })).toContainEqual([MANIFEST, "missing"]);
    expect(check(all, { [MANIFEST]: "nonsense", [TAG_MANIFEST]: tagManifest })).toContainEqual([MANIFEST, "unreadable"]);
    expect(parseManifest(`${manifest}${manifest}`)).toBe(null);
  });
});
