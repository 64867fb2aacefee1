import { isJsonObject } from "@/lib/events/frame/plain-value";
import { readRuleYaml } from "../sigma/read-rule-yaml";

/** What a Sigma file looks for in other files: ids and names that its correlations and filters refer to. */
export function referencesOf(text: string): string[] {
  const yaml = readRuleYaml(text);
  if (!("documents" in yaml)) return [];
  const found = new Set<string>();
  for (const document of yaml.documents) {
    if (!isJsonObject(document)) continue;
    for (const part of [document["correlation"], document["filter"]]) {
      const rules = isJsonObject(part) ? part["rules"] : undefined;
      if (Array.isArray(rules)) for (const one of rules) if (typeof one === "string") found.add(one);
      if (typeof rules === "string" && rules !== "any") found.add(rules);
    }
  }
  return [...found];
}
