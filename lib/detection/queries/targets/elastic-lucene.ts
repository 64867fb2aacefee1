import type { Matcher } from "../../sigma/rule-types";
import type { BoundSource } from "../bind-source";
import { printLines } from "../print-predicate";
import { QueryRefusal, type Column, type Dialect, type Predicate } from "../query-types";
import { parseRegex } from "../regex/parse-regex";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { printWhole } from "../regex/print-regex";
import { LUCENE } from "../regex/regex-dialects";
import { isLetterCase, type RegexNode } from "../regex/regex-node";
import { checkText, shapeOf } from "../text-shape";
import type { QueryTarget } from "./target";

const LONGEST_REGEX = 1000; // index.max_regex_length
const UNQUOTABLE = /[\u0000-\u0008\u000b\u000e-\u001f]/; // blanks and line ends may stand between quotes and slashes
const ORDER = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: ":" } as const;

/**
 * Lucene's query syntax over keyword and wildcard fields, which compare with regard to case: texts become expressions that
 * hold both cases of every letter. "Not" stands beside *:* always, since Lucene drops a clause that only excludes.
 */
const dialect: Dialect = {
  and: " AND ",
  or: " OR ",
  not: (part) => `(*:* AND NOT ${part})`,
  tests: (column, matchers) => matchers.map((matcher) => test(column, matcher)),
  keyword: () => {
    throw new QueryRefusal("Keywords are looked for in any text of a record, and Lucene looks for whole words of analysed fields only.");
  },
};

function test(column: Column, matcher: Matcher): string {
  const { ref, type, field } = column;
  const present = matcher.kind === "null" || matcher.kind === "exists" || (matcher.kind === "text" && shapeOf(matcher.pattern).kind === "anything");
  if (type === "analysed" && !present) throw new QueryRefusal(`Elastic stores ${field} (${column.name}) as words, of which Lucene matches one at a time; ES|QL reads the whole text.`);
  switch (matcher.kind) {
    case "text": {
      const shape = shapeOf(matcher.pattern);
      if (shape.kind === "anything") return `_exists_:${ref}`;
      const caseless = matcher.cased || (shape.kind === "whole" && !Array.from(shape.text).some((char) => isLetterCase(char.codePointAt(0) ?? 0)));
      if (shape.kind === "whole" && (caseless || !isText(type))) return `${ref}:${luceneLiteral(shape.text)}`;
      if (!isText(type)) throw new QueryRefusal(`Lucene compares the ${type} field ${field} as a whole only.`);
      return byRegex(column, patternRegex(matcher.pattern, matcher.cased));
    }
    case "regex":
      return byRegex(column, parseRegex(matcher.source, matcher.flags));
    case "number":
      return type === "number" || type === "code" ? `${ref}:${luceneNumber(matcher.value)}` : byRegex(column, numberRegex(matcher.value));
    case "boolean":
      return type === "boolean" ? `${ref}:${matcher.value}` : byRegex(column, patternRegex([{ kind: "text", text: String(matcher.value) }], false));
    case "null":
      return `(*:* AND NOT _exists_:${ref})`;
    case "exists":
      return matcher.wanted ? `_exists_:${ref}` : `(*:* AND NOT _exists_:${ref})`;
    case "compare":
      if (type !== "number") throw new QueryRefusal(`Lucene orders ${field} as text, and the rule asks for a number; name it by the option numbers if it is one.`);
      return `${ref}:${ORDER[matcher.op]}${luceneNumber(matcher.value)}`;
    case "cidr":
      if (type !== "ip") throw new QueryRefusal(`Lucene knows ranges of addresses in fields of type ip only, and ${field} is not known to be one.`);
      return `${ref}:${luceneLiteral(matcher.range)}`;
    case "fieldref":
      throw new QueryRefusal(`Lucene cannot compare two fields (${field} and ${matcher.field}, fieldref).`);
    case "time":
      throw new QueryRefusal(`Lucene cannot read a part out of a date (${field}|${matcher.part}).`);
  }
}

function byRegex({ ref, type, field }: Column, node: RegexNode): string {
  if (!isText(type)) throw new QueryRefusal(`Lucene has no expressions for the ${type} field ${field}.`);
  const source = checkText(printWhole(node, LUCENE));
  if (source.length > LONGEST_REGEX) throw new QueryRefusal(`Elasticsearch takes expressions of ${LONGEST_REGEX} characters, and one for ${field} would have ${source.length}.`);
  if (UNQUOTABLE.test(source)) throw new QueryRefusal(`A value of ${field} holds a control character, which Lucene's syntax cannot quote.`);
  return `${ref}:/${source}/`;
}

/** A phrase: on a keyword field the whole value. */
export function luceneLiteral(value: string): string {
  const checked = checkText(value);
  if (UNQUOTABLE.test(checked)) throw new QueryRefusal("A value holds a control character, which Lucene's syntax cannot quote.");
  return `"${checked.replace(/[\\"]/g, "\\$&")}"`;
}

function isText(type: Column["type"]): boolean {
  return type === "text" || type === "code";
}

function luceneNumber(value: number): string {
  return value < 0 ? `"${decimalOf(value)}"` : decimalOf(value);
}

function luceneName(name: string): string {
  return name.replace(/[^\w.@]/gu, (char) => `\\${char}`);
}

export const lucene: QueryTarget = {
  id: "lucene",
  label: "Elastic (Lucene)",
  extension: "lucene",
  about: ["Fields are those of Elastic's own integrations, of type keyword or wildcard; Elastic does not index null, so that a field with null is absent, nor a keyword longer than its ignore_above."],
  dialect: () => dialect,
  name: luceneName,
  fallback: null,
  correlate: null,
  longest: null,
  render: (predicate: Predicate, source: BoundSource) => [...(source.condition === null ? [] : [printLines(source.condition, dialect, source)]), printLines(predicate, dialect, source)].join("\n AND "),
};
