import type { Matcher } from "../../sigma/rule-types";
import { printPredicate, type Columns } from "../print-predicate";
import { QueryRefusal, type Column, type Dialect, type Predicate } from "../query-types";
import { decimalOf } from "../regex/pattern-regex";
import { shapeOf } from "../text-shape";

const PLAIN_NAME = /^[A-Za-z_][\w.]*$/;
// Printable ASCII without what search cannot say or might read otherwise: * cannot be escaped there, ` begins a macro.
const PLAIN_TEXT = /^[\x20-\x29\x2b-\x5f\x61-\x7e]+$/;
const READ_AS_MORE = /^\s*[+-]?(?:\d|\.\d|0x)[\d.a-fA-Fx]*\s*$|\/\d{1,3}\s*$/; // a number is compared as one, an address with a prefix as a range

/**
 * Whether `search` says exactly this: texts without regard to case, wildcards at the ends only (inside, Splunk's word breaks
 * make them unsafe), numbers in columns of numbers. NOT of search takes in events without the field, as Sigma asks.
 */
export function canSearch(predicate: Predicate, columns: Columns): boolean {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.parts.every((part) => canSearch(part, columns));
    case "not":
      return canSearch(predicate.part, columns);
    case "keyword":
      return false;
    case "field": {
      const column = columns.column(predicate.field, predicate.native);
      return PLAIN_NAME.test(nameOf(column)) && predicate.matchers.every((matcher) => valueOf(matcher, column) !== null);
    }
  }
}

export const searchDialect: Dialect = {
  and: " ",
  or: " OR ",
  not: (part) => `NOT ${part.startsWith("(") ? part : `(${part})`}`,
  tests: (column, matchers) => {
    const values = matchers.map((matcher) => valueOf(matcher, column));
    const [only] = values;
    return [values.length === 1 ? `${nameOf(column)}=${only}` : `${nameOf(column)} IN (${values.join(", ")})`];
  },
  keyword: () => {
    throw new QueryRefusal("Keywords are not looked for by search.");
  },
};

function valueOf(matcher: Matcher, column: Column): string | null {
  if (matcher.kind === "number") return column.type === "number" ? decimalOf(matcher.value) : null;
  if (matcher.kind !== "text" || matcher.cased) return null;
  const shape = shapeOf(matcher.pattern);
  if (shape.kind === "anything" || shape.kind === "other" || !PLAIN_TEXT.test(shape.text)) return null;
  if (shape.kind === "whole" && READ_AS_MORE.test(shape.text)) return null;
  const escaped = shape.text.replace(/[\\"]/g, "\\$&");
  return `"${shape.kind === "end" || shape.kind === "inside" ? "*" : ""}${escaped}${shape.kind === "start" || shape.kind === "inside" ? "*" : ""}"`;
}

function nameOf({ ref }: Column): string {
  return ref.replace(/^'|'$/g, "");
}

/** A whole predicate in search's words, null where search cannot say it. */
export function searchText(predicate: Predicate, columns: Columns): string | null {
  return canSearch(predicate, columns) ? printPredicate(predicate, searchDialect, columns) : null;
}
