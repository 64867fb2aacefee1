import type { RuleDocument } from "@/lib/detection/list-documents";
import type { Explanation } from "@/lib/operations/detection/explain-in-worker";
import { SightlineError } from "@/lib/shared/errors";

type Chosen = { readonly kind: "rule" | "correlation"; readonly index: number };
type About = { readonly file: string; readonly id: string | null; readonly title: string; readonly author: string | null; readonly kind: "rule" | "correlation" };

/**
 * The document that `explain --json` prints.
 *
 * @param name id, name or title of the document that is asked for; null: the outermost correlation, else the first rule
 * @throws SightlineError when the file holds no such document, or the one that is asked for was refused
 */
export function describeExplanation(found: Explanation, file: string, name: string | null): Record<string, unknown> {
  const { documents, explained, inputs } = found;
  const { kind, index } = chooseDocument(found, file, name);
  const all = explained.rules.map((one, rule) => ({ rule: aboutOf(documents, "rule", rule), ...one }));
  const refused = documents.flatMap(({ title, error }) => (error === null ? [] : [{ title, error }]));
  const correlation = kind === "correlation" ? explained.correlations[index] : undefined;
  if (correlation === undefined) {
    const own = all[index];
    return { verdict: own?.verdict, rule: own?.rule, event: own?.event, items: own?.items, rules: all, refused, inputs };
  }
  const { nearestMiss, fired, ...rest } = correlation;
  const absent = nearestMiss?.kind === "stage-absent" ? ruleOfStage(found, nearestMiss.stage, index) : undefined;
  const stage = absent === undefined ? undefined : explained.rules[absent];
  const seen = explained.rules.some((one) => one.event !== null);
  return {
    verdict: fired.length > 0 ? "matched" : seen ? "not-matched" : "no-events",
    rule: aboutOf(documents, "correlation", index),
    event: fired[0]?.at ?? stage?.event ?? null,
    items: stage?.items ?? [],
    correlation: { fired, ...rest, ...(nearestMiss === null ? {} : { nearestMiss }) },
    rules: all,
    refused,
    inputs,
  };
}

function chooseDocument({ documents, references }: Explanation, file: string, name: string | null): Chosen {
  const named = documents.filter((one) => name === null || one.id === name || one.name === name || one.title === name);
  const inner = new Set(references.flatMap((own) => own.flatMap(({ kind, index }) => (kind === "correlation" ? [index] : []))));
  const correlation = first(named, ({ correlation: index }) => (index === null || (name === null && inner.has(index)) ? null : index));
  if (correlation !== null) return { kind: "correlation", index: correlation };
  const rule = first(named, ({ rule: index }) => index);
  const refused = named.find(({ error }) => error !== null);
  // A correlation that was refused is what the file is about: its rules alone would answer another question.
  if (refused !== undefined && (rule === null || name === null)) throw new SightlineError("INVALID", refused.message ?? "It was refused.", { file, line: refused.line ?? undefined, remedy: refused.remedy ?? undefined });
  if (rule !== null) return { kind: "rule", index: rule };
  throw new SightlineError("NOT_FOUND", name === null ? "The file holds no rule and no correlation." : `The file holds no rule or correlation with the id, name or title "${name}".`, { file });
}

/** The least position, so that the first document of the set is meant. */
function first(documents: readonly RuleDocument[], position: (document: RuleDocument) => number | null): number | null {
  return documents.reduce<number | null>((least, document) => {
    const own = position(document);
    return own !== null && (least === null || own < least) ? own : least;
  }, null);
}

function aboutOf(documents: readonly RuleDocument[], kind: "rule" | "correlation", index: number): About | undefined {
  const found = documents.find((one) => one[kind] === index);
  return found === undefined ? undefined : { file: found.file, id: found.id, title: found.title ?? "", author: found.meta?.author ?? null, kind };
}

/** The rule behind a stage, looked for in the correlation and in those that it refers to. */
function ruleOfStage({ references }: Pick<Explanation, "references">, stage: string, index: number): number | undefined {
  for (const reference of references[index] ?? []) {
    if (reference.kind === "rule" && reference.as === stage) return reference.index;
    const inner = reference.kind === "correlation" ? ruleOfStage({ references }, stage, reference.index) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
