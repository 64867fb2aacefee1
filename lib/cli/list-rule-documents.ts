import type { RuleSet } from "@/lib/detection/sigma/link-rules";
import type { RuleFile } from "@/lib/detection/sigma/parse-rule-file";
import type { DetectJson } from "./detect-json";

type Entry = DetectJson["rules"][number];

/** Every document of the files in their order, refused ones included, and where the rules and correlations of the set stand among them. */
export function listRuleDocuments(files: readonly RuleFile[], set: RuleSet, unrouted: readonly number[]): { entries: Entry[]; ruleAt: number[]; correlationAt: number[] } {
  const entries: Entry[] = [];
  const at = new Map<string, number>();
  const key = (file: string, document: number): string => `${file}\u0000${document}`;
  const refused = new Map(set.refused.map((one) => [key(one.file, one.document), one]));
  const warned = new Map<string, string[]>();
  for (const { file, document, message } of set.warnings) warned.set(key(file, document), [...(warned.get(key(file, document)) ?? []), message]);
  const silent = new Set(unrouted.map((rule) => set.rules[rule]).map((rule) => (rule === undefined ? "" : key(rule.file, rule.document))));
  for (const file of files) {
    const kinds = new Map(file.documents.map((document) => [document.document, document]));
    const numbers = [...new Set([...kinds.keys(), ...file.refused.map(({ document }) => document)])].sort((a, b) => a - b);
    for (const number of numbers) {
      const place = key(file.file, number);
      const document = kinds.get(number);
      const fault = refused.get(place);
      const about = { file: file.file, id: document?.meta.id ?? fault?.id ?? null, title: document?.meta.title ?? fault?.title ?? null, kind: document?.kind ?? null };
      at.set(place, entries.length);
      if (fault !== undefined) {
        const where = fault.line === null ? "" : `line ${fault.line}, column ${fault.column ?? 1}: `;
        entries.push({ ...about, status: "refused", error: `${where}${fault.message} ${fault.remedy}`, line: fault.line, column: fault.column });
      } else {
        const warnings = warned.get(place);
        entries.push({ ...about, status: "ok", author: document?.meta.author ?? null, ...(silent.has(place) ? { unrouted: true } : {}), ...(warnings === undefined ? {} : { warnings }) });
      }
    }
  }
  const placeOf = ({ file, document }: { file: string; document: number }): number => at.get(key(file, document)) ?? -1;
  return { entries, ruleAt: set.rules.map(placeOf), correlationAt: set.correlations.map(placeOf) };
}
