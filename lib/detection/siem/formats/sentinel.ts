import { z } from "zod";
import { techniquesIn } from "../flags";
import { rulesFile, type RuleOrRefusal, type SiemFile } from "../siem-types";

const rule = z.object({
  type: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  kind: z.string().optional(),
  properties: z.object({
    displayName: z.string().nullish(),
    description: z.string().nullish(),
    enabled: z.boolean().nullish(),
    query: z.string().nullish(),
    queryFrequency: z.string().nullish(),
    alertRuleTemplateName: z.string().nullish(),
    tactics: z.array(z.string()).nullish(),
    techniques: z.array(z.string()).nullish(),
    subTechniques: z.array(z.string()).nullish(),
    customDetails: z.record(z.string(), z.unknown()).nullish(),
  }),
});
const shapes = z.union([z.object({ resources: z.array(z.unknown()) }).transform(({ resources }) => resources), z.object({ value: z.array(z.unknown()) }).transform(({ value }) => value), z.array(z.unknown())]);
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Analytics rules as Sentinel exports them (ARM template), as its REST API lists them, or an array of either. Null when it is something else. */
export function readSentinel(value: unknown): SiemFile | null {
  const read = shapes.safeParse(value);
  if (!read.success) return null;
  const resources = read.data.map((one) => rule.safeParse(one));
  const isRule = ({ type = "", id = "" }: z.infer<typeof rule>): boolean => /alertRules$/i.test(type) || /\/alertRules\//i.test(id);
  if (!resources.some((one) => one.success && isRule(one.data))) return null;
  const others = resources.filter((one) => one.success && !isRule(one.data)).length;
  const rules = resources.flatMap((one, i): RuleOrRefusal[] => {
    if (!one.success) return [{ refused: { line: i + 1, name: "", field: "properties", message: "This resource is no rule with properties.", remedy: "Export analytics rules again." } }];
    return isRule(one.data) ? [readRule(one.data, i + 1)] : [];
  });
  return rulesFile("Microsoft Sentinel, analytics rules; lines count resources", rules, others > 0 ? [`${others} resources of other kinds were passed over.`] : []);
}

function readRule({ id = "", name = "", kind = "", properties }: z.infer<typeof rule>, line: number): RuleOrRefusal {
  const title = (properties.displayName ?? "").trim();
  if (title === "") return { refused: { line, name, field: "displayName", message: `A rule of kind ${kind || "unknown"} without a name.`, remedy: "Only rules with a display name are listed." } };
  const { description, query, queryFrequency, alertRuleTemplateName, tactics, techniques, subTechniques, customDetails } = properties;
  return {
    rule: {
      line,
      // A template writes its names as functions around the rule's own id.
      externalId: (name.match(GUID) ?? id.match(GUID))?.at(-1)?.toLowerCase() ?? (name || title),
      name: title,
      enabled: properties.enabled ?? null,
      schedule: kind.toUpperCase() === "NRT" ? "near real time" : (queryFrequency ?? ""),
      lastRun: null,
      lastAlert: null,
      query: query ?? "",
      tags: [...new Set([...techniquesIn([...(techniques ?? []), ...(subTechniques ?? [])].join(" ")), ...(tactics ?? [])])],
      about: [description ?? "", alertRuleTemplateName ?? "", JSON.stringify(customDetails ?? {})].join("\n"),
    },
  };
}
