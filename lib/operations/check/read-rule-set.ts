import type { RuleReference, RuleSet } from "@/lib/detection/sigma/link-rules";
import { linkRules } from "@/lib/detection/sigma/link-rules";
import { listRules, listRuleTexts } from "@/lib/detection/rules/store";
import { mappingsInForce } from "@/lib/detection/rules/mappings/field-mapping";
import { renameFields } from "@/lib/detection/rules/mappings/rename-fields";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { readRuleText } from "@/lib/detection/rules/read-rule-texts";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { OperationContext } from "../context";

/** All stored rules as one set, each source linked by itself, and which row of the rules each of them is. */
export interface StoredRuleSet {
  readonly set: RuleSet;
  readonly rules: readonly (StoredRule | null)[]; // aligned with set.rules
  readonly correlations: readonly (StoredRule | null)[]; // aligned with set.correlations
  readonly mappings: readonly string[]; // renames of fields that were applied: scope and version
  readonly all: readonly StoredRule[]; // rules and correlations that are there, and what could not be read
}

const AT_ONCE = 50;

/** Reads and links the texts of every source, giving way between slices so that the heartbeat of the job is heard. */
export async function readRuleSet(ctx: OperationContext, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<StoredRuleSet> {
  const all = (await listRules(ctx.db)).filter(({ kind }) => kind !== "filter");
  const texts = await listRuleTexts(ctx.db, {});
  const byPlace = new Map(all.map((rule) => [placeOf(rule.sourceId, rule.path, rule.position), rule]));
  const files = new Map<string, ReturnType<typeof readRuleText>["parsed"][]>();
  for (const [i, { sourceId, path, text }] of texts.entries()) {
    const own = files.get(sourceId) ?? [];
    own.push(readRuleText({ path, text }).parsed);
    files.set(sourceId, own);
    if (i % AT_ONCE !== 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    progress(i, texts.length);
  }
  const mappings = mappingsInForce(await listFieldMappings(ctx.db));
  const sets = [...files].map(([sourceId, parsed]) => ({ sourceId, set: linkRules(parsed) }));
  const rowOf = (sourceId: string, { file, document }: { readonly file: string; readonly document: number }): StoredRule | null => byPlace.get(placeOf(sourceId, file, document)) ?? null;
  return {
    set: renameFields(mergeRuleSets(sets.map(({ set }) => set)), mappings),
    mappings: mappings.map(({ scopeKey, version }) => `${scopeKey} ${version}`),
    rules: sets.flatMap(({ sourceId, set }) => set.rules.map((rule) => rowOf(sourceId, rule))),
    correlations: sets.flatMap(({ sourceId, set }) => set.correlations.map((one) => rowOf(sourceId, one))),
    all,
  };
}

function placeOf(sourceId: string, path: string, position: number): string {
  return `${sourceId} ${position} ${path}`;
}

/** Sets that know nothing of each other as one: references keep pointing at their own. */
function mergeRuleSets(sets: readonly RuleSet[]): RuleSet {
  let [rules, correlations] = [0, 0];
  const merged = sets.map((set) => {
    const [firstRule, firstCorrelation] = [rules, correlations];
    rules += set.rules.length;
    correlations += set.correlations.length;
    const move = (reference: RuleReference): RuleReference => ({ ...reference, index: reference.index + (reference.kind === "rule" ? firstRule : firstCorrelation) });
    return { ...set, correlations: set.correlations.map((one) => ({ ...one, references: one.references.map(move) })) };
  });
  return { rules: merged.flatMap((set) => set.rules), correlations: merged.flatMap((set) => set.correlations), refused: merged.flatMap((set) => set.refused), warnings: merged.flatMap((set) => set.warnings) };
}
