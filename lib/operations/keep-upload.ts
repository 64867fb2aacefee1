import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** What was kept of an upload: the first half of every import of events. */
export interface KeptUpload {
  readonly digest: string;
  readonly bytes: number;
  readonly fileName: string;
}

/** Keeps the bytes of an uploaded file by their digest, without reading them. The row is written once the file is safe on disk. */
export async function keepUpload(ctx: OperationContext, source: AsyncIterable<Uint8Array>, fileName: string): Promise<KeptUpload> {
  authorize(ctx, "events.import", "none");
  const { digest, bytes } = await ctx.files.put(source);
  const storedAt = ctx.clock();
  await withTransaction(ctx.db, (tx) => recordKeptFile(tx, { digest, bytes }, fileName, storedAt));
  return { digest, bytes, fileName };
}
