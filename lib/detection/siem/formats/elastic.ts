import { z } from "zod";
import { readWhen } from "../read-when";
import { rulesFile, type RuleOrRefusal, type SiemFile } from "../siem-types";

const technique = z.object({ id: z.string(), subtechnique: z.array(z.object({ id: z.string() })).nullish() });
const rule = z.object({
  id: z.string().nullish(),
  rule_id: z.string(),
  name: z.string(),
  enabled: z.boolean().nullish(),
  interval: z.string().nullish(),
  description: z.string().nullish(),
  query: z.string().nullish(),
  note: z.string().nullish(),
  references: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  meta: z.record(z.string(), z.unknown()).nullish(),
  threat: z.array(z.object({ technique: z.array(technique).nullish() })).nullish(),
  execution_summary: z.object({ last_execution: z.object({ date: z.string() }).nullish() }).nullish(),
});
// What an export holds besides rules: its summary, exception lists and their items, connectors.
const besides = z.union([z.object({ exported_count: z.number() }), z.object({ exported_rules_count: z.number() }), z.object({ list_id: z.string() }), z.object({ type: z.literal("action") }), z.object({ connector_type_id: z.string() }), z.object({ attributes: z.unknown(), type: z.string() })]);

export interface JsonLine {
  readonly line: number;
  readonly value: unknown; // undefined: the line is no JSON
}

/** Detection rules as Elastic Security exports them, one JSON document per line. Null when no line is one. */
export function readElastic(lines: readonly JsonLine[]): SiemFile | null {
  if (!lines.some(({ value }) => rule.safeParse(value).success)) return null;
  const read = lines.flatMap(({ line, value }): RuleOrRefusal[] => {
    const found = rule.safeParse(value);
    if (found.success) return [{ rule: readRule(found.data, line) }];
    if (value !== undefined && besides.safeParse(value).success) return [];
    return [{ refused: { line, name: "", field: found.error.issues[0]?.path.join(".") ?? "", message: value === undefined ? "The line is not JSON." : "The line is no rule: it needs rule_id and name.", remedy: "Export the rules again." } }];
  });
  return rulesFile("Elastic Security, rules (NDJSON)", read);
}

function readRule(one: z.infer<typeof rule>, line: number) {
  const techniques = (one.threat ?? []).flatMap(({ technique: all }) => (all ?? []).flatMap(({ id, subtechnique }) => [id, ...(subtechnique ?? []).map((sub) => sub.id)]));
  return {
    line,
    externalId: one.rule_id,
    name: one.name.trim(),
    enabled: one.enabled ?? null,
    schedule: one.interval ? `every ${one.interval}` : "",
    lastRun: readWhen(one.execution_summary?.last_execution?.date ?? "")?.ms ?? null,
    lastAlert: null,
    query: one.query ?? "",
    tags: [...new Set([...techniques, ...(one.tags ?? [])])],
    about: [one.rule_id, one.id ?? "", one.description ?? "", one.note ?? "", ...(one.references ?? []), ...(one.tags ?? []), JSON.stringify(one.meta ?? {})].join("\n"),
  };
}
