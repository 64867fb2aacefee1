import { isJsonObject } from "@/lib/events/frame/plain-value";
import { readRuleYaml } from "../../sigma/read-rule-yaml";
import { scopeKey, type FieldRenames, type MappingDoc } from "./field-mapping";

export interface PipelineRefusal {
  readonly at: string; // transformation[2]
  readonly message: string;
  readonly remedy: string;
}

export interface ReadPipeline {
  readonly renames: readonly FieldRenames[];
  readonly refused: readonly PipelineRefusal[]; // what else it holds, by name: nothing of it is taken over silently
}

const MOST_FIELDS = 2_000;
const CARRIES_OVER = new Set(["id", "type", "mapping", "rule_conditions", "rule_cond_op", "rule_condition_linking", "name", "description"]);
const HEAD = new Set(["name", "priority", "transformations", "allowed_backends", "vars"]);

/**
 * The renames of a pySigma processing pipeline (YAML or JSON): its `field_name_mapping` transformations, each for the
 * logsource that its rule conditions name. Whatever else the pipeline does is refused by name.
 */
export function readPipeline(text: string): ReadPipeline {
  const refused: PipelineRefusal[] = [];
  const yaml = readRuleYaml(text);
  const [document] = "documents" in yaml ? yaml.documents : [];
  if (!("documents" in yaml)) return { renames: [], refused: [{ at: yaml.line === null ? "the file" : `line ${yaml.line}`, message: yaml.message, remedy: "Correct the file." }] };
  if (!isJsonObject(document) || !Array.isArray(document["transformations"])) return { renames: [], refused: [{ at: "the file", message: "It has no transformations.", remedy: "Give a processing pipeline with field_name_mapping transformations." }] };
  for (const key of Object.keys(document)) if (!HEAD.has(key)) refused.push({ at: key, message: `"${key}" is not carried over.`, remedy: "Only renames of fields are." });
  const byScope = new Map<string, FieldRenames>();
  for (const [i, transformation] of document["transformations"].entries()) {
    const at = `transformations[${i}]`;
    const refuse = (message: string, remedy: string): void => void refused.push({ at, message, remedy });
    if (!isJsonObject(transformation)) {
      refuse("It is no map.", "Correct it.");
      continue;
    }
    if (transformation["type"] !== "field_name_mapping") {
      refuse(`The transformation "${String(transformation["type"] ?? "without a type")}" is not carried over.`, "Only field_name_mapping is.");
      continue;
    }
    const stranger = Object.keys(transformation).find((key) => !CARRIES_OVER.has(key));
    if (stranger !== undefined) {
      refuse(`"${stranger}" limits it in a way that is not carried over.`, "Keep to rule_conditions of the type logsource.");
      continue;
    }
    const fields = readMapping(transformation["mapping"]);
    if (typeof fields === "string") {
      refuse(fields, "Write Sigma's name: name of the field, or a list of names.");
      continue;
    }
    for (const scope of readScopes(transformation, refuse)) {
      const key = scopeKey(scope);
      byScope.set(key, { scope, fields: { ...byScope.get(key)?.fields, ...fields } });
    }
  }
  return { renames: [...byScope.values()], refused };
}

function readMapping(value: unknown): MappingDoc | string {
  if (!isJsonObject(value)) return "It has no mapping.";
  const entries = Object.entries(value);
  if (entries.length === 0) return "Its mapping is empty.";
  if (entries.length > MOST_FIELDS) return `It renames more than ${MOST_FIELDS} fields.`;
  const fields: [string, string[]][] = [];
  for (const [name, to] of entries) {
    const names = Array.isArray(to) ? to : [to];
    const texts = names.flatMap((one) => (typeof one === "string" && one.trim() !== "" ? [one.trim()] : []));
    if (texts.length !== names.length || texts.length === 0) return `The field "${name}" is mapped to something that is no name.`;
    if ([name, ...texts].some((one) => one.includes("|"))) return `The field "${name}" or what it is mapped to holds a |.`;
    fields.push([name, texts]);
  }
  return Object.fromEntries(fields);
}

/** Conditions of one list are alternatives where it says `or`; several with `and` (the default) can only be one logsource. */
function readScopes(transformation: Readonly<Record<string, unknown>>, refuse: (message: string, remedy: string) => void): FieldRenames["scope"][] {
  const given = transformation["rule_conditions"];
  if (given === undefined) return [{ product: null, category: null, service: null }];
  const conditions = Array.isArray(given) ? given : isJsonObject(given) ? Object.values(given) : [];
  const scopes: FieldRenames["scope"][] = [];
  for (const condition of conditions) {
    const strange = isJsonObject(condition) ? Object.keys(condition).find((key) => !["type", "product", "category", "service"].includes(key)) : "condition";
    if (!isJsonObject(condition) || condition["type"] !== "logsource" || strange !== undefined) {
      refuse(`A rule condition ${isJsonObject(condition) ? `of the type "${String(condition["type"])}"` : "that is no map"} is not carried over.`, "Keep to conditions of the type logsource.");
      return [];
    }
    const word = (name: string): string | null => (typeof condition[name] === "string" && condition[name].trim() !== "" ? condition[name].trim().toLowerCase() : null);
    scopes.push({ product: word("product"), category: word("category"), service: word("service") });
  }
  if (scopes.length === 0) refuse("Its rule conditions are empty.", "Leave them out to mean every rule.");
  if (scopes.length > 1 && transformation["rule_cond_op"] !== "or") {
    refuse("Several logsource conditions must all hold, which no rule can.", "Write rule_cond_op: or, or one condition.");
    return [];
  }
  return scopes;
}
