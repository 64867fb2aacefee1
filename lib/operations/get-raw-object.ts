import { readHeads, readRawText } from "@/lib/catalog/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface RawObject {
  readonly stixId: string;
  readonly text: string | null; // null: the starter catalogue holds no published texts
  readonly rawSha256: string | null; // SHA-256 of exactly this text
}

/** The published text of one object of a release. @throws SightlineError NOT_FOUND */
export async function getRawObject(ctx: OperationContext, input: { readonly snapshotId: string; readonly stixId: string }): Promise<RawObject> {
  authorize(ctx, "catalog.read", "none");
  const head = (await readHeads(ctx.db, [input.stixId])).find(({ snapshotId }) => snapshotId === input.snapshotId);
  if (head === undefined) throw new SightlineError("NOT_FOUND", `This release holds no object ${input.stixId}.`);
  return { stixId: head.stixId, rawSha256: head.rawSha256, text: await readRawText(ctx.db, head.snapshotId, head.stixId) };
}
