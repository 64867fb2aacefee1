import { printPredicate } from "../print-predicate";
import type { Column, Dialect } from "../query-types";
import { sqlLiteral, sqlName } from "../targets/sql-dialect";
import { NOTHING } from "../text-shape";
import type { Branch, CorrelationPlan } from "./plan-correlation";

/**
 * A window that slides, as a join of each record with those up to a timespan before it: exact, the edge included. One row per
 * moment (and group) at which the threshold holds.
 */
export function correlateSql({ counts, branches, least, spanSeconds }: CorrelationPlan, dialect: Dialect, textType: string): string {
  const keys = (branches[0]?.keys ?? []).map((_, i) => `key_${i + 1}`);
  const values = (branches[0]?.values ?? []).map((_, i) => `value_${i + 1}`);
  const folded = ({ ref, type }: Column): string => (type === "text" ? `lower(${ref})` : `lower(CAST(${ref} AS ${textType}))`);
  const select = ({ source, condition, stage, keys: own, values: counted }: Branch): string =>
    [
      `  SELECT ${[`${stage} AS stage`, `${sqlName(source.time)} AS at`, ...own.map((column, i) => `${folded(column)} AS key_${i + 1}`), ...counted.map((column, i) => `${folded(column)} AS value_${i + 1}`)].join(", ")}`,
      `  FROM ${source.from}`,
      `  WHERE ${[printPredicate(condition, dialect, source), ...[...own, ...counted].map((column) => `trim(${folded(column)}) NOT IN (${NOTHING.map(sqlLiteral).join(", ")})`)].join("\n    AND ")}`,
    ].join("\n");
  const qualified = (table: string): string[] => ["at", ...keys].map((name) => `${table}.${name}`);
  const counted = values.map((name) => `earlier.${name}`);
  const found = counts === "records" ? "count(*)" : counts === "stages" ? "count(DISTINCT earlier.stage)" : `count(DISTINCT ${counted.length === 1 ? counted[0] : `(${counted.join(", ")})`})`;
  return [
    `WITH matched AS (\n${branches.map(select).join("\n  UNION ALL\n")}\n)`,
    `SELECT ${qualified("later").join(", ")}, ${found} AS found`,
    `FROM (SELECT DISTINCT ${["at", ...keys].join(", ")} FROM matched) AS later`,
    `JOIN matched AS earlier ON earlier.at <= later.at AND earlier.at >= later.at - INTERVAL '${spanSeconds}' SECOND${keys.map((key) => ` AND earlier.${key} = later.${key}`).join("")}`,
    `GROUP BY ${qualified("later").join(", ")}`,
    `HAVING ${found} >= ${least}`,
    "ORDER BY later.at",
  ].join("\n");
}
