import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import { sha256 } from "@/lib/shared/digest";
import { parseMeta } from "../sigma/parse-meta";
import { RuleFault } from "../sigma/rule-fault";
import type { RuleMeta, SigmaLogsource } from "../sigma/rule-types";
import type { RuleKind } from "./stored-rule";

/** What can be told of a document whether or not it is refused. */
export interface DocumentMeta {
  readonly kind: RuleKind;
  readonly meta: RuleMeta;
  readonly logsource: SigmaLogsource;
  readonly digest: string;
}

const NO_SOURCE: SigmaLogsource = { product: null, category: null, service: null };

/**
 * Meta data, logsource and digest of every document of a file by its position, as parseRuleFile counts them: a refused rule
 * keeps its author, licence and references too. `action: global` lends its keys to the documents behind it.
 */
export function readDocumentMeta(documents: readonly unknown[]): Map<number, DocumentMeta> {
  const found = new Map<number, DocumentMeta>();
  let global: JsonObject = {};
  for (const [position, document] of documents.entries()) {
    if (!isJsonObject(document)) continue;
    if (document["action"] === "global") global = document;
    else if (document["action"] === "reset") global = {};
    else {
      const merged: JsonObject = { ...global, ...document };
      found.set(position, { kind: kindOf(merged), meta: lenientMeta(merged), logsource: lenientLogsource(merged["logsource"]), digest: digestOf(global, document) });
    }
  }
  return found;
}

function kindOf(document: JsonObject): RuleKind {
  if ("correlation" in document) return "correlation";
  if ("filter" in document) return "filter";
  return "detection" in document ? "rule" : "unread";
}

/** A document without a title is refused for it, and is listed all the same. */
function lenientMeta(document: JsonObject): RuleMeta {
  try {
    return parseMeta(document);
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    return { ...parseMeta({ ...document, title: "untitled" }), title: "" };
  }
}

function lenientLogsource(value: unknown): SigmaLogsource {
  if (!isJsonObject(value)) return NO_SOURCE;
  const word = (name: string): string | null => (typeof value[name] === "string" && value[name].trim() !== "" ? value[name].trim().toLowerCase() : null);
  return { product: word("product"), category: word("category"), service: word("service") };
}

function digestOf(global: JsonObject, document: JsonObject): string {
  return sha256(JSON.stringify(Object.keys(global).length === 0 ? document : [global, document]));
}
