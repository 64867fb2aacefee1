import { CORE_SCHEMA, loadAll, YAMLException } from "js-yaml";
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from "yaml";
import { readPlainYaml } from "./read-plain-yaml";
import type { RulePath } from "./rule-fault";

/** Bytes of one rule file; the largest real one has 0.25 MB. */
export const MOST_RULE_BYTES = 4 * 1024 * 1024;
const MOST_ALIASES = 100; // one alias inside another doubles what they stand for
const MOST_DEPTH = 40;
const MOST_NODES = 1_000_000; // with everything that aliases stand for written out
const ALIAS = /(?:^|[\s[{,:-])(\*[^\s\][{},]+)/m;

export type RuleYaml = { readonly documents: readonly unknown[] } | { readonly message: string; readonly line: number | null; readonly column: number | null };

/**
 * The documents of a rule file. YAML 1.2: dates stay text, yes and no stay text, 017 is seventeen. null, "" and a missing
 * value stay apart. Bombs (aliases of aliases, nesting) and duplicate keys are faults with their line.
 */
export function readRuleYaml(text: string): RuleYaml {
  if (text.length > MOST_RULE_BYTES) return { message: `The file has ${text.length} characters; a rule file may have ${MOST_RULE_BYTES}.`, line: null, column: null };
  const plain = readPlainYaml(text);
  if (plain !== null) return { documents: plain };
  try {
    const documents = loadAll(text, { schema: CORE_SCHEMA, maxAliases: MOST_ALIASES, maxDepth: MOST_DEPTH });
    const fault = weighTrees(documents);
    return fault === null ? { documents: documents.filter((document) => document !== null && document !== undefined) } : { message: fault, ...firstAlias(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { message: `This is not YAML: ${error.reason}.`, line: error.mark === undefined || error.mark === null ? null : error.mark.line + 1, column: error.mark === undefined || error.mark === null ? null : error.mark.column + 1 };
  }
}

/**
 * What everybody who walks a document would have to walk: aliases are read as shared parts, so a short text may be a tree without end. Counted
 * part by part, each once.
 *
 * @returns what is wrong; null: nothing
 */
function weighTrees(documents: readonly unknown[]): string | null {
  const sizes = new Map<object, number | "open">();
  const weigh = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    const known = sizes.get(value);
    if (known === "open") return Infinity;
    if (known !== undefined) return known;
    sizes.set(value, "open");
    let size = 1;
    for (const part of Object.values(value)) size += weigh(part);
    sizes.set(value, size);
    return size;
  };
  const total = documents.reduce<number>((sum, document) => sum + weigh(document), 0);
  if (total === Infinity) return "An alias stands inside what it stands for.";
  return total > MOST_NODES ? `With what its aliases stand for written out, the file holds more than ${MOST_NODES} values.` : null;
}

function firstAlias(text: string): { readonly line: number | null; readonly column: number | null } {
  const found = ALIAS.exec(text);
  if (found === null) return { line: null, column: null };
  const before = text.slice(0, found.index + found[0].indexOf("*")).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Line and column, 1-based. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the place of what a path leads to, or of its nearest ancestor that exists. Reads the text again with a slower parser
 * that knows positions, once and only when a place is asked for: a file may hold thousands of documents that are refused.
 *
 * @returns a lookup; `document` counts from 0 among the documents that are not empty
 */
export function yamlPlaces(text: string): (document: number, path: RulePath) => YamlPlace | null {
  const lines = new LineCounter();
  let roots: readonly Node[] | null = null;
  return (document, path) => {
    roots ??= readRoots(text, lines);
    const root = roots[document];
    const offset = root === undefined ? null : offsetOf(root, path);
    if (offset === null) return null;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

function readRoots(text: string, lineCounter: LineCounter): Node[] {
  const parsed = parseAllDocuments(text, { lineCounter, logLevel: "silent" });
  return Array.isArray(parsed) ? parsed.flatMap(({ contents }) => (contents === null || (isScalar(contents) && contents.value === null) ? [] : [contents])) : [];
}

function offsetOf(root: Node, path: RulePath): number | null {
  let node: unknown = root;
  let offset = root.range?.[0] ?? null;
  for (const step of path) {
    if (isMap(node)) {
      const pair: unknown = node.items.find((item) => scalarText(item.key) === String(step));
      if (!isPairLike(pair)) return offset;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = typeof step === "number" ? node.items[step] : undefined;
      offset = rangeStart(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function isPairLike(value: unknown): value is { key: unknown; value: unknown } {
  return typeof value === "object" && value !== null && "key" in value && "value" in value;
}

function scalarText(key: unknown): string {
  return typeof key === "object" && key !== null && "value" in key ? String(key.value) : String(key);
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : null;
}
