import type { Matcher } from "../../sigma/rule-types";
import type { TextPattern } from "../../sigma/text-pattern";
import type { BoundSource } from "../bind-source";
import { printLines } from "../print-predicate";
import { QueryRefusal, type Column, type Dialect, type Predicate } from "../query-types";
import { parseRegex } from "../regex/parse-regex";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { printWhole } from "../regex/print-regex";
import { LUCENE } from "../regex/regex-dialects";
import type { RegexNode } from "../regex/regex-node";
import { checkText, NOTHING, shapeOf } from "../text-shape";
import type { QueryTarget } from "./target";

const ORDER = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "==" } as const;

/** ES|QL. A test may come out null where a field is absent; COALESCE at every NOT makes the logic two-valued. */
const dialect: Dialect = {
  and: " AND ",
  or: " OR ",
  not: (part) => `NOT COALESCE(${part}, false)`,
  tests: (column, matchers, columnOf) => {
    const whole = matchers.flatMap((matcher) => {
      const shape = matcher.kind === "text" && !matcher.cased ? shapeOf(matcher.pattern) : null;
      return shape?.kind === "whole" ? [{ matcher, literal: esqlLiteral(shape.text.toLowerCase()) }] : [];
    });
    const codes = column.type === "code" ? matchers.flatMap((matcher) => (matcher.kind === "number" ? [`"${decimalOf(matcher.value)}"`] : [])) : [];
    if (codes.length > 1 && codes.length === matchers.length) return [`${column.ref} IN (${codes.join(", ")})`];
    if (whole.length < 2) return matchers.map((matcher) => test(column, matcher, columnOf));
    const listed = new Set<Matcher>(whole.map(({ matcher }) => matcher));
    return [`TO_LOWER(${text(column)}) IN (${whole.map(({ literal }) => literal).join(", ")})`, ...matchers.filter((matcher) => !listed.has(matcher)).map((matcher) => test(column, matcher, columnOf))];
  },
  keyword: (column, matcher) => test(column, matcher, () => column),
};

function text({ ref, type }: Column): string {
  return type === "text" || type === "code" || type === "analysed" ? ref : `TO_STRING(${ref})`;
}

function byRegex(column: Column, node: RegexNode): string {
  return `${text(column)} RLIKE ${esqlLiteral(printWhole(node, LUCENE))}`;
}

function ofText(column: Column, pattern: TextPattern, cased: boolean): string {
  const shape = shapeOf(pattern);
  if (shape.kind === "anything") return `${column.ref} IS NOT NULL`;
  if (pattern.some(({ kind }) => kind === "dash")) return byRegex(column, patternRegex(pattern, cased));
  const value = cased ? text(column) : `TO_LOWER(${text(column)})`;
  const folded = (part: string): string => (cased ? part : part.toLowerCase());
  if (shape.kind === "whole") return `${value} == ${esqlLiteral(folded(shape.text))}`;
  const like = pattern.map((token) => (token.kind === "any" ? "*" : token.kind === "one" ? "?" : token.kind === "text" ? folded(token.text).replace(/[\\*?]/g, "\\$&") : ""));
  return `${value} LIKE ${esqlLiteral(like.join(""))}`;
}

function test(column: Column, matcher: Matcher, columnOf: (field: string) => Column): string {
  const { ref, type, field } = column;
  switch (matcher.kind) {
    case "text":
      return ofText(column, matcher.pattern, matcher.cased);
    case "regex":
      return byRegex(column, parseRegex(matcher.source, matcher.flags));
    case "number":
      if (type === "code") return `${ref} == "${decimalOf(matcher.value)}"`;
      return type === "number" ? `${ref} == ${decimalOf(matcher.value)}` : byRegex(column, numberRegex(matcher.value));
    case "boolean":
      return type === "boolean" ? `${ref} == ${matcher.value}` : `TO_LOWER(${text(column)}) == "${matcher.value}"`;
    case "null":
      return `${ref} IS NULL`;
    case "exists":
      return `${ref} IS ${matcher.wanted ? "NOT " : ""}NULL`;
    case "compare":
      if (type === "number") return `${ref} ${ORDER[matcher.op]} ${decimalOf(matcher.value)}`;
      return `(${text(column)} RLIKE ${esqlLiteral("[ \\t]*[+\\-]?[0-9]+(\\.[0-9]+)?[ \\t]*".replaceAll("\\t", "\t"))} AND TO_DOUBLE(TRIM(${text(column)})) ${ORDER[matcher.op]} ${decimalOf(matcher.value)})`;
    case "cidr":
      if (type !== "ip") throw new QueryRefusal(`ES|QL knows ranges of addresses in fields of type ip only, and ${field} is not known to be one.`);
      return `CIDR_MATCH(${ref}, ${esqlLiteral(matcher.range)})`;
    case "fieldref": {
      const [left, right] = [column, columnOf(matcher.field)].map((one) => (matcher.cased ? text(one) : `TO_LOWER(${text(one)})`));
      const filled = (one: string | undefined): string => `TO_LOWER(TRIM(${one})) NOT IN (${NOTHING.map(esqlLiteral).join(", ")})`;
      const compared = { whole: `${left} == ${right}`, start: `STARTS_WITH(${left}, ${right})`, end: `ENDS_WITH(${left}, ${right})`, inside: `LOCATE(${left}, ${right}) > 0` }[matcher.part];
      return `(${filled(left)} AND ${filled(right)} AND ${compared})`;
    }
    case "time":
      throw new QueryRefusal(`ES|QL's dates do not keep what was written, which the rule asks for (${field}|${matcher.part}).`);
  }
}

/** "..." with \ before " and \; line ends and tabs have names, other control characters stand as they are. */
export function esqlLiteral(value: string): string {
  return `"${checkText(value).replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}

/** Parts of a name between dots, each in backticks where it is not one word. */
function esqlName(name: string): string {
  return name.split(".").map((part) => (/^[A-Za-z_@][\w@]*$/.test(part) ? part : `\`${part.replaceAll("`", "``")}\``)).join(".");
}

export const esql: QueryTarget = {
  id: "esql",
  label: "Elastic (ES|QL)",
  extension: "esql",
  about: ["A field with several values in one record compares as absent in ES|QL; Elastic does not index null, so that a field with null is absent, nor a keyword longer than its ignore_above.", "Without LIMIT, ES|QL returns 1,000 rows."],
  dialect: () => dialect,
  name: esqlName,
  fallback: null,
  correlate: null,
  longest: 1_000_000,
  render: (predicate: Predicate, source: BoundSource) =>
    [`FROM ${source.from} METADATA _id, _index, _version`, ...(source.condition === null ? [] : [`| WHERE ${printLines(source.condition, dialect, source)}`]), `| WHERE ${printLines(predicate, dialect, source)}`].join("\n"),
};
