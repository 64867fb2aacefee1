import { listPackRows, packDigest, type PackRow } from "@/lib/detection/packs/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { JobRun } from "./job-handlers";
import { putPack } from "./packs/put-pack";
import { readBuiltInPacks } from "./packs/read-pack-folders";
import { testPacksInWorker } from "./packs/test-packs-in-worker";
import type { InlineJob } from "./run-job-inline";

export const PACKS_LOAD = "packs-load";

/** Analytics whose packs are new or changed, unchanged, or kept back because the customer's own is in force. */
export interface LoadedPacks {
  readonly loaded: readonly string[];
  readonly unchanged: readonly string[];
  readonly kept: readonly string[];
}

/** Every pack is looked for first: it starts over safely. */
export const resumable = true;

/** Loads the packs as a job. */
export async function handler(run: JobRun): Promise<Json> {
  const { loaded, unchanged, kept } = await loadPacks(run);
  return { loaded: [...loaded], unchanged: [...unchanged], kept: [...kept] };
}

/** The job that brings the packs of this installation in; null when all of them are there. */
export async function preparePacksLoad(ctx: OperationContext): Promise<InlineJob | null> {
  authorize(ctx, "pack.import", "none");
  const { fresh, kept } = await findFresh(ctx);
  return fresh.length === kept.length ? null : { kind: PACKS_LOAD, title: "Load packs", input: {} };
}

/** The same, put into the queue: what the job process does first. @returns whether there was anything to load */
export async function startPacksLoad(ctx: OperationContext): Promise<boolean> {
  authorize(ctx, "pack.import", "none");
  const job = await preparePacksLoad(ctx);
  if (job !== null) await withTransaction(ctx.db, (tx) => enqueueJob(tx, { ...job, actor: ctx.actor.name, now: ctx.clock() }));
  return job !== null;
}

/**
 * Loads the packs that ship with Sightline. What is loaded already is not read again; a pack that a customer imported stays
 * in force, whatever this version of Sightline brings.
 */
export async function loadPacks(run: JobRun): Promise<LoadedPacks> {
  authorize(run.ctx, "pack.import", "none");
  const { rows, fresh, kept } = await findFresh(run.ctx);
  const due = fresh.filter(({ analytic }) => !kept.includes(analytic));
  const tested = due.length === 0 ? [] : await testPacksInWorker(due.map(({ files }) => files), run.signal);
  for (const [i, { analytic, files, digest }] of due.entries()) {
    run.signal.throwIfAborted();
    const pack = tested[i];
    if (pack === undefined || "refused" in pack) {
      const [first] = pack?.refused ?? [];
      throw new SightlineError("INVALID", `The pack ${analytic} of this installation is damaged: ${first?.message ?? "it was not read"}`, { ...(first === undefined ? {} : { file: first.file, field: first.field }), remedy: "Install Sightline again." });
    }
    await putPack({ ...run, progress: () => run.progress(i, due.length, `Loading pack ${i + 1} of ${due.length}`) }, { ...pack, files, digest, origin: "built-in" });
  }
  run.progress(due.length, due.length, "Packs are loaded");
  const loaded = due.map(({ analytic }) => analytic);
  return { loaded, unchanged: rows.filter(({ current }) => current).map(({ analytic }) => analytic).filter((analytic) => !loaded.includes(analytic)), kept };
}

/** Packs of the installation that were never loaded as they are; kept: of analytics for which an imported one is in force. */
async function findFresh(ctx: OperationContext): Promise<{ readonly rows: readonly PackRow[]; readonly fresh: readonly { readonly analytic: string; readonly files: ReadonlyMap<string, Uint8Array>; readonly digest: string }[]; readonly kept: readonly string[] }> {
  const rows = await listPackRows(ctx.db);
  const known = new Set(rows.map(({ digest }) => digest));
  const fresh = (await readBuiltInPacks()).map(({ analytic, files }) => ({ analytic, files, digest: packDigest(files) })).filter(({ digest }) => !known.has(digest));
  const imported = new Set(rows.filter(({ current, origin }) => current && origin === "imported").map(({ analytic }) => analytic));
  return { rows, fresh, kept: fresh.map(({ analytic }) => analytic).filter((analytic) => imported.has(analytic)) };
}
