import type { Matcher } from "../../sigma/rule-types";
import type { TextPattern } from "../../sigma/text-pattern";
import type { BoundSource } from "../bind-source";
import { printLines, printPredicate } from "../print-predicate";
import { QueryRefusal, type Column, type Dialect, type Predicate } from "../query-types";
import { parseRegex } from "../regex/parse-regex";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { printRegex } from "../regex/print-regex";
import { KUSTO } from "../regex/regex-dialects";
import type { RegexNode } from "../regex/regex-node";
import { checkText, isAscii, NOTHING, shapeOf } from "../text-shape";

const ORDER = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "==" } as const;
const OPERATORS = { whole: ["=~", "=="], start: ["startswith", "startswith_cs"], end: ["endswith", "endswith_cs"], inside: ["contains", "contains_cs"] } as const;
const DATE_PARTS = { year: "^[ ]*([0-9]{4})-[0-9]{2}-[0-9]{2}", month: "^[ ]*[0-9]{4}-([0-9]{2})-[0-9]{2}", day: "^[ ]*[0-9]{4}-[0-9]{2}-([0-9]{2})", hour: "^[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}):[0-9]{2}", minute: "^[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:([0-9]{2})" } as const;

export const KQL_ABOUT = "Texts of Kusto are never null: a field that is absent and one that is empty are the same.";

/**
 * Kusto's operators. Texts are never null, so only numbers and conversions need coalesce for two-valued logic. =~, in~ and
 * contains ignore case in ASCII alone: a text beyond it becomes an expression.
 */
export const kqlDialect: Dialect = {
  and: " and ",
  or: " or ",
  not: (part) => `not(${part})`,
  tests: (column, matchers, columnOf) => {
    const whole = matchers.flatMap((matcher) => {
      const shape = matcher.kind === "text" && !matcher.cased ? shapeOf(matcher.pattern) : null;
      return matcher.kind === "text" && shape?.kind === "whole" && shape.text !== "" && isAscii(shape.text) ? [{ matcher, literal: kqlLiteral(shape.text) }] : [];
    });
    const numbers = column.type === "number" ? matchers.flatMap((matcher) => (matcher.kind === "number" ? [decimalOf(matcher.value)] : [])) : [];
    if (numbers.length > 1 && numbers.length === matchers.length) return [`${column.ref} in (${numbers.join(", ")})`];
    if (whole.length < 2) return matchers.map((matcher) => test(column, matcher, columnOf));
    const listed = new Set<Matcher>(whole.map(({ matcher }) => matcher));
    return [`${text(column)} in~ (${whole.map(({ literal }) => literal).join(", ")})`, ...matchers.filter((matcher) => !listed.has(matcher)).map((matcher) => test(column, matcher, columnOf))];
  },
  keyword: (column, matcher) => test(column, matcher, () => column),
};

function text({ ref, type }: Column): string {
  return type === "text" ? ref : `tostring(${ref})`;
}

function byRegex(column: Column, node: RegexNode): string {
  return `${text(column)} matches regex ${kqlLiteral(printRegex(node, KUSTO))}`;
}

function ofText(column: Column, pattern: TextPattern, cased: boolean): string {
  const shape = shapeOf(pattern);
  if (shape.kind === "anything") return presence(column, true);
  if (shape.kind === "whole" && shape.text === "") return `isempty(${text(column)})`;
  if (shape.kind === "other" || (!cased && !isAscii(shape.text))) return byRegex(column, patternRegex(pattern, cased));
  return `${text(column)} ${OPERATORS[shape.kind][cased ? 1 : 0]} ${kqlLiteral(shape.text)}`;
}

function presence({ ref, type }: Column, wanted: boolean): string {
  return type === "text" ? `${wanted ? "isnotempty" : "isempty"}(${ref})` : `${wanted ? "isnotnull" : "isnull"}(${ref})`;
}

function test(column: Column, matcher: Matcher, columnOf: (field: string) => Column): string {
  switch (matcher.kind) {
    case "text":
      return ofText(column, matcher.pattern, matcher.cased);
    case "regex":
      return byRegex(column, parseRegex(matcher.source, matcher.flags));
    case "number":
      return column.type === "number" ? `${column.ref} == ${decimalOf(matcher.value)}` : byRegex(column, numberRegex(matcher.value));
    case "boolean":
      return column.type === "boolean" ? `coalesce(${column.ref} == ${matcher.value}, false)` : `${text(column)} =~ "${matcher.value}"`;
    case "null":
      return presence(column, false);
    case "exists":
      return presence(column, matcher.wanted);
    case "compare": {
      const compared = `${ORDER[matcher.op]} ${decimalOf(matcher.value)}`;
      if (column.type === "number") return `coalesce(${column.ref} ${compared}, false)`;
      return `(${text(column)} matches regex @"^[ \\t]*[+-]?[0-9]+([.][0-9]+)?[ \\t]*$" and coalesce(todouble(trim(@"\\s+", ${text(column)})) ${compared}, false))`;
    }
    case "cidr":
      return inRange(text(column), matcher.range);
    case "fieldref": {
      const [left, right] = [column, columnOf(matcher.field)].map((one) => (matcher.cased ? text(one) : `tolower(${text(one)})`));
      const filled = (one: string | undefined): string => `tolower(trim(@"\\s+", ${one})) !in (${NOTHING.map(kqlLiteral).join(", ")})`;
      return `(${filled(left)} and ${filled(right)} and ${left} ${OPERATORS[matcher.part][1]} ${right})`;
    }
    case "time":
      if (matcher.part === "week") throw new QueryRefusal("KQL reads parts of a date out of the text as written, and a week does not stand in it.");
      if (column.type !== "text") throw new QueryRefusal(`KQL reads ${matcher.part}s out of texts, and ${column.field} is none.`);
      return `coalesce(toint(extract(${kqlLiteral(DATE_PARTS[matcher.part])}, 1, ${column.ref})) ${ORDER[matcher.op]} ${decimalOf(matcher.value)}, false)`;
  }
}

/** As the engine reads addresses: without brackets and zone; an IPv4 address inside IPv6 is one of IPv4. A range is no address. */
function inRange(value: string, range: string): string {
  const four = !range.includes(":");
  const bare = `replace_regex(trim(@"\\s+", ${value}), @"^\\[|\\]$|%.*$${four ? "|^::[fF]{4}:" : ""}", "")`;
  return `(${value} !contains "/" and coalesce(${four ? "ipv4_is_in_range" : "ipv6_is_in_range"}(${bare}, "${range}"), false))`;
}

/** The table, the condition of the logsource, and the rule, each in a step of its own. */
export function kqlQuery(predicate: Predicate, source: BoundSource): string {
  return [
    source.from,
    ...(source.condition === null ? [] : [`| where ${printPredicate(source.condition, kqlDialect, source)}`]),
    ...(source.prepare === null ? [] : [source.prepare]),
    `| where ${printLines(predicate, kqlDialect, source)}`,
  ].join("\n");
}

/** "..." with escapes, or @"..." where a backslash is a character and a quote is doubled. */
export function kqlLiteral(value: string): string {
  const checked = checkText(value);
  if (checked.includes("\\") && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(checked)) return `@"${checked.replaceAll('"', '""')}"`;
  return `"${checked.replace(/[\\"]/g, "\\$&").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
}

export function kqlName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replace(/[\\']/g, "\\$&")}']`;
}

export function kqlMember(bag: string, name: string): string {
  return `tostring(${kqlName(bag)}[${kqlLiteral(name)}])`;
}
