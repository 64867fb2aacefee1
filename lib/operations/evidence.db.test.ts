import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { assess } from "@/lib/assessment/assess";
import { DAY_MS } from "@/lib/assessment/instants";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { completeAssessment, insertAssessment, writeCells } from "@/lib/assessment/store";
import { AT, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRecords, makeRequirement, makeSegment } from "@/lib/assessment/testing/make-input";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import type { PackageEntry, WrittenEntry } from "@/lib/evidence/package-entry";
import { fileSource } from "@/lib/files/byte-source";
import { bytesSource } from "@/lib/files/read-single-file";
import { zipEntries } from "@/lib/files/zip-entries";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";
import type { OperationContext } from "./context";
import { writeZip } from "./evidence/write-zip";
import { exportEvidence } from "./export-evidence";
import { getReport } from "./get-report";
import { verifyAuditChain } from "./verify-audit-chain";
import { verifyEvidence } from "./verify-evidence";

const run = promisify(execFile);
const LIMITS = { entries: 1_000, entryBytes: 1e9, totalBytes: 1e9, ratio: 1e6, ratioFreeBytes: 1e9 };
let database: TestDatabase;
let ctx: OperationContext;
let folder: string;
let packed: Uint8Array;
let input: ScoringInput;

beforeAll(async () => {
  database = await startTestDatabase(() => new Date(AT));
  ctx = database.ctx;
  folder = await mkdtemp(join(tmpdir(), "sightline-evidence-"));
  input = await storeAssessment();
  packed = await collect((await exportEvidence(ctx, { assessment: null })).content);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.stop();
});

