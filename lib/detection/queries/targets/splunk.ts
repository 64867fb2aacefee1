import { correlateSplunk } from "../correlations/correlate-splunk";
import type { BoundSource } from "../bind-source";
import { printPredicate } from "../print-predicate";
import { QueryRefusal, type Predicate } from "../query-types";
import { canSearch, searchDialect } from "./splunk-search";
import { splName, whereDialect } from "./splunk-where";
import type { QueryTarget } from "./target";

/**
 * Splunk's SPL. What `search` can say without a doubt stands there, where Splunk's index helps; the rest stands in `where`.
 * Both are exact, and parts of an "and" may stand in either.
 */
export const splunk: QueryTarget = {
  id: "splunk",
  label: "Splunk (SPL)",
  extension: "spl",
  about: ["Splunk's extraction of JSON writes null as the text \"null\", and a path through a list with {}; name such fields by the option fields."],
  dialect: () => whereDialect(false),
  name: splName,
  fallback: null,
  correlate: correlateSplunk,
  longest: null,
  render: (predicate, source) => splQuery(predicate, source),
};

export function splQuery(predicate: Predicate, source: BoundSource): string {
  const where = whereDialect(source.escaped);
  const parts = predicate.kind === "and" ? predicate.parts : [predicate];
  const searched = parts.filter((part) => canSearch(part, source));
  const left = parts.filter((part) => !searched.includes(part));
  const condition = source.condition;
  if (condition !== null && !canSearch(condition, source)) throw new QueryRefusal("The condition of the logsource cannot be searched for.");
  return [
    [source.from, ...(condition === null ? [] : [printPredicate(condition, searchDialect, source)]), ...searched.map((part) => printPredicate(part, searchDialect, source))].join("\n "),
    ...(left.length === 0 ? [] : [`| where ${left.map((part) => printPredicate(part, where, source)).join("\n AND ")}`]),
  ].join("\n");
}
