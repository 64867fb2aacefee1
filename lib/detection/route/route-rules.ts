import type { ParsedRecord } from "@/lib/events/types";
import type { RecordView } from "../evaluate/rule-view";
import type { RuleEngine, RuleGroup } from "../index/rule-engine";
import type { SigmaRule } from "../sigma/rule-types";
import { accepts, facetsOf, isServed } from "./facets-of";
import { sourceOf } from "./source-of";

/** Which rules a record is shown to. */
export interface Router {
  groupOf(record: Pick<ParsedRecord, "kind" | "fields" | "native">, view: RecordView): RuleGroup;
  /** Positions of rules whose logsource no known kind of record serves: they are never asked. */
  readonly unrouted: readonly number[];
}

const MOST_SOURCES = 20_000; // kinds come from people's files: the memory stays bounded

/** Routes by Sigma's logsource, or shows every rule to every record. Groups are made once per source. */
export function routeRules(rules: readonly Pick<SigmaRule, "logsource">[], engine: RuleEngine, ignoreLogsource = false): Router {
  if (ignoreLogsource) {
    const all = engine.group(rules.map((_, i) => i));
    return { groupOf: () => all, unrouted: [] };
  }
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
      const chosen = rules.flatMap(({ logsource }, i) => (accepts(logsource, facets) ? [i] : []));
      // Many kinds are shown the same rules: every API of a cloud, every unknown event of a log.
      const key = chosen.join();
      const group = byRules.get(key) ?? engine.group(chosen);
      byRules.set(key, group);
      if (groups.size >= MOST_SOURCES) groups.clear();
      groups.set(name, group);
      return group;
    },
  };
}
