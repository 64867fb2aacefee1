import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { packManifestSchema, PACK_SCHEMA, readPackManifest } from "./measurements/pack-manifest";
import { parseRosterCsv } from "./parse-roster-csv";
import { parseSegmentsCsv } from "./parse-segments-csv";

/** Tables of the fleet and manifests of query packs, damaged: read or refused in words, every row in one place. */
const TEMPLATES = join(import.meta.dirname, "../../public/templates");
const OFFICE = { name: "Office", platforms: [{ name: "Windows", hosts: null }, { name: "macOS", hosts: 3 }] };
const MANIFEST = JSON.stringify({ schema: PACK_SCHEMA, pack: "3", segment: "Office", backend: "splunk", window_days: 7, hosts: "roster", families: ["windows-sysmon"], queries: [{ family: "windows-sysmon", purpose: "measure", file: "q.spl", sha256: "0".repeat(64) }], complete: true, ran_at: "2026-11-21T09:00:00Z", ran_by: "ana", system: "splunk-1" });

const cuts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), fc.constantFrom("", '"', ",", ";", "\n", "\r", "{", "}", "[", ":", "null", "-1", "1e99", "\u0000", "\ud800", "__proto__", "é", "=Windows", "macOS=9999999999")), { minLength: 1, maxLength: 6 });

function damage(text: string, changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce((left, [at, length, insert]) => left.slice(0, Math.floor(at * left.length)) + insert + left.slice(Math.floor(at * left.length) + length), text);
}

function holds(text: string, read: (damaged: string) => void): void {
  fc.assert(
    fc.property(cuts, (changes) => {
      try {
        read(damage(text, changes));
      } catch (error) {
        if (!(error instanceof SightlineError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
}

test("a segments file", () => {
  holds(readFileSync(join(TEMPLATES, "segments.csv"), "utf8"), (text) => {
    const { rows, understood, refused } = parseSegmentsCsv("s.csv", text, () => undefined);
    expect(understood.length + new Set(refused.map(({ row }) => row)).size).toBe(rows);
    for (const { draft } of understood) expect([draft.name.trim() === "", draft.platforms.length === 0, draft.assets >= 0 && draft.criticality >= 1 && draft.criticality <= 5]).toEqual([false, false, true]);
  });
});

test("a roster", () => {
  holds(readFileSync(join(TEMPLATES, "roster.csv"), "utf8"), (text) => {
    const { rows, hosts, refused } = parseRosterCsv("r.csv", text, OFFICE);
    expect(hosts.length + new Set(refused.map(({ row }) => row)).size).toBe(rows);
    for (const { key, platform } of hosts) expect([key === "", ["Windows", "macOS"].includes(platform)]).toEqual([false, true]);
  });
});

test("the manifest of a query pack", () => {
  expect(readPackManifest("manifest.json", MANIFEST)).toEqual(packManifestSchema.parse(JSON.parse(MANIFEST)));
  holds(MANIFEST, (text) => void expect(packManifestSchema.safeParse(readPackManifest("manifest.json", text)).success).toBe(true));
});
