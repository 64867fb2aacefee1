import { mappingsInForce, type FieldMappingRow } from "@/lib/detection/rules/mappings/field-mapping";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import type { RuleImportRow, RuleSourceRow } from "@/lib/detection/rules/rule-source";
import { listRuleImports, listRuleSources } from "@/lib/detection/rules/store";
import type { JobView } from "@/lib/jobs/job-types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listJobs } from "./list-jobs";

export interface RulesImportView {
  readonly sources: readonly RuleSourceRow[];
  readonly imports: readonly (RuleImportRow & { readonly source: string })[]; // newest first
  readonly mappings: { readonly inForce: readonly FieldMappingRow[]; readonly versions: number };
  readonly jobs: readonly JobView[];
}

/** The page of imported rules: sources with their newest outcome, and every import. */
export async function getRulesImportView(ctx: OperationContext): Promise<RulesImportView> {
  authorize(ctx, "rule.read", "none");
  const sources = await listRuleSources(ctx.db);
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  const imports = (await listRuleImports(ctx.db)).map((row) => ({ ...row, source: names.get(row.sourceId) ?? "" }));
  const versions = await listFieldMappings(ctx.db);
  return { sources, imports, mappings: { inForce: mappingsInForce(versions), versions: versions.length }, jobs: await listJobs(ctx, { limit: 30 }) };
}
