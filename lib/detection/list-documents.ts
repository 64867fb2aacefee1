import type { RuleSet } from "./sigma/link-rules";
import type { RuleFile } from "./sigma/parse-rule-file";
import type { RuleMeta } from "./sigma/rule-types";

/** One document of the rule files as lists show it, refused ones included. */
export interface RuleDocument {
  readonly file: string;
  readonly document: number; // 0-based, within its file
  readonly kind: "rule" | "correlation" | "filter" | null; // null: refused before it was known
  readonly id: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly meta: RuleMeta | null; // null: refused
  readonly rule: number | null; // position among the rules of the set
  readonly correlation: number | null; // position among its correlations
  readonly error: string | null; // why refused, with line, column and remedy
  readonly message: string | null; // the same without its place
  readonly remedy: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly unrouted: boolean; // no known kind of record has its logsource
  readonly warnings: readonly string[];
}

/** Every document of the files in their order, with its place in the set that was linked from them. */
export function listDocuments(files: readonly RuleFile[], set: RuleSet, unrouted: readonly number[]): RuleDocument[] {
  const key = ({ file, document }: { file: string; document: number }): string => `${file}\u0000${document}`;
  const refused = new Map(set.refused.map((one) => [key(one), one]));
  const rules = new Map(set.rules.map((one, index) => [key(one), index]));
  const correlations = new Map(set.correlations.map((one, index) => [key(one), index]));
  const silent = new Set(unrouted);
  const warned = new Map<string, string[]>();
  for (const one of set.warnings) {
    const known = warned.get(key(one));
    if (known === undefined) warned.set(key(one), [one.message]);
    else known.push(one.message);
  }
  return files.flatMap((from) => {
    const kinds = new Map(from.documents.map((one) => [one.document, one]));
    const numbers = [...new Set([...kinds.keys(), ...from.refused.map(({ document }) => document)])].sort((a, b) => a - b);
    return numbers.map((document): RuleDocument => {
      const place = key({ file: from.file, document });
      const known = kinds.get(document);
      const fault = refused.get(place);
      const rule = fault === undefined ? (rules.get(place) ?? null) : null;
      return {
        file: from.file,
        document,
        kind: known?.kind ?? null,
        id: known?.meta.id ?? fault?.id ?? null,
        name: known?.meta.name ?? fault?.name ?? null,
        title: known?.meta.title ?? fault?.title ?? null,
        meta: fault === undefined ? (known?.meta ?? null) : null,
        rule,
        correlation: fault === undefined ? (correlations.get(place) ?? null) : null,
        error: fault === undefined ? null : sayFault(fault),
        message: fault?.message ?? null,
        remedy: fault?.remedy ?? null,
        line: fault?.line ?? null,
        column: fault?.column ?? null,
        unrouted: rule !== null && silent.has(rule),
        warnings: warned.get(place) ?? [],
      };
    });
  });
}

function sayFault({ line, column, message, remedy }: RuleSet["refused"][number]): string {
  return `${line === null ? "" : `line ${line}, column ${column ?? 1}: `}${message} ${remedy}`;
}
