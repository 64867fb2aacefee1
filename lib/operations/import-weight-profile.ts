import { readWeightsCsv } from "@/lib/assessment/weights/read-weights-csv";
import { insertWeightProfile } from "@/lib/assessment/weights/store";
import { readProfileName } from "@/lib/assessment/weights/weight-profile";
import { emitAudit } from "@/lib/audit/emit-audit";
import { findEntities } from "@/lib/catalog/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { WrittenProfile } from "./set-weight-profile";

const MOST_CHARACTERS = 1024 * 1024;

/**
 * Writes the next version of a profile from a CSV (technique,weight). Techniques that no imported catalogue holds are kept and
 * listed: another release may hold them.
 *
 * @throws SightlineError INVALID naming file, line and field; TOO_LARGE
 */
export async function importWeightProfile(ctx: OperationContext, input: { readonly name: string; readonly fileName: string; readonly text: string; readonly reason?: string }): Promise<WrittenProfile & { readonly unknown: readonly string[] }> {
  authorize(ctx, "weights.write", "none");
  const name = readProfileName(input.name);
  if (input.text.length > MOST_CHARACTERS) throw new SightlineError("TOO_LARGE", "A table of weights has at most 1 MiB.", { file: input.fileName });
  const techniques = readWeightsCsv(input.fileName, input.text);
  const ids = Object.keys(techniques);
  const known = new Set((await findEntities(ctx.db, ids)).flatMap(({ kind, attackId }) => (kind === "technique" ? [attackId] : [])));
  const unknown = ids.filter((id) => !known.has(id));
  const reason = input.reason?.trim() ?? "";
  return withTransaction(ctx.db, async (tx) => {
    const source = { kind: "file" as const, fileName: input.fileName, fileDigest: sha256(input.text), unknown };
    const version = await insertWeightProfile(tx, { name, source, techniques }, { at: ctx.clock(), actor: ctx.actor.name, reason });
    await emitAudit(tx, ctx, { action: "weights.import", target: `weights/${name}/${version}`, detail: { fileName: input.fileName, fileDigest: source.fileDigest, techniques: ids.length, reason } });
    return { name, version, techniques: ids.length, unknown };
  });
}
