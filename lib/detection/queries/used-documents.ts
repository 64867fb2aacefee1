import type { LinkedCorrelation, LinkedRule, RuleSet } from "../sigma/link-rules";

type Place = { readonly file: string; readonly document: number };

/** A rule or correlation with everything it looks at, itself first; empty when the set does not hold it. */
export function usedDocuments(set: Pick<RuleSet, "rules" | "correlations">, { file, document }: Place): readonly (LinkedRule | LinkedCorrelation)[] {
  const isIt = (one: Place): boolean => one.file === file && one.document === document;
  const found = new Set<LinkedRule | LinkedCorrelation>();
  const add = (one: LinkedRule | LinkedCorrelation | undefined): void => {
    if (one === undefined || found.has(one)) return;
    found.add(one);
    if (one.kind === "correlation") for (const { kind, index } of one.references) add(kind === "rule" ? set.rules[index] : set.correlations[index]);
  };
  add(set.rules.find(isIt) ?? set.correlations.find(isIt));
  return [...found];
}
