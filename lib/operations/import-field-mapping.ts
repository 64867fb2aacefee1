import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { scopeKey } from "@/lib/detection/rules/mappings/field-mapping";
import { readPipeline, type PipelineRefusal } from "@/lib/detection/rules/mappings/read-pipeline";
import { insertFieldMapping } from "@/lib/detection/rules/mappings/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface FieldMappingImport {
  readonly fileName: string;
  readonly written: readonly { readonly scope: string; readonly version: number; readonly fields: number }[];
  readonly refused: readonly PipelineRefusal[];
}

const MOST_BYTES = 1024 * 1024;

/**
 * Takes over the renames of a pySigma processing pipeline: the next version of each logsource's mapping. Other transformations
 * are refused by name; where nothing can be taken over, nothing is written.
 *
 * @throws SightlineError INVALID when no rename can be taken over, TOO_LARGE
 */
export async function importFieldMapping(ctx: OperationContext, input: { readonly fileName: string; readonly text: string; readonly reason: string }): Promise<FieldMappingImport> {
  authorize(ctx, "rule.import", "none");
  if (input.text.length > MOST_BYTES) throw new SightlineError("TOO_LARGE", "A pipeline has at most 1 MiB.", { file: input.fileName });
  const { renames, refused } = readPipeline(input.text);
  if (renames.length === 0) {
    const [first] = refused;
    throw new SightlineError("INVALID", first === undefined ? "It renames no field." : `Nothing of it can be taken over: ${first.message}`, { file: input.fileName, field: first?.at ?? "", remedy: first?.remedy ?? "Give field_name_mapping transformations." });
  }
  const by = { at: ctx.clock(), actor: ctx.actor.name };
  const written = await withTransaction(ctx.db, async (tx) => {
    const rows: { scope: string; version: number; fields: number }[] = [];
    for (const { scope, fields } of renames) {
      const key = scopeKey(scope);
      const version = await insertFieldMapping(tx, { scope: key, state: "set", doc: fields, reason: input.reason.trim(), fileName: input.fileName }, by);
      rows.push({ scope: key, version, fields: Object.keys(fields).length });
    }
    await emitAudit(tx, ctx, { action: "rule.map-fields", target: "rules/mappings", detail: { fileName: input.fileName, reason: input.reason.trim(), written: rows, refused: refused.length } });
    return rows;
  });
  return { fileName: input.fileName, written, refused };
}
