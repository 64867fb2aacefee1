import { linkRules, type LinkedRule } from "../../sigma/link-rules";
import { parseRuleFile } from "../../sigma/parse-rule-file";
import { readCorpus } from "../../testing/corpus";
import { exampleRule, EXAMPLES } from "./example-rules";
import type { RenderableRule } from "../render-rule";

/** The public rules of the samples folder, null when it is absent. */
export function corpusRules(): readonly LinkedRule[] | null {
  const corpus = readCorpus();
  return corpus === null ? null : linkRules(corpus.map(({ file, text }) => parseRuleFile(file, text))).rules;
}

/** Rules to try a target's queries on: one per construct, and every n-th public one where they are there. */
export function someRules(every: number): { readonly name: string; readonly rule: RenderableRule }[] {
  return [
    ...EXAMPLES.map(([name, detection]) => ({ name, rule: exampleRule(detection) })),
    ...(corpusRules() ?? []).flatMap((rule, i) => (i % every === 0 ? [{ name: rule.meta.title, rule }] : [])),
  ];
}
