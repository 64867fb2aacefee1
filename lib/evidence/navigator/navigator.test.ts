import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RollupRowJson } from "@/lib/assessment/rollups-json";
import { SightlineError } from "@/lib/shared/errors";
import { compareLayer } from "./compare-layer";
import { layerSchema } from "./layer-schema";
import { makeLayer, type LayerFacts } from "./make-layer";
import { readLayer } from "./read-layer";

const measure = (value: number | null, k: number, n: number) => ({ value, low: value, high: value, k, n });
function row(id: string, value: number | null, k: number, n: number, counts: Partial<RollupRowJson["counts"]> = {}, analytics = n): RollupRowJson {
  const all = { "not-applicable": 0, unassessable: 0, blind: n - k, declared: 0, partial: 0, observed: k, validated: 0, ...counts };
  return { level: "technique", id, name: id, segment: null, analytics, applicable: n, counts: all, observed: measure(value, k, n), validated: measure(value === null ? null : 0, 0, n), byComponent: null, uniform: { observed: measure(value, k, n), validated: measure(value, 0, n) }, includingSubTechniques: null };
}
const facts = (rows: readonly RollupRowJson[]): LayerFacts => ({ assessment: 7, at: "2026-11-21T12:00:00.000Z", releases: { enterprise: "19.1" }, resultDigest: "ab".repeat(32), engine: "e/1", policy: 2, weights: { profile: "uniform", version: 1 }, segments: { counted: 3, of: 3 }, domain: "enterprise", segment: null, rows, software: "Sightline" });
const layerOf = (given: object): string => JSON.stringify({ name: "theirs", domain: "enterprise-attack", versions: { layer: "4.5" }, techniques: [], ...given });

describe("a layer for ATT&CK Navigator", () => {
  const layer = makeLayer(facts([row("T1059", 0.375, 3, 8), row("T1005", 0, 0, 4), row("T1003", null, 0, 0, {}, 2), row("T1595", 0, 0, 2, { blind: 0, unassessable: 2 }), row("T1000", null, 0, 0, {}, 0)]));
  const of = (id: string) => layer.techniques.find(({ techniqueID }) => techniqueID === id);

  test("is format 4.5 of the release's main version", () => {
    expect(layerSchema.parse(layer)).toEqual(layer);
    expect(layer).toMatchObject({ domain: "enterprise-attack", versions: { layer: "4.5", attack: "19" } });
  });

  test("scores a technique by its number in percent, blind ones with 0", () => {
    expect(of("T1059")?.score).toBe(37.5);
    expect(of("T1005")?.score).toBe(0);
  });

  test.each(["T1003", "T1595", "T1000"])("gives %s, of which nothing is known, no score but words", (id) => {
    expect(of(id)).not.toHaveProperty("score");
    expect(of(id)?.comment).not.toBe("");
  });

  test("disables what does not apply, and leaves what ATT&CK publishes no analytic for", () => {
    expect([of("T1003")?.enabled, of("T1000")?.enabled, of("T1059")?.enabled]).toEqual([false, true, true]);
  });

  test("carries k of n, the digest it rests on and MITRE's notice", () => {
    expect(of("T1059")?.metadata).toContainEqual({ name: "observable cells", value: "3 of 8" });
    expect(JSON.stringify(layer.metadata)).toContain("ab".repeat(32));
    expect(layer.description).toContain("MITRE");
  });
});

describe("somebody's layer", () => {
  test("marks what is enabled and has a score above 0 or a colour", () => {
    const techniques = [{ techniqueID: "T1001", score: 1 }, { techniqueID: "T1002", score: 0 }, { techniqueID: "T1003", color: "#31a354" }, { techniqueID: "T1004", color: "#ffffff" }, { techniqueID: "T1005", score: 9, enabled: false }, { techniqueID: "T1006" }];
    expect(readLayer(layerOf({ techniques }), "l.json").techniques.filter(({ marked }) => marked).map(({ technique }) => technique)).toEqual(["T1001", "T1003"]);
  });

  test("that names a technique once per tactic counts it once, by its highest score", () => {
    const techniques = [{ techniqueID: "T1078", tactic: "persistence", score: 2 }, { techniqueID: "T1078", tactic: "stealth", score: 5 }];
    expect(readLayer(layerOf({ techniques }), "l.json").techniques).toEqual([expect.objectContaining({ technique: "T1078", score: 5 })]);
  });

  test("lists entries that are not understood, with their place", () => {
    const read = readLayer(layerOf({ techniques: [{ techniqueID: "T1001", score: 1 }, { techniqueID: "1059" }, 7] }), "l.json");
    expect(read.techniques).toHaveLength(1);
    expect(read.refused.map(({ position, field }) => [position, field])).toEqual([[1, "techniqueID"], [2, ""]]);
  });

  test("shortens a name that no list could show", () => {
    expect(readLayer(layerOf({ name: "x".repeat(5_000) }), "l.json").name).toBe(`${"x".repeat(200)}…`);
  });

  test.each([
    ["no JSON", "{", ""],
    ["another shape", "{}", "name"],
    ["an old format", layerOf({ versions: { layer: "3.0" } }), "versions.layer"],
    ["an unknown domain", layerOf({ domain: "space-attack" }), "domain"],
    ["two layers", `[${layerOf({})},${layerOf({})}]`, ""],
  ])("of %s is refused, naming the file and the field", (_what, text, field) => {
    const error = (() => {
      try {
        return readLayer(text, "l.json");
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!(error instanceof SightlineError)) throw new Error("not refused");
    expect(error.place).toMatchObject({ file: "l.json", ...(field === "" ? {} : { field }) });
    expect(error.place.remedy).not.toBe("");
    expect(error.message).not.toContain("undefined");
  });

  test("of any content is read or refused in words, and no entry is lost", () => {
    const entry = fc.oneof(fc.record({ techniqueID: fc.constantFrom("T1001", "T1001.002", "x"), score: fc.oneof(fc.integer(), fc.constant(null), fc.string()) }, { requiredKeys: [] }), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (techniques) => {
        const text = layerOf({ techniques });
        const read = readLayer(text, "l.json");
        const understood = techniques.length - read.refused.length;
        expect(read.techniques.length).toBeLessThanOrEqual(understood);
        expect(new Set(read.techniques.map(({ technique }) => technique)).size).toBe(read.techniques.length);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          readLayer(text, "l.json");
        } catch (error) {
          expect(error).toBeInstanceOf(SightlineError);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("beside ours: each technique stands in exactly one place", () => {
    const rows = [row("T1", 0.5, 1, 2), row("T2", 0, 0, 2), row("T3", 0.5, 1, 2), row("T4", 0, 0, 2), row("T5", null, 0, 0, {}, 1)];
    const marked = (technique: string) => ({ technique, score: 1, marked: true, comment: "" });
    const { counts, techniques } = compareLayer({ techniques: [marked("T1"), marked("T2"), marked("T5"), marked("T9")] }, rows);
    expect(counts).toEqual({ both: 1, "only-theirs": 1, "only-ours": 1, neither: 1, "not-applicable": 1, "unknown-here": 1 });
    expect(techniques.map(({ technique }) => technique)).toEqual(["T1", "T2", "T3", "T4", "T5", "T9"]);
  });
});

const samples = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "peers");
const published = existsSync(samples) ? readdirSync(samples, { recursive: true, encoding: "utf8" }).filter((file) => /layer.*\.json$/i.test(file)) : [];
test.skipIf(published.length === 0)("layers of other tools are read", () => {
  for (const file of published) expect(readLayer(readFileSync(join(samples, file), "utf8"), file).name).not.toBe("");
});
