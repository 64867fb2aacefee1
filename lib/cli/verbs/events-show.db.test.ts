import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { PROBE_IDS } from "@/lib/events/probes/probe";
import { qualityJsonSchema } from "@/lib/events/probes/quality-json";
import { insertSegment } from "@/lib/inventory/store";
import { verbRunner } from "../testing/run-verb";

let at: TestDatabase;
let folder: string;
const run = verbRunner(() => at.ctx);

beforeAll(async () => {
  at = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "sightline-show-"));
  await insertSegment(at.db, { name: "trail", platforms: [{ name: "IaaS", hosts: null }], assets: 1, criticality: 1, owner: "", tags: [], timeZone: null, target: null }, { at: new Date("2026-01-01") });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await at.stop();
});

test("events show prints a sample with what every probe says of each of its sources, as text and as one document", async () => {
  const event = (n: number) => ({ eventVersion: "1.11", eventTime: new Date(Date.UTC(2026, 1, 3, 9, 0, n)).toISOString(), eventSource: "s3.amazonaws.com", eventName: "GetObject", eventID: `id-${n}`, userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/ana" }, recipientAccountId: "111122223333" });
  writeFileSync(join(folder, "trail.json"), JSON.stringify({ Records: Array.from({ length: 40 }, (_, n) => event(n)) }));
  const imported = z.object({ files: z.array(z.object({ dataset: z.string() })) }).parse((await run("events", "import", folder, "--segment", "trail", "--json")).json);
  const id = imported.files[0]?.dataset ?? "";
  const shown = z.looseObject({ records: z.number(), quality: qualityJsonSchema }).parse((await run("events", "show", id, "--json")).json);
  expect(shown.records).toBe(40);
  expect(shown.quality.map(({ family }) => family)).toEqual(["aws-cloudtrail"]);
  expect(shown.quality[0]?.probes.map((probe) => probe.id)).toEqual(PROBE_IDS);
  expect(shown.quality[0]?.probes.find((probe) => probe.id === "duplicates")).toMatchObject({ grade: "pass", n: 40 });
  expect((await run("events", "show", id)).text).toContain("No record of 40 comes twice.");
  await expect(run("events", "show", "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
