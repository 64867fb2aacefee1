import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { writeTar } from "@/lib/files/write-tar";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { KeptUpload } from "./keep-upload";

export interface RuleFileSource {
  readonly path: string; // with slashes
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Keeps many small files as one archive, so that an import of a folder is one kept file that anybody can open. */
export async function keepRuleFiles(ctx: OperationContext, files: readonly RuleFileSource[], fileName: string): Promise<KeptUpload> {
  authorize(ctx, "rule.import", "none");
  const { digest, bytes } = await ctx.files.put(writeTar([...files].sort((a, b) => (a.path < b.path ? -1 : 1))));
  await withTransaction(ctx.db, (tx) => recordKeptFile(tx, { digest, bytes }, fileName, ctx.clock()));
  return { digest, bytes, fileName };
}
