import { linkRules, type RuleSet } from "../sigma/link-rules";
import { parseRuleFile, refuseRuleFile, type RuleFile } from "../sigma/parse-rule-file";
import { readRuleYaml } from "../sigma/read-rule-yaml";
import { sha256 } from "@/lib/shared/digest";
import { placeholdersOf } from "./placeholders-of";
import { readDocumentMeta, type DocumentMeta } from "./read-document-meta";
import type { ImportWarning, RuleContent, RuleTextFile } from "./stored-rule";

/** A document as it stands in its file; its key is given when it is compared with what is stored. */
export interface ReadDocument extends RuleContent {
  readonly path: string;
  readonly position: number;
}

export interface ReadTexts {
  readonly documents: readonly ReadDocument[]; // in the order of files and positions; refused ones included
  readonly warnings: readonly ImportWarning[];
}

/** One file, read: kept by whoever reads many, until all can be linked. */
export interface ReadFile {
  readonly parsed: RuleFile;
  readonly meta: ReadonlyMap<number, DocumentMeta>;
  readonly placeholders: ReadonlyMap<number, readonly string[]>;
}

/** Stands for values that segments give later: a text, an address range and a regular expression alike, or a number. */
const STAND_INS = ["10.0.0.0/8", "1"] as const;

/** Reads one Sigma file. Placeholders get a value that stands for any, so that the rest of the rule is judged. */
export function readRuleText({ path, text }: RuleTextFile): ReadFile {
  const yaml = readRuleYaml(text);
  if (!("documents" in yaml)) return { parsed: parseRuleFile(path, text), meta: new Map(), placeholders: new Map() };
  const placeholders = new Map(yaml.documents.map((document, position) => [position, placeholdersOf(document)]));
  const names = [...new Set([...placeholders.values()].flat())];
  const attempts = names.length === 0 ? [parseRuleFile(path, text)] : STAND_INS.map((value) => parseRuleFile(path, text, new Map(names.map((name) => [name, [value]]))));
  const parsed = attempts.reduce((best, next) => (next.refused.length < best.refused.length ? next : best));
  return { parsed, meta: readDocumentMeta(yaml.documents), placeholders };
}

/** A file that cannot be read, as one of a source. */
export function refuseFile(path: string, fault: { readonly message: string; readonly remedy: string }): ReadFile {
  return { parsed: refuseRuleFile(path, fault), meta: new Map(), placeholders: new Map() };
}

/**
 * All documents of a source from its files: references and filters linked over the whole source, so that what is refused
 * there (a correlation of a rule that is missing) is refused by name.
 */
export function linkReadFiles(files: readonly ReadFile[]): ReadTexts {
  const set = linkRules(files.map(({ parsed }) => parsed));
  const refused = new Map(set.refused.map((one) => [placeOf(one), one]));
  const warned = new Map<string, string[]>();
  for (const one of set.warnings) warned.set(placeOf(one), [...(warned.get(placeOf(one)) ?? []), one.message]);
  const fields = fieldsByPlace(set);
  const products = productsOfCorrelations(set);
  const documents = files.flatMap(({ parsed, meta, placeholders }) => {
    const positions = [...new Set([...parsed.documents.map(({ document }) => document), ...parsed.refused.map(({ document }) => document)])].sort((a, b) => a - b);
    return positions.map((position): ReadDocument => {
      const place = placeOf({ file: parsed.file, document: position });
      const known = meta.get(position);
      const fault = refused.get(place);
      return {
        path: parsed.file,
        position,
        ...contentOf(known, parsed.file, position),
        ...(products.has(place) ? { product: products.get(place) ?? null } : {}),
        fields: fields.get(place) ?? [],
        placeholders: placeholders.get(position) ?? [],
        warnings: warned.get(place) ?? [],
        refusal: fault === undefined ? null : { line: fault.line, column: fault.column, message: fault.message, remedy: fault.remedy },
      };
    });
  });
  const warnings = documents.flatMap(({ path, warnings: own }) => own.map((message): ImportWarning => ({ code: "rule", message, file: path, rules: 1 })));
  return { documents, warnings };
}

/** Both steps at once. Deterministic: files are read in the order of their paths. */
export function readRuleTexts(texts: readonly RuleTextFile[]): ReadTexts {
  return linkReadFiles([...texts].sort((a, b) => (a.path < b.path ? -1 : 1)).map(readRuleText));
}

function placeOf({ file, document }: { readonly file: string; readonly document: number }): string {
  return `${document}\u0000${file}`;
}

function fieldsByPlace(set: RuleSet): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const rule of set.rules) found.set(placeOf(rule), rule.fields);
  for (const one of set.correlations) found.set(placeOf(one), [...new Set([...one.groupBy.filter((field) => !one.aliases.has(field)), ...one.fields])].sort());
  return found;
}

/** A correlation has no logsource; where all rules that it rests on speak of one product, so does it: whose hosts it could fire on, which analytics its tags lead to. */
function productsOfCorrelations({ rules, correlations }: RuleSet): Map<string, string> {
  const below: ReadonlySet<string | null>[] = [];
  for (const { references } of correlations) below.push(new Set(references.flatMap(({ kind, index }) => (kind === "rule" ? [rules[index]?.logsource.product ?? null] : [...(below[index] ?? [])]))));
  return new Map(
    correlations.flatMap((one, index): [string, string][] => {
      const [product, ...others] = below[index] ?? [];
      return product === undefined || product === null || others.length > 0 ? [] : [[placeOf(one), product]];
    }),
  );
}

function contentOf(known: DocumentMeta | undefined, path: string, position: number): Omit<RuleContent, "fields" | "placeholders" | "warnings" | "refusal"> {
  if (known === undefined) {
    const nothing = { status: null, level: null, author: null, license: null, description: null, date: null, modified: null, references: [], tags: [], falsePositives: [], product: null, category: null, service: null };
    return { kind: "unread", sigmaId: null, name: null, title: fileName(path), ...nothing, digest: sha256(`unread ${path} ${position}`) };
  }
  const { id, ...meta } = known.meta;
  return { kind: known.kind, sigmaId: id, ...meta, title: meta.title === "" ? fileName(path) : meta.title, ...known.logsource, digest: known.digest };
}

function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}
