import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { CatalogImportJobInput } from "./import-catalog-job";

export interface StartCatalogImportInput extends Omit<CatalogImportJobInput, "digest" | "bytes"> {
  readonly source: AsyncIterable<Uint8Array> | Uint8Array;
}

/** Keeps an uploaded bundle and queues its import, for pages that cannot wait. @returns the job's id. */
export async function startCatalogImport(ctx: OperationContext, input: StartCatalogImportInput): Promise<{ readonly job: string }> {
  authorize(ctx, "catalog.import", "none");
  const { source, ...options } = input;
  const kept = await ctx.files.put(source);
  const job = await withTransaction(ctx.db, async (tx) => {
    await recordKeptFile(tx, kept, input.fileName, ctx.clock());
    return enqueueJob(tx, { kind: "catalog-import", title: `Import the catalogue ${input.fileName}`, input: { ...kept, ...options }, actor: ctx.actor.name, now: ctx.clock() });
  });
  return { job };
}
