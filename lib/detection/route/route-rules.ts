import type { ParsedRecord } from "@/lib/events/types";
import type { RecordView } from "../evaluate/rule-view";
import type { RuleEngine, RuleGroup } from "../index/rule-engine";
import type { SigmaLogsource, SigmaRule } from "../sigma/rule-types";
import { accepts, facetsOf, isServed } from "./facets-of";
import { sourceOf } from "./source-of";

/** Which rules a record is shown to. */
export interface Router {
  groupOf(record: Pick<ParsedRecord, "kind" | "fields" | "native">, view: RecordView): RuleGroup;
  /** Positions of rules whose logsource no known kind of record serves: they are never asked. */
  readonly unrouted: readonly number[];
}

const MOST_SOURCES = 20_000; // kinds come from people's files: the memory stays bounded

/** Rules by logsource: some 130 of them in the public rules. */
function bySource(rules: readonly Pick<SigmaRule, "logsource">[]): { readonly id: number; readonly logsource: SigmaLogsource; readonly rules: number[] }[] {
  const found = new Map<string, { id: number; logsource: SigmaLogsource; rules: number[] }>();
  for (const [i, { logsource }] of rules.entries()) {
    const key = JSON.stringify([logsource.product, logsource.category, logsource.service]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { id: found.size, logsource, rules: [i] });
    else known.rules.push(i);
  }
  return [...found.values()];
}

/** Routes by Sigma's logsource, or shows every rule to every record. Groups are made once per source. */
export function routeRules(rules: readonly Pick<SigmaRule, "logsource">[], engine: RuleEngine, ignoreLogsource = false): Router {
  if (ignoreLogsource) {
    const all = engine.group(rules.map((_, i) => i));
    return { groupOf: () => all, unrouted: [] };
  }
  const sources = bySource(rules);
  const groups = new Map<string, RuleGroup>();
  const byRules = new Map<string, RuleGroup>();
  return {
    unrouted: rules.flatMap(({ logsource }, i) => (isServed(logsource) ? [] : [i])),
    groupOf: (record, view) => {
      const source = sourceOf(record, view);
      const name = `${source.family}:${source.key}|${source.channel ?? ""}|${source.platform ?? ""}`;
      const known = groups.get(name);
      if (known !== undefined) return known;
      const facets = facetsOf(source);
      const accepted = sources.filter(({ logsource }) => accepts(logsource, facets));
      // Many kinds are shown the same rules: every API of a cloud, every unknown event of a log.
      const key = accepted.map(({ id }) => id).join();
      const group = byRules.get(key) ?? engine.group(accepted.flatMap((one) => one.rules).sort((a, b) => a - b));
      byRules.set(key, group);
      if (groups.size >= MOST_SOURCES) groups.clear();
      groups.set(name, group);
      return group;
    },
  };
}
