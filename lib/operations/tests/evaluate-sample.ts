import type { PlaceholderValues, RuleText } from "@/lib/detection/sigma/rule-types";
import type { FieldRenames } from "@/lib/detection/rules/mappings/field-mapping";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { OperationContext } from "../context";
import { evaluateInWorkers } from "../detection/evaluate-in-workers";
import type { EventContent } from "../detection/evaluation";
import type { SampleSource } from "./read-sample";
import { placeOf } from "./load-rule-scopes";

/** One match of a chosen rule, or one firing of a chosen correlation, with the records it rests on. */
export interface RuleHit {
  readonly rule: StoredRule;
  readonly events: readonly number[];
}

export interface SampleHits {
  readonly hits: readonly RuleHit[];
  readonly refused: readonly { readonly rule: StoredRule; readonly message: string }[]; // chosen rules that looked at nothing
}

/** Rules of one source with their values. */
export interface AskedFiles {
  readonly files: readonly RuleText[];
  readonly placeholders: PlaceholderValues;
  readonly renames?: readonly FieldRenames[] | undefined;
}

/** The same, and which of them are asked about. */
export interface AskedRules extends AskedFiles {
  readonly chosen: ReadonlyMap<string, StoredRule>; // by place
}

/** A kept sample as the evaluation reads it. */
export function toContent(ctx: Pick<OperationContext, "files">, { name, format, host, zone, reference, digest }: SampleSource): EventContent {
  return { name, open: () => ctx.files.open(digest), bytes: null, format, host, zone, reference };
}

/** What chosen rules find in a kept sample, in threads with limits; a rule beyond them is refused by name. */
export async function evaluateSample({ files, placeholders, renames = [], chosen }: AskedRules, content: EventContent, signal: AbortSignal): Promise<SampleHits> {
  const found = await evaluateInWorkers({ rules: files, placeholders, renames, contents: [content] }, { signal });
  const ruleAt = (position: number | undefined): StoredRule | undefined => {
    const document = position === undefined ? undefined : found.documents[position];
    return document === undefined ? undefined : chosen.get(placeOf(document.file, document.document));
  };
  const hits: RuleHit[] = [];
  for (const { rule, event } of found.matches) {
    const own = ruleAt(found.ruleAt[rule]);
    if (own !== undefined) hits.push({ rule: own, events: [event] });
  }
  for (const { correlation, events, inner } of found.fired) {
    const own = inner ? undefined : ruleAt(found.correlationAt[correlation]); // one that only feeds another raises nothing itself
    if (own !== undefined) hits.push({ rule: own, events });
  }
  const errors = new Map(found.documents.flatMap(({ file, document, error }) => (error === null ? [] : [[placeOf(file, document), error] as const])));
  for (const { file, error } of found.documents) if (error !== null && !errors.has(file)) errors.set(file, error); // a file that could not be read at all
  const seen = new Set(found.documents.map(({ file, document }) => placeOf(file, document)));
  const refused = [...chosen].flatMap(([place, rule]) => {
    const error = errors.get(place) ?? (seen.has(place) ? undefined : (errors.get(`${rule.source}/${rule.path}`) ?? "The rule is not in its file any more."));
    return error === undefined ? [] : [{ rule, message: error }];
  });
  return { hits, refused };
}
