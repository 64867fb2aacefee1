import type { CheckedSource, RulePlace } from "@/lib/detection/check/read-checked-rules";
import { mappingsInForce, type FieldMappingRow } from "@/lib/detection/rules/mappings/field-mapping";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { listRules, listRuleTexts } from "@/lib/detection/rules/store";
import type { RuleTextFile, StoredRule } from "@/lib/detection/rules/stored-rule";
import type { OperationContext } from "../context";

/** All stored rules with the files they are read from. */
export interface StoredRuleSet {
  readonly sources: readonly CheckedSource[];
  readonly renames: readonly FieldMappingRow[];
  readonly all: readonly StoredRule[]; // rules and correlations that are there, and what could not be read
}

/** Reads the texts of every source; whoever checks them reads what stands in them, in a thread. */
export async function readRuleSet(ctx: OperationContext): Promise<StoredRuleSet> {
  const all = (await listRules(ctx.db)).filter(({ kind }) => kind !== "filter");
  const files = new Map<string, RuleTextFile[]>();
  for (const { sourceId, path, text } of await listRuleTexts(ctx.db, {})) {
    const own = files.get(sourceId);
    if (own === undefined) files.set(sourceId, [{ path, text }]);
    else own.push({ path, text });
  }
  return { sources: [...files].map(([sourceId, own]) => ({ sourceId, files: own })), renames: mappingsInForce(await listFieldMappings(ctx.db)), all };
}

export function placeOf({ sourceId, path, position }: StoredRule): RulePlace {
  return { sourceId, file: path, document: position };
}

/** One name per place, the same for what is stored and for what a thread has read. */
export function nameOfPlace({ sourceId, file, document }: RulePlace): string {
  return `${sourceId} ${document} ${file}`;
}
