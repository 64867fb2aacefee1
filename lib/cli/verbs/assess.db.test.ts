import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { cellJsonSchema } from "@/lib/assessment/cell-json";
import { reportJsonSchema } from "@/lib/assessment/report-json";
import { weightEffectJsonSchema, weightListJsonSchema } from "@/lib/assessment/weights/weights-json";
import { rollupsJsonSchema } from "@/lib/assessment/rollups-json";
import { policySchema } from "@/lib/assessment/scoring-input";
import { policyEffectJsonSchema } from "@/lib/reports/policy-effect-json";
import { targetChangesJsonSchema, targetsJsonSchema } from "@/lib/reports/targets-json";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { createSegment } from "@/lib/operations/create-segment";
import { fileOutcomesSchema } from "@/lib/operations/events/file-outcome";
import { getRollups } from "@/lib/operations/get-rollups";
import { loadStarterCatalog } from "@/lib/operations/load-starter-catalog";
import { assessmentOutcomeSchema } from "@/lib/operations/run-assessment";
import { SightlineError } from "@/lib/shared/errors";
import { evidenceExportJson } from "../inventory-json";
import { verbRunner } from "../testing/run-verb";

let t: TestDatabase;
beforeAll(async () => {
  t = await startTestDatabase(() => new Date("2026-11-21T12:00:00Z"));
  await loadStarterCatalog(t.ctx);
  await createSegment(t.ctx, { name: "zebra", platforms: [{ name: "macOS" }], assets: 10, criticality: 4 });
  await createSegment(t.ctx, { name: "Zoo", platforms: [{ name: "Windows" }], assets: 10, criticality: 4 });
});
afterAll(() => t?.stop());

const run = verbRunner(() => t.ctx);

test("assess, report, cells, policy and exclusions print what the interfaces promise, one document each", async () => {
  const outcome = assessmentOutcomeSchema.strict().parse((await run("assess", "--at", "2026-11-21T09:00:00Z", "--json")).json);
  expect(outcome).toMatchObject({ at: "2026-11-21T09:00:00.000Z", ranAt: "2026-11-21T12:00:00.000Z", runLater: false });
  const report = reportJsonSchema.strict().parse((await run("report", "--json")).json);
  expect(report).toMatchObject({ assessment: outcome.assessment, segments: [{ segment: "Zoo" }, { segment: "zebra" }] });
  const cells = z.array(cellJsonSchema.strict()).parse((await run("cells", "--assessment", `A-000${outcome.assessment}`, "--json")).json);
  expect(cells).toHaveLength(outcome.cells);
  expect(cells.slice(0, 2).map(({ segment }) => segment)).toEqual(["Zoo", "zebra"]);
  expect((await run("cells", "--analytic", "an0749", "--segment", "ZEBRA", "--json")).json).toMatchObject([{ analytic: "AN0749", segment: "zebra" }]);
  expect(policySchema.strict().parse((await run("policy", "set", "freshDays=14", "--json")).json)).toMatchObject({ version: 2, freshDays: 14 });
  expect(policySchema.parse((await run("policy", "show", "--json")).json).version).toBe(2);
  expect((await run("policy", "set", "freshDays=14", "--json")).json).toMatchObject({ version: 2 }); // it said so already
  await run("exclusions", "add", "--analytic", "AN0749", "--segment", "zebra", "--reason", "r", "--owner", "o", "--expires", "2027-01-31");
  const [listed] = z.array(z.object({ id: z.string() })).parse((await run("exclusions", "list", "--json")).json);
  expect((await run("exclusions", "list", "--json")).json).toMatchObject([{ analytic: "AN0749", segment: "zebra", expires: "2027-01-31", expired: false, withdrawn: null }]);
  expect((await run("exclusions", "withdraw", listed?.id ?? "", "--reason", "mistaken", "--json")).json).toEqual({ withdrawn: listed?.id });
  expect((await run("exclusions", "list", "--json")).json).toMatchObject([{ withdrawn: { reason: "mistaken" } }]);
});

