import { listPackManifests } from "@/lib/detection/packs/store";
import { mappingsInForce } from "@/lib/detection/rules/mappings/field-mapping";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { listRuleSources } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { TunableRules } from "@/lib/detection/tuning/apply-values";
import { digestOf } from "@/lib/shared/digest";
import type { OperationContext } from "../context";
import { readRuleScope } from "../rules/read-rule-scope";

/** Chosen rules of one source, with all that must be read with them. */
export interface RuleScope extends TunableRules {
  readonly source: string;
  readonly chosen: ReadonlyMap<string, StoredRule>; // by place: see placeOf
  readonly digests: readonly string[]; // of the files and of the renames of fields
}

/** Where a document stands: the key by which what was found is traced to its rule. */
export function placeOf(file: string, document: number): string {
  return `${document} ${file}`;
}

/** The sources of these rules, each with the files that are one scope with them. Sources stand alone: two may know the same id. */
export async function loadRuleScopes(ctx: Pick<OperationContext, "db">, rules: readonly StoredRule[]): Promise<RuleScope[]> {
  if (rules.length === 0) return [];
  const packs = new Map((await listRuleSources(ctx.db)).map(({ id, pack }) => [id, pack]));
  const renames = mappingsInForce(await listFieldMappings(ctx.db));
  const scopes: RuleScope[] = [];
  for (const sourceId of [...new Set(rules.map((rule) => rule.sourceId))]) {
    const own = rules.filter((rule) => rule.sourceId === sourceId);
    const pack = packs.get(sourceId) ?? null;
    const [manifest = null] = pack === null ? [] : await listPackManifests(ctx.db, [pack]);
    const scope = await readRuleScope(ctx.db, own.map(({ id }) => id));
    scopes.push({
      source: own[0]?.source ?? "",
      manifest,
      files: scope.files.map(({ file, text }) => ({ file, text })),
      renames,
      digests: [...scope.files.map(({ digest }) => digest), ...renames.map(({ scopeKey, fields }) => digestOf([scopeKey, fields]))],
      placeholders: [...new Set(scope.rules.flatMap(({ placeholders }) => placeholders))].sort(),
      chosen: new Map(own.map((rule) => [placeOf(`${rule.source}/${rule.path}`, rule.position), rule])),
    });
  }
  return scopes;
}
