import { mappingsInForce, type FieldMappingRow } from "@/lib/detection/rules/mappings/field-mapping";
import { listFieldMappings as listVersions } from "@/lib/detection/rules/mappings/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Renames of fields: those in force, and every version there was, newest first. */
export async function listFieldMappings(ctx: OperationContext): Promise<{ readonly inForce: readonly FieldMappingRow[]; readonly versions: readonly FieldMappingRow[] }> {
  authorize(ctx, "rule.read", "none");
  const versions = await listVersions(ctx.db);
  return { inForce: mappingsInForce(versions), versions };
}
