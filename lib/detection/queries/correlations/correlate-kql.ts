import { printPredicate } from "../print-predicate";
import type { Column } from "../query-types";
import { kqlDialect, kqlLiteral, kqlName } from "../targets/kql-dialect";
import { NOTHING } from "../text-shape";
import type { Branch, CorrelationPlan } from "./plan-correlation";

/**
 * A window that slides, as a join of each record with those up to a timespan before it. kind=inner, since Kusto's default
 * join drops records of equal keys; count_distinct, since dcount estimates.
 */
export function correlateKql({ counts, branches, least, spanSeconds }: CorrelationPlan): string {
  const keys = (branches[0]?.keys ?? []).map((_, i) => `key_${i + 1}`);
  const values = (branches[0]?.values ?? []).map((_, i) => `value_${i + 1}`);
  const folded = ({ ref, type }: Column): string => `tolower(${type === "text" ? ref : `tostring(${ref})`})`;
  const select = ({ source, condition, stage, keys: own, values: counted }: Branch): string =>
    [
      source.from,
      ...(source.prepare === null ? [] : [source.prepare]),
      `| where ${printPredicate(condition, kqlDialect, source)}`,
      `| project ${[`stage = ${stage}`, `at = ${kqlName(source.time)}`, "everything = 1", ...own.map((column, i) => `key_${i + 1} = ${folded(column)}`), ...counted.map((column, i) => `value_${i + 1} = ${folded(column)}`)].join(", ")}`,
      ...[...keys, ...values].map((name) => `| where trim(@"\\s+", ${name}) !in (${NOTHING.map(kqlLiteral).join(", ")})`),
    ].join("\n");
  const selects = branches.map(select);
  const on = keys.length === 0 ? ["everything"] : keys;
  const found = counts === "records" ? "count()" : counts === "stages" ? "count_distinct(stage)" : `count_distinct(${values.length === 1 ? values[0] : `tostring(pack_array(${values.join(", ")}))`})`;
  return [
    `let matched = ${selects.length === 1 ? `(\n${selects[0]}\n)` : `union\n${selects.map((one) => `(\n${one}\n)`).join(",\n")}`};`,
    "matched",
    `| distinct ${["at", ...on].join(", ")}`,
    `| join kind=inner (matched | project-rename earlier = at) on ${on.join(", ")}`,
    `| where earlier between ((at - ${spanSeconds}s) .. at)`,
    `| summarize found = ${found} by ${["at", ...on].join(", ")}`,
    `| where found >= ${least}`,
    "| sort by at asc",
  ].join("\n");
}
