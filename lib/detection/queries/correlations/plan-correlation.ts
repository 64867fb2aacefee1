import { DERIVED_FIELDS } from "../../correlate/take-match";
import type { LinkedCorrelation, RuleSet } from "../../sigma/link-rules";
import { bindSource, type BoundSource } from "../bind-source";
import { combine, flattenRule } from "../flatten-rule";
import { QueryRefusal, type Column, type Predicate, type RenderOptions } from "../query-types";
import type { QueryTarget } from "../targets/target";

/** Records of one table that a correlation looks at. */
export interface Branch {
  readonly source: BoundSource;
  readonly condition: Predicate; // of the logsource and the rule
  readonly stage: number; // 1-based, by the order of the correlation's rules
  readonly keys: readonly Column[]; // group-by
  readonly values: readonly Column[]; // whose distinct values are counted
}

/** A correlation as what every platform that can say it says: at some record, at least so many within the span before it, the edge included. */
export interface CorrelationPlan {
  readonly counts: "records" | "values" | "stages";
  readonly branches: readonly Branch[];
  readonly stages: number;
  readonly least: number;
  readonly spanSeconds: number;
}

/**
 * What a correlation asks for, with its rules bound to tables.
 *
 * @throws QueryRefusal naming what no query says exactly: orders, sums, chains of correlations, process lineage, upper thresholds
 */
export function planCorrelation(correlation: LinkedCorrelation, set: Pick<RuleSet, "rules">, target: QueryTarget, options: RenderOptions): CorrelationPlan {
  const { type, thresholds, references, aliases, groupBy, fields } = correlation;
  if (type === "temporal_ordered") throw new QueryRefusal(`The correlation asks for an order of its rules (temporal_ordered), which queries of ${target.label} are not made for here.`);
  if (type === "value_sum" || type === "value_avg" || type === "value_percentile") throw new QueryRefusal(`The correlation asks for ${type} in a sliding window, which queries of ${target.label} are not made for here.`);
  const derived = [...groupBy, ...fields, ...[...aliases.values()].flatMap((map) => [...map.values()])].find((field) => DERIVED_FIELDS.has(field));
  if (derived !== undefined) throw new QueryRefusal(`The correlation joins by ${derived}, which is derived from who started whom in all records; no query can follow that.`);
  const upper = thresholds.find(({ op }) => op !== "gt" && op !== "gte");
  if (upper !== undefined) throw new QueryRefusal(`The correlation's threshold ${upper.op} speaks of a window as it is after each single record, which a query over a whole window does not see.`);

  const bound = references.map((reference, i): Branch => {
    const rule = reference.kind === "rule" ? set.rules[reference.index] : undefined;
    if (rule === undefined) throw new QueryRefusal(`The correlation refers to "${reference.as}", which is a correlation itself; ${target.label} has no query for chains.`);
    const named = (field: string): string => aliases.get(field)?.get(reference.as) ?? field;
    const [keys, values] = [groupBy.map(named), fields.map(named)];
    const source = bindSource(target.id, target, rule.logsource, [...new Set([...rule.fields, ...keys, ...values])], options);
    if (source.time === "") throw new QueryRefusal("A correlation needs the column of the event's time; name it by the option time.");
    const columns = (fields: readonly string[]): Column[] => fields.map((field) => source.column(field, false));
    return { source, condition: combine("and", [...(source.condition === null ? [] : [source.condition]), flattenRule(rule)]), stage: i + 1, keys: columns(keys), values: columns(values) };
  });
  const counts = type === "event_count" ? "records" : type === "value_count" ? "values" : "stages";
  const least = thresholds.length === 0 ? references.length : Math.max(...thresholds.map(({ op, value }) => (op === "gte" ? Math.ceil(value) : Math.floor(value) + 1)));
  if (least < 1) throw new QueryRefusal("The correlation's threshold holds for nothing at all, too, which no query can find.");
  return { counts, branches: counts === "records" ? oncePerRecord(bound) : bound, stages: references.length, least, spanSeconds: correlation.timespanMs / 1000 };
}

/** A record counts once, however many of the rules it matches: rules over one table become one. */
function oncePerRecord(branches: readonly Branch[]): Branch[] {
  const byTable = new Map<string, Branch>();
  for (const branch of branches) {
    const table = JSON.stringify([branch.source.from, branch.source.prepare]);
    const known = byTable.get(table);
    if (known === undefined) byTable.set(table, branch);
    else {
      const same = known.keys.every(({ ref }, i) => ref === branch.keys[i]?.ref);
      if (!same) throw new QueryRefusal("Two rules of the correlation ask one table and group by different columns, so that a record could be counted twice.");
      byTable.set(table, { ...known, condition: combine("or", [known.condition, branch.condition]) });
    }
  }
  return [...byTable.values()];
}
