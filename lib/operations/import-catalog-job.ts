import { z } from "zod";
import { keptSource } from "@/lib/files/byte-source";
import type { Json } from "@/lib/shared/canonical-json";
import { authorize } from "./authorize";
import { importCatalog } from "./import-catalog";
import type { JobRun } from "./job-handlers";

/** Input of a job of kind "catalog-import": a kept file (uploaded before) and the options of the import. */
export const catalogImportJobInput = z.object({
  digest: z.string(),
  bytes: z.number().int(),
  fileName: z.string(),
  release: z.string().optional(),
  replace: z.boolean().optional(),
  keepCurrent: z.boolean().optional(),
});
export type CatalogImportJobInput = z.infer<typeof catalogImportJobInput>;

/** Starting over after a crash is safe: an import is one transaction, and the same bundle again changes nothing. */
export const resumable = true;

/** Imports a kept bundle as a job. @returns the snapshot it concerns and what happened. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  authorize(run.ctx, "catalog.import", "none");
  const { digest, bytes, ...options } = catalogImportJobInput.parse(input);
  const { outcome, message, snapshot, retired, issues } = await importCatalog(run.ctx, {
    ...options,
    source: keptSource(run.ctx.files, digest, bytes),
    progress: (done, total, text) => {
      run.signal.throwIfAborted();
      run.progress(done, total, text);
    },
    confirm: (tx) => run.confirm(tx),
  });
  return { outcome, message, snapshotId: snapshot.id, domain: snapshot.domain, release: snapshot.release, retired: [...retired], issues: { ...issues } };
}
