import { referencesOf } from "@/lib/detection/rules/references-of";
import { listRules, listRuleTexts, type StoredText } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { Db } from "@/lib/db/client";

/** The files that rules are evaluated from, and which stored rule each of their documents is. */
export interface RuleScope {
  readonly files: readonly ScopeFile[]; // in the order in which they are to be given to the evaluation
  readonly rules: readonly StoredRule[]; // every document of these files, asked for or not
  /** The stored rule of a document, by the file's name here and its position there. */
  readonly ruleAt: (file: string, document: number) => StoredRule | null;
}

export interface ScopeFile {
  readonly file: string; // "<source>/<path>": unique over sources
  readonly text: string;
  readonly digest: string;
  readonly sourceId: string;
}

const MOST_ROUNDS = 50; // correlations refer to correlations; the linker allows as many

/**
 * The texts of rules with everything they are evaluated with: the files that their correlations refer to, and the filters
 * of their sources. Documents that were not asked for come along in the same files; callers keep to the rules they asked for.
 *
 * @param ruleIds null: every rule that is there
 */
export async function readRuleScope(db: Db, ruleIds: readonly string[] | null): Promise<RuleScope> {
  const texts = ruleIds === null ? await listRuleTexts(db, {}) : await closeOver(db, ruleIds);
  const files = texts.map(({ source, path, text, digest, sourceId }) => ({ file: `${source}/${path}`, text, digest, sourceId }));
  const rules = await listRules(db, ruleIds === null ? {} : { textIds: texts.map(({ id }) => id) });
  const at = new Map(rules.map((rule) => [`${rule.position} ${rule.source}/${rule.path}`, rule]));
  return { files, rules, ruleAt: (file, document) => at.get(`${document} ${file}`) ?? null };
}

async function closeOver(db: Db, ruleIds: readonly string[]): Promise<StoredText[]> {
  const texts = new Map((await listRuleTexts(db, { ruleIds })).map((text) => [text.id, text]));
  const sourceIds = [...new Set([...texts.values()].map(({ sourceId }) => sourceId))];
  if (sourceIds.length === 0) return [];
  const filters = await listRules(db, { sourceIds, kinds: ["filter"] });
  if (filters.length > 0) for (const text of await listRuleTexts(db, { ruleIds: filters.map(({ id }) => id) })) texts.set(text.id, text);
  let open = [...texts.values()];
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round += 1) {
    const wanted = new Set(open.flatMap(({ text }) => referencesOf(text)));
    if (wanted.size === 0) break;
    const found = await listRules(db, { sourceIds, calledAny: [...wanted] });
    open = found.length === 0 ? [] : (await listRuleTexts(db, { ruleIds: found.map(({ id }) => id) })).filter(({ id }) => !texts.has(id));
    for (const text of open) texts.set(text.id, text);
  }
  return [...texts.values()].sort((a, b) => (a.source === b.source ? (a.path < b.path ? -1 : 1) : a.source < b.source ? -1 : 1));
}
