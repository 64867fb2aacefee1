import { RuleFault } from "./rule-fault";
import type { RuleMeta, SigmaLogsource } from "./rule-types";
import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";

/** The part of a rule that people read. Values of an odd type become text or are left out: they decide nothing. */
export function parseMeta(document: JsonObject): RuleMeta {
  const title = textOf(document["title"]);
  if (title === null) throw new RuleFault([], "The rule has no title.", "Give it one: matches are shown by it.");
  return {
    id: textOf(document["id"]),
    name: textOf(document["name"]),
    title,
    status: textOf(document["status"]),
    level: textOf(document["level"]),
    description: textOf(document["description"]),
    author: textOf(document["author"]) ?? (Array.isArray(document["author"]) ? textsOf(document["author"]).join(", ") : null),
    date: textOf(document["date"]),
    modified: textOf(document["modified"]),
    license: textOf(document["license"]),
    references: textsOf(document["references"]),
    tags: textsOf(document["tags"]),
    falsePositives: textsOf(document["falsepositives"]),
  };
}

/** The logsource of a rule; definition and custom keys are guidance for people and route nothing. */
export function parseSigmaLogsource(value: unknown): SigmaLogsource {
  if (!isJsonObject(value)) throw new RuleFault(["logsource"], "The rule has no logsource.", "Say for which product, category or service it is written.");
  const source = { product: fold(value["product"]), category: fold(value["category"]), service: fold(value["service"]) };
  if (source.product === null && source.category === null && source.service === null) {
    throw new RuleFault(["logsource"], "The logsource names no product, category or service.", "Name at least one.");
  }
  return source;
}

function fold(value: unknown): string | null {
  return textOf(value)?.toLowerCase() ?? null;
}

function textOf(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);
}
