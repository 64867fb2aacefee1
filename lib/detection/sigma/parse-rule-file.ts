import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import { readRuleYaml, yamlPlaces, type YamlPlace } from "./read-rule-yaml";
import { parseCorrelation } from "./parse-correlation";
import { parseFilter } from "./parse-filter";
import { parseRule } from "./parse-rule";
import { RuleFault, type RulePath } from "./rule-fault";
import type { PlaceholderValues, RuleRefusal, SigmaDocument } from "./rule-types";

export interface RuleFile {
  readonly file: string;
  /** Where a path of a document stands: for faults that show only when files are linked. */
  readonly locate: (document: number, path: RulePath) => YamlPlace | null;
  readonly documents: readonly SigmaDocument[];
  readonly refused: readonly RuleRefusal[];
}

const NOTHING: PlaceholderValues = new Map();

/**
 * All documents of one Sigma file: rules, correlations and filters, and what was refused with line and column. A document
 * with `action: global` is merged into those behind it (Sigma 1 collections), `action: reset` ends that.
 */
export function parseRuleFile(file: string, text: string, placeholders: PlaceholderValues = NOTHING): RuleFile {
  const yaml = readRuleYaml(text);
  const locate = yamlPlaces(text);
  const placeOf = (document: number, path: RulePath) => locate(document, path) ?? { line: null, column: null };
  if (!("documents" in yaml)) {
    return { file, locate, documents: [], refused: [{ file, document: 0, title: null, id: null, name: null, line: yaml.line, column: yaml.column, message: yaml.message, remedy: "Correct the file." }] };
  }
  const documents: SigmaDocument[] = [];
  const refused: RuleRefusal[] = [];
  if (yaml.documents.length === 0) refused.push({ file, document: 0, title: null, id: null, name: null, line: null, column: null, message: "The file is empty: it holds no rule.", remedy: "Write a rule into it, or leave it out." });
  let global: JsonObject = {};
  for (const [position, document] of yaml.documents.entries()) {
    if (!isJsonObject(document)) {
      refused.push({ file, document: position, title: null, id: null, name: null, ...placeOf(position, []), message: "The document is no map.", remedy: "A rule has keys such as title, logsource and detection." });
      continue;
    }
    if (document["action"] === "global") global = withoutOwn(document, ["action", "id", "name"]); // an id and a name are one rule's
    else if (document["action"] === "reset") global = {};
    else {
      const merged = Object.keys(global).length === 0 ? document : mergeDocuments(global, withoutOwn(document, ["action"]));
      try {
        documents.push(parseDocument(merged, position, placeholders));
      } catch (error) {
        if (!(error instanceof RuleFault)) throw error;
        refused.push({ file, document: position, title: textOf(merged["title"]), id: textOf(merged["id"]), name: textOf(merged["name"]), ...placeOf(position, error.path), message: error.message, remedy: error.remedy });
      }
    }
  }
  return { file, locate, documents, refused };
}

/** A file that is no rule file whatever it says: too large, no text, or more than a reader can take. */
export function refuseRuleFile(file: string, { message, remedy }: { readonly message: string; readonly remedy: string }): RuleFile {
  return { file, locate: () => null, documents: [], refused: [{ file, document: 0, title: null, id: null, name: null, line: null, column: null, message, remedy }] };
}

function parseDocument(document: JsonObject, position: number, placeholders: PlaceholderValues): SigmaDocument {
  if ("correlation" in document) return parseCorrelation(document, position);
  if ("filter" in document) return parseFilter(document, position, placeholders);
  return parseRule(document, position, placeholders);
}

/** Maps merge key by key, the later document's values win; everything else is replaced. */
function mergeDocuments(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const known = merged.get(key);
    merged.set(key, isJsonObject(known) && isJsonObject(value) ? mergeDocuments(known, value) : value);
  }
  return Object.fromEntries(merged);
}

function withoutOwn(document: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([key]) => !keys.includes(key)));
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