describe("an evidence package", () => {
  test("unpacks to a folder that sha256sum -c accepts, and that one changed byte breaks", async () => {
    const unpacked = await unpackTo(join(folder, "whole"), packed);
    const { stdout } = await run("sha256sum", ["-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"], { cwd: unpacked });
    expect(stdout.trim().split("\n").every((line) => line.endsWith(": OK"))).toBe(true);
    expect(stdout).toContain("data/inputs/scoring-input.json: OK");
    const path = join(unpacked, "data/results/cells.csv");
    const bytes = await readFile(path);
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(run("sha256sum", ["-c", "manifest-sha256.txt"], { cwd: unpacked })).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("data/results/cells.csv: FAILED") });
  });

  test("holds the assessed input and result byte for byte, and its report is the one the page shows", async () => {
    const files = await readAll(packed);
    expect(files.get("data/inputs/scoring-input.json")?.toString()).toBe(canonicalJson(input));
    expect(files.get("data/results/scoring-result.json")?.toString()).toBe(canonicalJson(assess(input)));
    expect(files.get("data/inputs/policy.json")?.toString()).toBe(canonicalJson(input.policy));
    expect(JSON.parse(files.get("data/results/report.json")?.toString() ?? "")).toEqual(await getReport(ctx, null));
    expect(files.get("NOTICE.txt")?.toString()).toContain("The MITRE Corporation");
    const digests = z.looseObject({ datasets: z.array(z.looseObject({ sha256: z.string().optional(), gone: z.boolean().optional() })) }).parse(JSON.parse(files.get("data/inputs/digests.json")?.toString() ?? ""));
    expect(digests).toMatchObject({ engine: input.engine, scoringInput: sha256(canonicalJson(input)), policy: { sha256: sha256(canonicalJson(input.policy)) }, catalogs: [{ domain: "enterprise", release: "19.1", sha256: "0" }] });
    expect(digests.datasets).toEqual([expect.objectContaining({ fileName: "exec.ndjson", sha256: "f".repeat(64), records: 3 }), expect.objectContaining({ dataset: "removed", gone: true })]);
  });

  test("holds every cell, also those that do not apply, and guards formulas in CSV only", async () => {
    const files = await readAll(packed);
    const cells = z.array(z.looseObject({ analytic: z.string(), segment: z.string(), status: z.string() })).parse(JSON.parse(files.get("data/results/cells.json")?.toString() ?? ""));
    expect(cells.map(({ analytic, segment, status }) => [analytic, segment, status])).toEqual([
      ["AN0001", "=HYPERLINK(1)", "observed"],
      ["AN0001", "quiet", "declared"],
      ["AN0002", "=HYPERLINK(1)", "not-applicable"],
      ["AN0002", "quiet", "not-applicable"],
    ]);
    const csv = files.get("data/results/cells.csv")?.toString() ?? "";
    expect(csv.split("\r\n")[1]).toMatch(/^AN0001,'=HYPERLINK\(1\),observed,/);
    expect(csv).not.toMatch(/(^|,)=/m);
    expect(files.get("data/results/requirements.csv")?.toString()).toContain("DC0032,Process Creation,macos:endpointsecurity");
  });

  test("names for each proven requirement the records that were counted, with file, digest, number and offset", async () => {
    const files = await readAll(packed);
    const lines = (path: string) => (files.get(path)?.toString() ?? "").trim().split("\n").map((line): unknown => JSON.parse(line));
    expect(lines("data/evidence/proofs.ndjson")).toEqual([
      expect.objectContaining({ analytic: "AN0001", segment: "=HYPERLINK(1)", met: "as-cited", records: 3, kinds: [expect.objectContaining({ kind: "macos-esf:exec", met: "as-cited", records: 3, examples: [`${"f".repeat(64)}/1`] })] }),
    ]);
    expect(lines("data/evidence/records.ndjson")).toEqual([expect.objectContaining({ ref: `${"f".repeat(64)}/1`, fileName: "exec.ndjson", fileDigest: "f".repeat(64), record: 1, offset: 120, length: 40, raw: '{"exec":"ls"}', host: "h1" })]);
  });

  test("comes out the same, byte for byte, whenever and wherever it is exported", async () => {
    const zone = process.env.TZ;
    try {
      process.env.TZ = "Pacific/Auckland";
      const again = await collect((await exportEvidence({ ...ctx, clock: () => new Date(AT + 9 * DAY_MS) }, { assessment: 1 })).content);
      expect(sha256(again)).toBe(sha256(packed));
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test("of an assessment by an older engine is made from what was kept; without what was added since, too", async () => {
    const { kindPlatforms: _, ...older } = { ...input, engine: "sightline-assessment/1" };
    await withKeptInput(older, async () => {
      const zip = await collect((await exportEvidence(ctx, { assessment: 1 })).content);
      expect((await readAll(zip)).get("data/inputs/scoring-input.json")?.toString()).toBe(canonicalJson(older));
      const check = await verifyEvidence(ctx, { source: bytesSource(zip), fileName: "p.zip", recompute: true });
      expect(check.findings.map(({ text }) => text)).toEqual([expect.stringMatching(/^It was scored by sightline-assessment\/1; this is .*Use the version of Sightline that made the package\.$/)]);
    });
  });

  test("is refused by the name of the assessment when its input is of a version that cannot be read, and nothing is audited", async () => {
    await withKeptInput({ ...input, schema: "sightline.scoring-input/0", engine: "sightline-assessment/0" }, async () => {
      const before = (await verifyAuditChain(ctx)).entries;
      await expect(exportEvidence(ctx, { assessment: 1 })).rejects.toMatchObject({ code: "UNSUPPORTED", message: expect.stringMatching(/^The scoring input of assessment 1 cannot be read: it is of schema sightline\.scoring-input\/0, scored by sightline-assessment\/0;/) });
      expect((await verifyAuditChain(ctx)).entries).toBe(before);
    });
  });

  test("is in the audit log from its first byte, and needs a role that may take it", async () => {
    const before = (await verifyAuditChain(ctx)).entries;
    await exportEvidence(ctx, { assessment: 1 });
    expect((await verifyAuditChain(ctx)).entries).toBe(before + 1);
    await expect(exportEvidence({ ...ctx, role: "viewer" }, { assessment: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(exportEvidence({ ...ctx, segments: ["mac"] }, { assessment: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(exportEvidence(ctx, { assessment: 99 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("verifying a package", () => {
  const auditor = { actor: { name: "a", authenticated: false }, role: "auditor" as const, segments: "all" as const };
  const verify = (bytes: Uint8Array, recompute = false) => verifyEvidence(auditor, { source: bytesSource(bytes), fileName: "p.zip", recompute });

  test("finds nothing in a whole one, and scores it again to the same bytes", async () => {
    await writeFile(join(folder, "p.zip"), packed);
    const check = await verifyEvidence(auditor, { source: await fileSource(join(folder, "p.zip")), fileName: "p.zip", recompute: true });
    expect(check).toMatchObject({ ok: true, findings: [], recomputed: "identical", entries: 17 });
    const tag = (await readAll(packed)).get("tagmanifest-sha256.txt");
    expect(check.tagManifest).toBe(sha256(tag ?? ""));
  });

  test("says which entry differs, is missing or is extra", async () => {
    const changed = await repack((path, content) => {
      if (path === "data/results/cells.json") content[9] = (content[9] ?? 0) ^ 1;
      return path === "NOTICE.txt" ? null : content;
    }, { "data/more.txt": "more" });
    const check = await verify(changed);
    expect(check.ok).toBe(false);
    expect(check.findings.map(({ path, state }) => [path, state])).toEqual([["NOTICE.txt", "missing"], ["data/more.txt", "extra"], ["data/results/cells.json", "differs"]]);
  });

  test("names one changed byte once, whichever file it is in, and never calls such a package whole", async () => {
    for (const path of (await readAll(packed)).keys()) {
      for (const place of [0.1, 0.6, 0.95]) {
        const check = await verify(await repack((entry, content) => (entry === path ? flip(content, Math.floor(content.length * place)) : content)), true);
        expect({ path, place, ok: check.ok, findings: check.findings.length }).toEqual({ path, place, ok: false, findings: 1 });
      }
    }
  });

  test("is not fooled by a better verdict with all manifests made anew: recomputing tells", async () => {
    const forged = await reseal((path, content) => (path === "data/results/cells.csv" ? Buffer.from(content.toString().replace("declared", "observed")) : content));
    expect(await verify(forged)).toMatchObject({ ok: true, recomputed: null });
    const check = await verify(forged, true);
    expect(check).toMatchObject({ ok: false, recomputed: "differs" });
    expect(check.findings.map(({ path }) => path)).toEqual(["data/results/cells.csv"]);
  });

  test("is not fooled by another input either: run.json names the one that was assessed", async () => {
    const forged = await reseal((path, content) => (path === "data/inputs/scoring-input.json" ? Buffer.from(content.toString().replace('"assets":100', '"assets":10')) : content));
    const check = await verify(forged, true);
    expect(check.findings.map(({ path }) => path)).toEqual(["data/inputs/scoring-input.json"]);
  });

  test("says of an input that it cannot read which version made it", async () => {
    const forged = await reseal((path, content) => (path === "data/inputs/scoring-input.json" ? Buffer.from(content.toString().replace("sightline.scoring-input/1", "sightline.scoring-input/9")) : content));
    const check = await verify(forged, true);
    expect(check.findings).toEqual([{ path: "data/inputs/scoring-input.json", state: "unreadable", text: expect.stringContaining("The scoring input of the package cannot be read: it is of schema sightline.scoring-input/9") }]);
  });

  test("refuses what is no package, and a package cut off in the middle", async () => {
    const other = await collect(writeZip([{ path: "a.txt", content: () => ["a"] }], new Date(AT), []));
    await expect(verify(other)).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(verify(packed.subarray(0, packed.length - 100))).rejects.toMatchObject({ code: "INVALID" });
    await expect(verify(Buffer.from("hello"))).rejects.toMatchObject({ code: "INVALID" });
  });
});

test("an entry whose source breaks ends the zip with that error", async () => {
  const broken: PackageEntry = {
    path: "b",
    content: async function* () {
      yield "some";
      throw new Error("the kept file was damaged");
    },
  };
  await expect(collect(writeZip([{ path: "a", content: () => ["a"] }, broken], new Date(AT), []))).rejects.toThrow("the kept file was damaged");
});

async function collect(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function readAll(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { name, content } of zipEntries(bytesSource(zip), "p.zip", LIMITS)) files.set(name, Buffer.from(await collect(content)));
  return files;
}

async function unpackTo(path: string, zip: Uint8Array): Promise<string> {
  for (const [name, content] of await readAll(zip)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return path;
}

function flip(content: Buffer, at: number): Buffer {
  const changed = Buffer.from(content);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

async function repack(change: (path: string, content: Buffer) => Buffer | null, more: Record<string, string> = {}): Promise<Uint8Array> {
  const entries: PackageEntry[] = [];
  for (const [path, content] of await readAll(packed)) {
    const changed = change(path, content);
    if (changed) entries.push({ path, content: () => [changed] });
  }
  for (const [path, text] of Object.entries(more)) entries.push({ path, content: () => [text] });
  return collect(writeZip(entries, new Date(AT), []));
}

/** Changes files and makes both manifests again, as a forger would. */
async function reseal(change: (path: string, content: Buffer) => Buffer): Promise<Uint8Array> {
  const written: WrittenEntry[] = [];
  const files = [...(await readAll(packed))].map(([path, content]) => ({ path, content: change(path, content) }));
  const line = ({ path, content }: { path: string; content: Uint8Array | string }): string => `${sha256(content)}  ${path}\n`;
  const manifest = files.filter(({ path }) => path.startsWith("data/")).map(line).join("");
  const rest = files.filter(({ path }) => !path.startsWith("data/") && !path.endsWith("manifest-sha256.txt"));
  const tags = [...rest, { path: "manifest-sha256.txt", content: manifest }].map(line).join("");
  const entries = files.map(({ path, content }): PackageEntry => ({ path, content: () => [path === "manifest-sha256.txt" ? manifest : path === "tagmanifest-sha256.txt" ? tags : content] }));
  return collect(writeZip(entries, new Date(AT), written));
}

/** Lets the assessment rest on another kept input for a while: what an older version of the product may have left. */
async function withKeptInput(kept: Parameters<typeof canonicalJson>[0], during: () => Promise<void>): Promise<void> {
  const { digest } = await ctx.files.put(Buffer.from(canonicalJson(kept)));
  const { inputDigest } = await ctx.db.assessment.findUniqueOrThrow({ where: { id: 1 } });
  await ctx.db.assessment.update({ where: { id: 1 }, data: { inputDigest: digest } });
  try {
    await during();
  } finally {
    await ctx.db.assessment.update({ where: { id: 1 }, data: { inputDigest } });
  }
}

/** Two segments, two analytics; one requirement proven by a dataset whose examples are kept, and one claimed. */
async function storeAssessment(): Promise<ScoringInput> {
  const { db } = ctx;
  const segment = await db.segment.create({ data: { id: "mac", name: "=HYPERLINK(1)", nameKey: "h", assets: 4, criticality: 1, tags: [], createdAt: new Date(AT), updatedAt: new Date(AT) } });
  const kind = await db.recordKind.create({ data: { family: "macos-esf", key: "exec" } });
  const shape = await db.fillShape.create({ data: { digest: "s", fields: ["cmd", "host", "ts"] } });
  const example = { kindId: kind.id, shapeId: shape.id, host: "h1", timeMs: BigInt(AT - DAY_MS), offset: 120n, length: 40, raw: '{"exec":"ls"}', fields: { cmd: "ls", ts: "x" } };
  await db.dataset.create({
    data: {
      id: "d1", segmentId: segment.id, contentDigest: "f".repeat(64), fileName: "exec.ndjson", format: "eslogger", origin: "production", extraction: {}, options: {}, optionsDigest: "", bytes: 160n, records: 3, refused: 0, untimed: 0, warnings: [], state: "ready", deriverId: "events", deriverVersion: 1, deriverInput: "", importedAt: new Date(AT), importedBy: "t",
      examples: { create: [{ ...example, recordNumber: 1 }, { ...example, recordNumber: 2, fields: { ts: "x" } }] },
    },
  });
  const scoring = makeInput({
    analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative()] })] }), makeAnalytic("AN0002", { platforms: ["Windows"] })],
    segments: [makeSegment("mac", { name: "=HYPERLINK(1)", assets: 4 }), makeSegment("quiet")],
    aggregates: [makeRecords("h1", 3), makeRecords("h1", 1, { dataset: "removed", fresh: 0, freshFirst: null, freshLast: null, stale: 1, staleLast: AT - 90 * DAY_MS })],
    claims: [makeClaim({ segment: "quiet" })],
  });
  const result = assess(scoring);
  const inputFile = await ctx.files.put(Buffer.from(canonicalJson(scoring)));
  const resultFile = await ctx.files.put(Buffer.from(canonicalJson(result)));
  await withTransaction(db, async (tx) => {
    const id = await insertAssessment(tx, {
      at: new Date(AT), ranAt: new Date(AT), actor: "local:test", domains: ["enterprise"], releases: { enterprise: "19.1" }, policyVersion: 1, engine: scoring.engine, inputDigest: inputFile.digest, resultDigest: resultFile.digest, runLater: false, demo: false,
      report: { fleet: result.fleet, policy: scoring.policy }, analytics: scoring.analytics.map((analytic) => analytic.id), jobId: "j",
      segments: scoring.segments.map(({ id: segmentId, name, assets, criticality, target, roster }, position) => {
        const found = result.segments[position];
        if (!found) throw new Error("not scored");
        return { id: segmentId, name, doc: { assets, criticality, target, rostered: roster !== null, platforms: [...found.population], headline: found.headline, weight: 0, neverSeen: [...found.neverSeen], foreign: [...found.foreign] }, notApplicable: found.notApplicable.map((rule) => ({ ...rule, analytics: [...rule.analytics] })) };
      }),
    });
    await writeCells(tx, id, scoring.analytics.map((analytic) => analytic.id), result, () => {});
    await completeAssessment(tx, id);
  });
  return scoring;
}
