import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createDb } from "@/lib/db/client";
import { openEmbedded } from "@/lib/db/embedded/open-embedded";
import { migrate } from "@/lib/db/migrate";
import { projectRoot } from "@/lib/db/project-root";
import { fileSource } from "@/lib/files/byte-source";
import { createFileStore } from "@/lib/files/file-store";
import { importCatalog } from "@/lib/operations/import-catalog";

/*
 * The full enterprise 19.1 bundle (25,842 objects, 36 MB unpacked) into a fresh embedded database with its usual durability,
 * against gunzip + JSON.parse of the same file in the same run. Targets: 10 s, 900 MB peak memory of this process.
 */
const FILE = "enterprise-attack-19.1-stix21.json.gz";
const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "attack", FILE);
if (!existsSync(SAMPLE)) {
  console.log(`skipped: ${SAMPLE} is not here`);
  process.exit(0);
}
const seconds = (began: number): number => (performance.now() - began) / 1000;
const say = (what: string, value: number, unit: string, target?: number): void =>
  console.log(`${what.padEnd(44)} ${value.toFixed(unit === "MB" ? 0 : 2)} ${unit}${target === undefined ? "" : `  target ${target} ${unit}: ${value <= target ? "met" : "MISSED"}`}`);

const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));
chmodSync(folder, 0o711); // as root the server runs as another user
const server = await openEmbedded(folder);
try {
  await migrate(server.connection);
  const db = createDb(server.connection);
  const ctx = { actor: { name: "local:bench", authenticated: false }, role: "admin", segments: "all", clock: () => new Date(), db, files: createFileStore(join(folder, "files")) } as const;
  await db.catalogSnapshot.count(); // connected
  const steps: [string, number][] = [];
  let began = performance.now();
  const cpu = process.cpuUsage();
  const result = await importCatalog(ctx, { fileName: FILE, source: await fileSource(SAMPLE), progress: (_done, _total, text) => steps.push([text, performance.now()]) });
  const took = seconds(began);
  const used = process.cpuUsage(cpu);
  console.log(result.message);
  steps.forEach(([text, at], n) => {
    const next = steps[n + 1];
    if (next !== undefined) say(`  ${text}`, (next[1] - at) / 1000, "s");
  });
  say("imported", took, "s", 10);
  say("  of which this process computed", (used.user + used.system) / 1e6, "s");
  say("peak memory of this process", process.resourceUsage().maxRSS / 1024, "MB", 900);

  began = performance.now();
  const again = await importCatalog(ctx, { fileName: FILE, source: await fileSource(SAMPLE) });
  say(`again (${again.outcome})`, seconds(began), "s");

  began = performance.now();
  JSON.parse(gunzipSync(readFileSync(SAMPLE)).toString("utf8"));
  const baseline = seconds(began);
  say("gunzip and JSON.parse alone, the baseline", baseline, "s");
  console.log(`${"  import, times the baseline".padEnd(44)} ${(took / baseline).toFixed(1)}`);
  await db.$disconnect();
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
