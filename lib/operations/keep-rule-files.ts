import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { writeZip } from "./evidence/write-zip";
import type { KeptUpload } from "./keep-upload";

export interface RuleFileSource {
  readonly path: string; // with slashes
  readonly open: () => AsyncIterable<Uint8Array>;
}

const SAME_TIME = new Date("1980-01-01T00:00:00Z"); // the same files give the same archive

/** Keeps many small files as one archive, so that an import of a folder is one kept file that anybody can open. */
export async function keepRuleFiles(ctx: OperationContext, files: readonly RuleFileSource[], fileName: string): Promise<KeptUpload> {
  authorize(ctx, "rule.import", "none");
  const entries = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, open }) => ({ path, content: open }));
  const { digest, bytes } = await ctx.files.put(writeZip(entries, SAME_TIME, []));
  await withTransaction(ctx.db, (tx) => recordKeptFile(tx, { digest, bytes }, fileName, ctx.clock()));
  return { digest, bytes, fileName };
}
