import { PACK_SCHEMA, type PackManifest } from "@/lib/inventory/measurements/pack-manifest";
import { sha256 } from "@/lib/shared/digest";
import { expandPattern } from "@/lib/shared/expand-pattern";
import { seededRandom } from "@/lib/shared/seeded-random";
import { parseDuration } from "@/lib/shared/template-time";
import { writeZip } from "../evidence/write-zip";
import type { DemoMeasurement } from "./demo-content";
import type { DemoContent } from "./read-demo-content";
import { renderDemoSample } from "./render-demo-sample";

const DAY_MS = 86_400_000;
const ZIP_TIME = new Date(Date.UTC(1980, 0, 1)); // the same bytes for the same t0

/**
 * The zip that a query pack would have come back as: manifest, query, one row a host and the raw records, with times relative
 * to t0 (ms). Every counted field is filled in every record.
 */
export async function renderDemoMeasurement(content: DemoContent, measurement: DemoMeasurement, t0: number): Promise<Buffer> {
  const { family, raw } = measurement;
  const query = await content.query(measurement.query);
  const ranAt = t0 + parseDuration(measurement.ranAt);
  const manifest: PackManifest = {
    schema: PACK_SCHEMA,
    pack: "1",
    segment: raw.segment,
    backend: measurement.backend,
    window_days: measurement.windowDays,
    hosts: "roster",
    families: [family],
    left_out: [],
    queries: [{ family, purpose: "measure", file: `queries/${family}.spl`, sha256: sha256(query) }],
    complete: null,
    ran_at: new Date(ranAt).toISOString(),
    ran_by: measurement.ranBy,
    system: measurement.system,
  };
  const entries = [
    { path: "manifest.json", content: () => [JSON.stringify(manifest, null, 2)] },
    { path: `queries/${family}.spl`, content: () => [query] },
    { path: `${family}.csv`, content: () => [writeRows(content.replay.seed, measurement, ranAt)] },
    { path: `raw/${raw.file}`, content: () => renderDemoSample(content, raw, t0) },
  ];
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(entries, ZIP_TIME, [])) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function writeRows(seed: string, { family, eventKey, windowDays, hosts, fields, raw }: DemoMeasurement, ranAt: number): string {
  const header = ["segment", "family", "event_key", "host", "count", "first", "last", ...fields.map((field) => `fill_${field}`)];
  const rows = hosts.flatMap(expandPattern).map((host) => {
    const random = seededRandom(`${seed}/${raw.file}/${host}`);
    const count = random.int(3, 90);
    const first = ranAt - windowDays * DAY_MS + random.int(60, 40_000) * 1000;
    const last = ranAt - random.int(600, 70_000) * 1000;
    return [raw.segment, family, eventKey, host, count, new Date(first).toISOString(), new Date(last).toISOString(), ...fields.map(() => count)];
  });
  return [header, ...rows].map((row) => `${row.join(",")}\n`).join("");
}
