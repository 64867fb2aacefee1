import { z } from "zod";
import { findSegment } from "@/lib/inventory/store";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { reasonOf, type RederiveResult } from "./events/file-outcome";
import { deriveContent } from "./events/derive-content";
import type { JobRun } from "./job-handlers";
import { listStaleDatasets } from "./list-stale-datasets";

/** Reads the kept files of out-of-date samples again. Each replaces its dataset in one step; one that fails stays as it was, and is named. */
export async function rederiveDatasets(run: JobRun): Promise<RederiveResult> {
  authorize(run.ctx, "events.import", "all");
  const stale = await listStaleDatasets(run.ctx);
  const failed: { file: string; reason: string }[] = [];
  for (const dataset of stale) {
    run.signal.throwIfAborted();
    const segment = await findSegment(run.ctx.db, dataset.segmentId);
    if (segment === null) continue;
    const content = { name: dataset.fileName, digest: dataset.contentDigest, bytes: dataset.bytes };
    try {
      await deriveContent(run, { segment, content, options: dataset.options, replace: true, importedAt: new Date(dataset.importedAt), importedBy: dataset.importedBy });
    } catch (error) {
      if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
      failed.push({ file: dataset.fileName, reason: reasonOf(error) });
    }
  }
  return { derived: stale.length - failed.length, failed };
}

export const resumable = true;

/** Reads out-of-date samples again as a job. @returns how many, and which failed */
export async function handler(run: JobRun, _input: Json): Promise<Json> {
  return z.json().parse(await rederiveDatasets(run));
}
