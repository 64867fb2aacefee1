import { renderCorrelation } from "@/lib/detection/queries/render-correlation";
import { renderRule } from "@/lib/detection/queries/render-rule";
import { TARGETS } from "@/lib/detection/queries/targets/index";
import { usedDocuments } from "@/lib/detection/queries/used-documents";
import { mappingsInForce, type FieldMappingRow } from "@/lib/detection/rules/mappings/field-mapping";
import { mappingsOf } from "@/lib/detection/rules/mappings/rename-fields";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { listRuleLinks } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { linkRules, type RuleSet } from "@/lib/detection/sigma/link-rules";
import { parseRuleFile } from "@/lib/detection/sigma/parse-rule-file";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { sayValue, type RuleQuery, type RuleQueryView } from "@/lib/reports/rule-query";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findRuleByWord } from "./rules/find-rule-by-word";
import { openQueryRule, type QueryRule } from "./rules/open-query-rule";

/** Whose values and which names stand in the queries. Everything is optional. */
export interface QueryChoice {
  readonly segment?: string | null; // id or name; null: the values as packs bring them
  readonly analytic?: string | null; // of several that the rule serves
  readonly names?: "imported" | "usual"; // whether imported mappings name the columns; they do
}

/**
 * A rule in every query language that Sightline writes, each with its notes or with the reason why there is none. Placeholders
 * are filled with the values of a segment, else with the pack's; each value says where it came from, and a rule without one is
 * refused by name. A rule that was refused is not read again here.
 *
 * @param word the rule's id, Sigma id or whole title
 * @throws SightlineError NOT_FOUND for the rule, the segment or an analytic that it does not serve
 */
export async function getRuleQueries(ctx: OperationContext, word: string, choice: QueryChoice = {}): Promise<RuleQueryView> {
  authorize(ctx, "rule.read", "none");
  const rule = await findRuleByWord(ctx.db, word);
  const segment = choice.segment === undefined || choice.segment === null ? null : await chosenSegment(ctx, choice.segment);
  const analytics = (await listRuleLinks(ctx.db, { ruleIds: [rule.id], state: "accepted" })).map(({ analytic }) => analytic).sort();
  const own = rule.sourceKind === "pack" ? rule.source.replace(/^pack /, "") : null;
  const wanted = choice.analytic?.trim().toUpperCase() ?? null;
  if (wanted !== null && wanted !== own && !analytics.includes(wanted)) throw new SightlineError("NOT_FOUND", `The rule does not serve ${wanted}.`, { field: "analytic", remedy: analytics.length === 0 ? "It serves none." : `It serves ${analytics.join(", ")}.` });
  const analytic = wanted ?? own ?? (analytics.length === 1 ? (analytics[0] ?? "") : "");
  const names = choice.names ?? "imported";
  const view = { rule: rule.id, title: rule.title, segment, analytic, analytics: own === null ? analytics : [own], names };
  const nothing = cannotBeAsked(rule);
  if (nothing !== null) return { ...view, values: [], mappings: [], queries: refuseAll(rule, nothing) };

  const opened = await openQueryRule(ctx, rule, { segmentId: segment?.id ?? null, analytic, day: ctx.clock().toISOString().slice(0, 10) });
  const { tuned, asked, units, place } = opened;
  const values = tuned.values.filter(({ name }) => asked.has(name)).map((value) => ({ name: value.name, values: value.values === null ? null : [...value.values], unit: units.get(value.name) ?? "", from: value.from, said: sayValue(value, segment?.name ?? null, tuned.unfit.includes(value.name)) }));
  const missing = [...asked].filter((name) => (tuned.values.find((value) => value.name === name)?.values ?? null) === null).sort();
  const set = linkRules(tuned.files.map(({ file, text }) => parseRuleFile(file, text, tuned.placeholders)));
  const mappings = mappingsInForce(await listFieldMappings(ctx.db)).filter((one) => usedDocuments(set, place).some((used) => used.kind === "rule" && mappingsOf(used.logsource, [one]).length > 0));
  const queries = missing.length > 0 ? refuseAll(rule, sayMissing(missing, segment?.name ?? null)) : render(rule, opened, set, names === "imported" ? mappings : []);
  return { ...view, values, mappings: mappings.map(({ scopeKey, version }) => ({ scope: scopeKey, version })), queries };
}

async function chosenSegment(ctx: OperationContext, word: string): Promise<{ readonly id: string; readonly name: string }> {
  const found = (await findSegmentByName(ctx.db, word)) ?? (await findSegment(ctx.db, word));
  if (found === null || found.retiredAt !== null) throw new SightlineError("NOT_FOUND", `There is no segment "${word}".`, { field: "segment", remedy: "See sightline segments list." });
  authorize(ctx, "tuning.read", [found.id]);
  return { id: found.id, name: found.name };
}

function cannotBeAsked(rule: StoredRule): string | null {
  if (rule.refusal !== null) return `The rule was refused: ${rule.refusal.message}`;
  if (rule.state === "removed") return "Its source holds the rule no more.";
  return rule.kind === "filter" ? "A filter is no query: it narrows the rules it names." : null;
}

function sayMissing(names: readonly string[], segment: string | null): string {
  const said = names.map((name) => `%${name}%`).join(", ");
  return segment === null ? `It needs ${names.length === 1 ? "a value" : "values"} for ${said}, which a segment gives: choose one.` : `${segment} gives no value for ${said}. Set ${names.length === 1 ? "it" : "them"} in the segment's tuning.`;
}

function refuseAll(rule: StoredRule, refused: string): RuleQuery[] {
  return TARGETS.map(({ id, label, extension }) => ({ id, label, fileName: `${fileStem(rule.title)}.${extension}`, query: null, refused, notes: [], from: null }));
}

function render(rule: StoredRule, { place }: QueryRule, set: RuleSet, renames: readonly FieldMappingRow[]): RuleQuery[] {
  const [used] = usedDocuments(set, place);
  const fault = set.refused.find(({ file, document }) => file === place.file && document === place.document);
  if (used === undefined) return refuseAll(rule, fault === undefined ? "The rule cannot be read with the other rules of its source." : `${fault.message} ${fault.remedy}`);
  return TARGETS.map(({ id, label, extension }) => {
    const made = used.kind === "rule" ? renderRule(used, id, { renames }) : renderCorrelation(used, set, id, { renames });
    const base = { id, label, fileName: `${fileStem(rule.title)}.${extension}` };
    return "refused" in made ? { ...base, query: null, refused: made.refused, notes: [], from: null } : { ...base, query: made.query, refused: null, notes: [...made.notes], from: made.from };
  });
}

function fileStem(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 80) || "rule";
}