test("a policy is previewed, and targets are set, listed and told of, each in its published shape", async () => {
  const effect = policyEffectJsonSchema.strict().parse((await run("policy", "preview", "freshDays=7", "--json")).json);
  expect(effect).toMatchObject({ policy: { version: 3, freshDays: 7 }, segments: [], moves: [], fleet: { before: effect.fleet.after } });
  expect((await run("policy", "preview", "freshDays=7")).text).toContain("Fleet");
  expect((await run("targets", "set", "--segment", "ZEBRA", "--share", "62.5", "--by", "2027-05-31", "--owner", "Ada", "--reason", "agreed", "--json")).json).toEqual({ segment: "zebra", target: { value: 0.625, date: "2027-05-31", owner: "Ada" } });
  const { targets, policy } = targetsJsonSchema.strict().parse((await run("targets", "list", "--json")).json);
  expect(policy).toBe(1);
  expect(targets).toMatchObject([{ segment: "zebra", observed: { k: 0 }, target: { state: "short", short: 0.625, daysLeft: 191 } }, { segment: "Zoo", target: null }]);
  expect((await run("targets", "list")).text).toContain("62.5 points short");
  await run("targets", "clear", "--segment", "zebra", "--reason", "not ours");
  expect(targetChangesJsonSchema.parse((await run("targets", "history", "--segment", "zebra", "--json")).json)).toMatchObject([{ reason: "not ours", to: null }, { reason: "agreed", from: null, to: { value: 0.625 } }]);
  for (const share of ["101", "-1", "half"]) await expect(run("targets", "set", "--segment", "zebra", "--share", share, "--by", "2027-05-31", "--owner", "Ada", "--reason", "r")).rejects.toMatchObject({ place: { field: "share" } });
});

test("rollups print every level with its counts, and their totals are those of the report", async () => {
  const all = rollupsJsonSchema.strict().parse((await run("rollups", "--json")).json);
  const report = reportJsonSchema.parse((await run("report", "--json")).json);
  const of = (level: string) => all.rows.filter((row) => row.level === level);
  expect(of("fleet")).toMatchObject([{ segment: null, observed: report.fleet.observed, counts: report.fleet.counts }]);
  expect(of("segment").map(({ name, counts }) => ({ name, counts }))).toEqual(report.segments.map(({ segment, counts }) => ({ name: segment, counts })));
  expect(of("tactic").length).toBeGreaterThan(5);
  expect(of("technique").find(({ id }) => id === "T1003")?.includingSubTechniques?.techniques).toBeGreaterThan(0);
  const one = rollupsJsonSchema.strict().parse((await run("rollups", "--segment", " zoo ", "--level", "technique", "--json")).json);
  expect(new Set(one.rows.map(({ level, segment }) => `${level} ${segment}`))).toEqual(new Set(["technique Zoo"]));
  expect(rollupsJsonSchema.parse((await run("rollups", "--each-segment", "--level", "tactic", "--json")).json).rows).toHaveLength(3 * of("tactic").length);
  await expect(run("rollups", "--segment", "nowhere")).rejects.toMatchObject({ code: "NOT_FOUND", place: { field: "segment" } });
});

test("rollups of an assessment without stored columns are made from its documents; an actor's fleet is what he may see", async () => {
  const assess = async () => assessmentOutcomeSchema.parse((await run("assess", "--at", "2026-11-21T09:00:00Z", "--json")).json).assessment;
  const before = await getRollups(t.ctx, { assessment: await assess() });
  const assessment = await assess();
  await t.db.$executeRaw`update "Assessment" set "cellColumns" = null where id = ${assessment}`;
  expect((await getRollups(t.ctx, { assessment })).rows).toEqual(before.rows);
  const zoo = before.rows.find(({ level, name }) => level === "segment" && name === "Zoo");
  const partly = await getRollups({ ...t.ctx, segments: [zoo?.id ?? ""] }, { assessment });
  expect(partly.segments).toEqual({ counted: 1, of: 2 });
  expect(partly.rows.find(({ level }) => level === "fleet")?.observed).toEqual(zoo?.observed);
  expect(partly.rows.filter(({ level }) => level === "segment")).toHaveLength(1);
});

