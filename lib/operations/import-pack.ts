import { z } from "zod";
import type { PackRefusal } from "@/lib/detection/packs/pack-schema";
import { listPackRows, packDigest, type StoredPackTest } from "@/lib/detection/packs/store";
import { keptSource } from "@/lib/files/byte-source";
import { readArchiveEntries } from "@/lib/files/archive-entries";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { JobRun } from "./job-handlers";
import type { KeptUpload } from "./keep-upload";
import { putPack } from "./packs/put-pack";
import { testPacksInWorker } from "./packs/test-packs-in-worker";
import type { InlineJob } from "./run-job-inline";

export const PACK_IMPORT = "pack-import";
const MOST_BYTES = 64 * 1024 * 1024;

export const importPackSchema = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative(), fileName: z.string().min(1).max(2000) });

export const importedPackSchema = z.object({
  outcome: z.enum(["imported", "unchanged"]),
  analytic: z.string(),
  id: z.string(),
  version: z.number().int(),
  tests: z.array(z.object({ test: z.string(), kind: z.string(), passed: z.boolean(), problems: z.array(z.string()) })),
});
export type ImportedPack = z.infer<typeof importedPackSchema>;

/** A crash leaves nothing in force that was not there before: it starts over safely. */
export const resumable = true;

/** The job that imports a kept zip. */
export function preparePackImport(ctx: OperationContext, upload: KeptUpload): InlineJob {
  authorize(ctx, "pack.import", "none");
  return { kind: PACK_IMPORT, title: `Import the pack ${upload.fileName}`, input: { digest: upload.digest, bytes: upload.bytes, fileName: upload.fileName } };
}

/** The same, put into the queue. @returns the job's id */
export async function startPackImport(ctx: OperationContext, upload: KeptUpload): Promise<string> {
  authorize(ctx, "pack.import", "none");
  return enqueueJob(ctx.db, { ...preparePackImport(ctx, upload), actor: ctx.actor.name, now: ctx.clock() });
}

/** Imports a pack as a job; its input is checked again. @returns ImportedPack */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return importPack(run, importPackSchema.parse(input));
}

/**
 * Imports a pack from a zip (pack.yaml, rules/, samples/, at its top or in one folder) and puts it in force, in place of
 * Sightline's own too. A pack whose tests fail is taken and says so: it gives no flag.
 *
 * @throws SightlineError INVALID naming the first thing that is wrong with it, CONFLICT when another content has its version
 */
export async function importPack(run: JobRun, input: z.infer<typeof importPackSchema>): Promise<ImportedPack> {
  authorize(run.ctx, "pack.import", "none");
  const { entries } = await readArchiveEntries(keptSource(run.ctx.files, input.digest, input.bytes), input.fileName, () => true, MOST_BYTES);
  const files = withoutFolder(new Map(entries.map(({ path, bytes }) => [path, bytes])));
  const digest = packDigest(files);
  const [pack] = await testPacksInWorker([files], run.signal);
  if (pack === undefined || "refused" in pack) throw refuse(input.fileName, pack?.refused ?? []);
  const { manifest, tests } = pack;
  const rows = await listPackRows(run.ctx.db, { analytics: [manifest.analytic] });
  const answer = (outcome: ImportedPack["outcome"], own: readonly StoredPackTest[]): ImportedPack => ({ outcome, analytic: manifest.analytic, id: manifest.id, version: manifest.version, tests: own.map(({ test, kind, passed, problems }) => ({ test, kind, passed, problems: [...problems] })) });
  const same = rows.find(({ version }) => version === manifest.version);
  if (same !== undefined && same.digest !== digest) {
    throw new SightlineError("CONFLICT", `Version ${manifest.version} of the pack of ${manifest.analytic} is loaded with another content.`, { file: input.fileName, field: "version", remedy: `Raise the version; ${Math.max(...rows.map(({ version }) => version)) + 1} is free.` });
  }
  if (same?.current === true) return answer("unchanged", same.tests);
  await putPack(run, { ...pack, files, digest, origin: "imported" });
  return answer("imported", tests.map(({ problems, ...test }) => ({ ...test, problems: [...problems] })));
}

/** A zip may hold the pack's folder instead of what is in it. */
function withoutFolder(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const manifest = [...files.keys()].find((path) => /^[^/]+\/pack\.yaml$/.test(path));
  if (files.has("pack.yaml") || manifest === undefined) return files;
  const folder = manifest.slice(0, -"pack.yaml".length);
  return new Map([...files].map(([path, bytes]) => [path.startsWith(folder) ? path.slice(folder.length) : path, bytes]));
}

function refuse(file: string, refused: readonly PackRefusal[]): SightlineError {
  const [first] = refused;
  if (first === undefined) return new SightlineError("INVALID", "The pack cannot be read.", { file });
  const more = refused.length > 1 ? ` ${refused.length - 1} more: ${refused.slice(1, 6).map(({ file: at, line, field, message }) => `${at}${line === null ? "" : ` line ${line}`}${field === "" ? "" : `, ${field}`}: ${message}`).join(" ")}` : "";
  return new SightlineError("INVALID", `${first.message}${more}`, { file: `${file}, ${first.file}`, ...(first.line === null ? {} : { line: first.line }), ...(first.field === "" ? {} : { field: first.field }), remedy: first.remedy });
}
