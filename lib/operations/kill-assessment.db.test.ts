import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { scoringInputSchema } from "@/lib/assessment/scoring-input";
import { killDatabase, startJobProcess, waitForJob, type JobProcess } from "@/lib/db/testing/job-process";
import { copyCluster, migratedTemplate } from "@/lib/db/testing/migrated-template";
import { withTransaction } from "@/lib/db/with-transaction";
import { insertSegment } from "@/lib/inventory/store";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";
import { listAssessments } from "./list-assessments";
import { loadStarterCatalog } from "./load-starter-catalog";
import { openContext, type OpenContext } from "./open-context";
import { startAssessment } from "./prepare-assessment";
import { streamCells } from "./stream-cells";
import { verifyAuditChain } from "./verify-audit-chain";

/**
 * kill -9 of the process and of the database while an assessment is written: afterwards it is there whole, once, or not at
 * all with a reason. Real processes on a durable cluster; the fleet is large enough that writing takes a while.
 */
const SEGMENTS = 60;
const PLATFORMS = ["Windows", "Linux", "macOS", "IaaS"].map((name) => ({ name, hosts: null }));

let dataDir: string;
let open: OpenContext;
let first: JobProcess;
let second: JobProcess | null;
let jobId: string;
const before = process.env.SIGHTLINE_DATA;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "sightline-kill-assessment-"));
  chmodSync(dataDir, 0o711); // as root the server runs as another user
  process.env.SIGHTLINE_DATA = dataDir;
  copyCluster(await migratedTemplate(), dataDir); // durable from here on: it is started as a user's is
  open = await openContext();
  second = null;
  await loadStarterCatalog(open.ctx);
  await withTransaction(open.ctx.db, async (tx) => {
    for (let index = 0; index < SEGMENTS; index += 1) {
      await insertSegment(tx, { name: `Segment ${index}`, platforms: PLATFORMS, assets: 100 + index, criticality: 1 + (index % 5), owner: "", tags: [], timeZone: null, target: null }, { at: new Date() });
    }
  });
  jobId = await startAssessment(open.ctx, { at: "2026-11-21T12:00:00Z" });
  first = startJobProcess(dataDir);
  // An incomplete row means that writing has begun; a fast machine may already be done.
  for (let waited = 0; waited < 600 && (await open.ctx.db.assessment.count({ where: { jobId } })) === 0; waited += 1) await sleep(50);
});

afterEach(async () => {
  await first.kill9();
  await second?.end();
  await open.close().catch(() => {});
  rmSync(dataDir, { recursive: true, force: true });
  if (before === undefined) delete process.env.SIGHTLINE_DATA;
  else process.env.SIGHTLINE_DATA = before;
});

async function expectWholeAndOnce(): Promise<void> {
  const [assessment, ...others] = await listAssessments(open.ctx);
  expect(others).toEqual([]);
  expect(await open.ctx.db.assessment.count()).toBe(1);
  const parts: Uint8Array[] = [];
  for await (const part of open.ctx.files.open(assessment?.inputDigest ?? "")) parts.push(part);
  const input = scoringInputSchema.parse(JSON.parse(Buffer.concat(parts).toString()));
  const result = assess(input);
  expect(sha256(canonicalJson(result))).toBe(assessment?.resultDigest);
  expect(await open.ctx.db.cell.count()).toBe(result.cells.length);
  let cells = 0;
  for await (const _ of streamCells(open.ctx, { assessment: null })) cells += 1;
  expect(cells).toBe(input.analytics.length * SEGMENTS);
  expect(await open.ctx.db.auditEntry.count({ where: { action: "assessment.run" } })).toBe(1);
  expect((await verifyAuditChain(open.ctx)).broken).toBeNull();
}

test("of the process that works: the next one starts over, and the assessment is there once", async () => {
  await first.kill9();
  second = startJobProcess(dataDir);
  await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done", second.log);
  await expectWholeAndOnce();
});

test("of the database and the process: it recovers, and the assessment is whole or absent with a reason", async () => {
  killDatabase(dataDir);
  await first.kill9();
  await open.close().catch(() => {});
  open = await openContext();
  second = startJobProcess(dataDir);
  await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done" || job.state === "failed", second.log);
  const job = await open.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
  if (job.state === "done") return expectWholeAndOnce();
  expect(job.error).toMatch(/\S/);
  expect(await listAssessments(open.ctx)).toEqual([]);
});