test("weights: a profile counts when it is chosen, is pinned with its version and digest, and the uniform numbers stay beside", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-weights-"));
  try {
    const file = join(folder, "w.csv");
    await writeFile(file, "technique,weight\nT1003.001,40\nT9999,2\n");
    const before = reportJsonSchema.parse((await run("report", "--json")).json);
    expect((await run("weights", "import", file, "--name", "Crown jewels", "--json")).json).toEqual({ name: "Crown jewels", version: 1, techniques: 2, unknown: ["T9999"] });
    expect((await run("weights", "import", file, "--name", "Crown jewels", "--reason", "again", "--json")).json).toMatchObject({ version: 2 });
    await writeFile(file, "technique,weight\nT1003.001,much\n");
    await expect(run("weights", "import", file, "--name", "Crown jewels")).rejects.toMatchObject({ code: "INVALID", place: { line: 2, field: "weight" } });
    await expect(run("weights", "set", "threats", "--groups", "G0034")).rejects.toMatchObject({ code: "NOT_FOUND", message: expect.stringContaining("no threat group") });
    await expect(run("weights", "choose", "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
    const listed = async () => weightListJsonSchema.parse((await run("weights", "list", "--json")).json).map(({ name, version, inForce }) => `${name} ${version}${inForce ? " *" : ""}`);
    expect(await listed()).toEqual(["uniform 1 *", "Crown jewels 2", "Crown jewels 1"]);
    const effect = weightEffectJsonSchema.strict().parse((await run("weights", "effect", "Crown jewels", "--json")).json);
    expect(effect.fleet.uniform).toMatchObject({ observed: before.fleet.observed, counts: before.fleet.counts });
    expect(effect.moved[0]?.rank).not.toBe(effect.moved[0]?.uniformRank);
    await run("weights", "choose", "Crown jewels", "--version", "1", "--reason", "what the board fears");
    expect(await listed()).toEqual(["uniform 1", "Crown jewels 2", "Crown jewels 1 *"]);
    await run("assess", "--at", "2026-11-21T09:00:00Z", "--json");
    const after = reportJsonSchema.parse((await run("report", "--json")).json);
    expect(after.weights).toEqual({ profile: "Crown jewels", version: 1 });
    expect(after.fleet.observed).toEqual(effect.fleet.weighted.observed);
    expect(after.fleet.uniform).toEqual(before.fleet.uniform);
    await run("weights", "choose", "uniform");
    expect(await listed()).toEqual(["uniform 1 *", "Crown jewels 2", "Crown jewels 1"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("evidence export writes the whole file and prints what it holds; where nothing can be written, nothing is left", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-evidence-"));
  try {
    const path = join(folder, "e.zip");
    const printed = evidenceExportJson.strict().parse((await run("evidence", "export", "--out", path, "--json")).json);
    expect(printed).toMatchObject({ file: path, bytes: (await stat(path)).size });
    expect((await run("evidence", "verify", path, "--recompute")).text).toContain("results identical when scored again");
    await expect(run("evidence", "export", "--out", join(folder, "absent", "e.zip"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await readdir(folder)).toEqual(["e.zip"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("events import prints one document, and says on stderr which file was refused and why", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-events-"));
  try {
    await writeFile(join(folder, "empty.json"), "");
    await writeFile(join(folder, "prose.txt"), "dear colleague");
    const { json: printed, notes, failed } = await run("events", "import", folder, "--segment", "zoo", "--json");
    expect(z.object({ files: fileOutcomesSchema }).parse(printed).files.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
    expect(failed).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^2 of 2 files were not taken whole, the first .*empty\.json: The file is empty/)]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("events import looks at --host-from before it opens a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-events-"));
  try {
    await writeFile(join(folder, "a.json"), '{"a":1}');
    const before = await t.db.keptFile.count();
    await expect(run("events", "import", folder, "--segment", "zoo", "--host-from", "fleet/.*")).rejects.toMatchObject({ code: "INVALID", message: expect.stringContaining("exactly one group"), place: { field: "host-from" } });
    expect(await t.db.keptFile.count()).toBe(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("an assessment at another day says so, in words too", async () => {
  expect((await run("assess", "--at", "2026-10-01T00:00:00Z")).text).toContain("as of, run later");
  expect((await run("report")).text).toContain("as of, run later");
});

test.each([
  [["cells", "--assessment", "last"], "INVALID"],
  [["report", "--assessment", "4000"], "NOT_FOUND"],
  [["assess", "--domain", "space"], "INVALID"],
  [["policy", "set", "freshDays=never"], "INVALID"],
])("%j is refused with a sentence", async (words, code) => {
  const error = await run(...words).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SightlineError);
  expect(error).toMatchObject({ code });
});
