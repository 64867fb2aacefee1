import type { Matcher } from "../../sigma/rule-types";
import type { TextPattern } from "../../sigma/text-pattern";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { parseRegex } from "../regex/parse-regex";
import { printRegex, type RegexDialect } from "../regex/print-regex";
import type { RegexNode } from "../regex/regex-node";
import { QueryRefusal, type Column, type Dialect } from "../query-types";
import { checkText, isAscii, NOTHING, shapeOf } from "../text-shape";

/** Where SQL's dialects differ. */
export interface SqlFlavour {
  readonly label: string;
  readonly textType: string;
  readonly regex: RegexDialect;
  matches(text: string, expression: string): string;
  /** The first group of an expression as a whole number, null where it does not match. */
  extract(text: string, expression: string): string;
  inRange(text: string, range: string): string;
  endsWith(text: string, end: string): string;
}

const ORDER = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "=" } as const;
const DECIMAL = "[ \\t]*[+-]?[0-9]+([.][0-9]+)?[ \\t]*";
/** Behind the beginning of the text; ^ would be that of a line to Joni. */
const DATE_PARTS = { year: "[ ]*([0-9]{4})-[0-9]{2}-[0-9]{2}", month: "[ ]*[0-9]{4}-([0-9]{2})-[0-9]{2}", day: "[ ]*[0-9]{4}-[0-9]{2}-([0-9]{2})", hour: "[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}):[0-9]{2}", minute: "[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:([0-9]{2})" } as const;

/**
 * SQL over a table with one row per record. A test may come out null where a column is; COALESCE at every NOT makes the
 * logic two-valued, and a null at the top is no match anyway.
 */
export function sqlDialect(flavour: SqlFlavour): Dialect {
  const text = ({ ref, type }: Column): string => (type === "text" ? ref : `CAST(${ref} AS ${flavour.textType})`);
  const byRegex = (column: Column, node: RegexNode): string => flavour.matches(text(column), sqlLiteral(printRegex(node, flavour.regex)));

  const ofText = (column: Column, pattern: TextPattern, cased: boolean): string => {
    const shape = shapeOf(pattern);
    if (shape.kind === "anything") return `${column.ref} IS NOT NULL`;
    const plain = cased || pattern.every((token) => token.kind !== "text" || isAscii(token.text)); // lower() beyond ASCII is the database's locale's business
    if (!plain || pattern.some(({ kind }) => kind === "dash")) return byRegex(column, patternRegex(pattern, cased));
    const value = cased ? text(column) : `lower(${text(column)})`;
    if (shape.kind === "whole") return `${value} = ${sqlLiteral(cased ? shape.text : shape.text.toLowerCase())}`;
    const like = pattern.map((token) => (token.kind === "any" ? "%" : token.kind === "one" ? "_" : token.kind === "text" ? (cased ? token.text : token.text.toLowerCase()).replace(/[!%_]/g, "!$&") : ""));
    return `${value} LIKE ${sqlLiteral(like.join(""))} ESCAPE '!'`;
  };

  const filled = (column: Column): string => `lower(trim(${text(column)})) NOT IN (${NOTHING.map(sqlLiteral).join(", ")})`;
  const refersTo = (column: Column, other: Column, part: "whole" | "start" | "end" | "inside", cased: boolean): string => {
    const [left, right] = [column, other].map((one) => (cased ? text(one) : `lower(${text(one)})`));
    const compared = { whole: `${left} = ${right}`, start: `starts_with(${left}, ${right})`, end: flavour.endsWith(left ?? "", right ?? ""), inside: `strpos(${left}, ${right}) > 0` }[part];
    return `(${filled(column)} AND ${filled(other)} AND ${compared})`;
  };

  const test = (column: Column, matcher: Matcher, columnOf: (field: string) => Column): string => {
    switch (matcher.kind) {
      case "text":
        return ofText(column, matcher.pattern, matcher.cased);
      case "regex":
        return byRegex(column, parseRegex(matcher.source, matcher.flags));
      case "number":
        return column.type === "number" ? `${column.ref} = ${decimalOf(matcher.value)}` : byRegex(column, numberRegex(matcher.value));
      case "boolean":
        return column.type === "boolean" ? `${column.ref} = ${matcher.value}` : `lower(${text(column)}) = '${matcher.value}'`;
      case "null":
        return `${column.ref} IS NULL`;
      case "exists":
        return `${column.ref} IS ${matcher.wanted ? "NOT " : ""}NULL`;
      case "compare": {
        const compared = `${ORDER[matcher.op]} ${decimalOf(matcher.value)}`;
        return column.type === "number" ? `${column.ref} ${compared}` : `CASE WHEN ${flavour.matches(text(column), sqlLiteral(`${flavour.regex.start}${DECIMAL}${flavour.regex.end}`))} THEN CAST(trim(${text(column)}) AS double precision) ${compared} ELSE FALSE END`;
      }
      case "cidr":
        return flavour.inRange(text(column), sqlLiteral(matcher.range));
      case "fieldref":
        return refersTo(column, columnOf(matcher.field), matcher.part, matcher.cased);
      case "time":
        if (matcher.part === "week") throw new QueryRefusal(`${flavour.label} reads parts of a date out of the text as written, and a week does not stand in it.`);
        if (column.type !== "text") throw new QueryRefusal(`${flavour.label} reads ${matcher.part}s out of texts, and ${column.field} is none.`);
        return `${flavour.extract(column.ref, sqlLiteral(`${flavour.regex.start}${DATE_PARTS[matcher.part]}`))} ${ORDER[matcher.op]} ${decimalOf(matcher.value)}`;
    }
  };

  /** Whole texts of one column become a list. */
  const tests = (column: Column, matchers: readonly Matcher[], columnOf: (field: string) => Column): string[] => {
    const whole = matchers.flatMap((matcher) => {
      const shape = matcher.kind === "text" && !matcher.cased ? shapeOf(matcher.pattern) : null;
      return shape?.kind === "whole" && isAscii(shape.text) ? [{ matcher, literal: sqlLiteral(shape.text.toLowerCase()) }] : [];
    });
    if (whole.length < 2) return matchers.map((matcher) => test(column, matcher, columnOf));
    const listed = new Set<Matcher>(whole.map(({ matcher }) => matcher));
    return [`lower(${text(column)}) IN (${whole.map(({ literal }) => literal).join(", ")})`, ...matchers.filter((matcher) => !listed.has(matcher)).map((matcher) => test(column, matcher, columnOf))];
  };

  return { and: " AND ", or: " OR ", not: (part) => `NOT COALESCE(${part}, FALSE)`, tests, keyword: (column, matcher) => test(column, matcher, () => column) };
}

/** '...' with '' for a quote: a backslash is a character (standard_conforming_strings, on since PostgreSQL 9.1). */
export function sqlLiteral(value: string): string {
  if (value.includes("\0")) throw new QueryRefusal("A value of the rule holds the character U+0000, which no text in SQL can hold.");
  return `'${checkText(value).replaceAll("'", "''")}'`;
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
