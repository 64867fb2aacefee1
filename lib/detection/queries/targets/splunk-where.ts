import type { Matcher } from "../../sigma/rule-types";
import { QueryRefusal, type Column, type Dialect } from "../query-types";
import { parseRegex } from "../regex/parse-regex";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { printRegex } from "../regex/print-regex";
import { PCRE } from "../regex/regex-dialects";
import type { RegexNode } from "../regex/regex-node";
import { checkText, NOTHING, shapeOf } from "../text-shape";

const ORDER = { lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "=" } as const;
const DECIMAL = "^[ \\t]*[+-]?[0-9]+([.][0-9]+)?[ \\t]*$";
const DATE_PARTS = { year: "^[ ]*([0-9]{4})-[0-9]{2}-[0-9]{2}", month: "^[ ]*[0-9]{4}-([0-9]{2})-[0-9]{2}", day: "^[ ]*[0-9]{4}-[0-9]{2}-([0-9]{2})", hour: "^[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}):[0-9]{2}", minute: "^[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:([0-9]{2})" } as const;
const WRITTEN_OTHERWISE = /["\\<>&'\u0000-\u001f\u007f-\uffff]/;

/**
 * Tests of `where`. mvfilter keeps the values of a field for which a test holds and gives nothing for a field that is not
 * there, so isnotnull(mvfilter(...)) takes any of several values and is never null itself: NOT means what it means in Sigma.
 *
 * @param escaped keywords are looked for in text that writes some characters otherwise (JSON, XML)
 */
export function whereDialect(escaped: boolean): Dialect {
  return {
    and: " AND ",
    or: " OR ",
    not: (part) => `NOT (${part})`,
    tests: (column, matchers, columnOf) => matchers.map((matcher) => test(column, matcher, columnOf)),
    keyword: (column, matcher) => {
      if (escaped && matcher.kind === "text" && matcher.pattern.some((token) => token.kind === "text" && WRITTEN_OTHERWISE.test(token.text))) {
        throw new QueryRefusal("A keyword holds a character that the stored text of these events writes otherwise (a quote, a backslash, a bracket or a letter beyond ASCII), so that it would not be found.");
      }
      return any(`match(${column.ref}, ${splLiteral(printRegex(matcherRegex(matcher), PCRE))})`);
    },
  };
}

function any(test: string): string {
  return `isnotnull(mvfilter(${test}))`;
}

function matcherRegex(matcher: Matcher): RegexNode {
  if (matcher.kind === "text") return patternRegex(matcher.pattern, matcher.cased);
  if (matcher.kind === "regex") return parseRegex(matcher.source, matcher.flags);
  throw new QueryRefusal(`A keyword of the kind ${matcher.kind} cannot be looked for.`);
}

function test({ ref, type, field }: Column, matcher: Matcher, columnOf: (field: string) => Column): string {
  switch (matcher.kind) {
    case "text":
      return shapeOf(matcher.pattern).kind === "anything" ? `isnotnull(${ref})` : any(`match(${ref}, ${splLiteral(printRegex(patternRegex(matcher.pattern, matcher.cased), PCRE))})`);
    case "regex":
      return any(`match(${ref}, ${splLiteral(printRegex(parseRegex(matcher.source, matcher.flags), PCRE))})`);
    case "number":
      return any(type === "number" ? `tonumber(${ref})=${decimalOf(matcher.value)}` : `match(${ref}, ${splLiteral(printRegex(numberRegex(matcher.value), PCRE))})`);
    case "boolean":
      return any(`lower(${ref})="${matcher.value}"`);
    case "null":
      return `isnull(${ref})`;
    case "exists":
      return matcher.wanted ? `isnotnull(${ref})` : `isnull(${ref})`;
    case "compare":
      return any(`match(${ref}, ${splLiteral(DECIMAL)}) AND tonumber(trim(${ref}))${ORDER[matcher.op]}${decimalOf(matcher.value)}`);
    case "cidr":
      return any(`cidrmatch(${splLiteral(matcher.range)}, replace(trim(${ref}), ${splLiteral("^\\[|\\]$|%.*$|^::[fF]{4}:(?=[0-9]+[.])")}, ""))`);
    case "fieldref": {
      const other = columnOf(matcher.field).ref;
      if (matcher.part === "inside") throw new QueryRefusal("SPL looks for patterns only, so it cannot look for one field inside another (fieldref with contains).");
      const [left, right] = matcher.cased ? [ref, other] : [`lower(${ref})`, `lower(${other})`];
      const filled = (one: string): string => `NOT in(lower(trim(${one})), ${NOTHING.map(splLiteral).join(", ")})`;
      const compared = { whole: `${left}=${right}`, start: `substr(${left}, 1, len(${right}))=${right}`, end: `len(${left})>=len(${right}) AND substr(${left}, len(${left})-len(${right})+1)=${right}` }[matcher.part];
      return `if(isnotnull(${ref}) AND isnotnull(${other}) AND ${filled(ref)} AND ${filled(other)} AND ${compared}, 1, 0)=1`;
    }
    case "time":
      if (matcher.part === "week") throw new QueryRefusal("SPL reads parts of a date out of the text as written, and a week does not stand in it.");
      if (type !== "text") throw new QueryRefusal(`SPL reads ${matcher.part}s out of texts, and ${field} is none.`);
      return any(`match(${ref}, ${splLiteral(DATE_PARTS[matcher.part])}) AND tonumber(replace(${ref}, ${splLiteral(`(?s)${DATE_PARTS[matcher.part]}.*$`)}, "\\1"))${ORDER[matcher.op]}${decimalOf(matcher.value)}`);
  }
}

/** "..." with \ before " and \. Expressions write control characters and backticks by number, so that none stands here. */
export function splLiteral(value: string): string {
  const checked = checkText(value);
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(checked)) throw new QueryRefusal("A value holds a control character, which SPL cannot quote.");
  return `"${checked.replace(/[\\"]/g, "\\$&")}"`;
}

export function splName(name: string): string {
  if (/['"\\`]/.test(name)) throw new QueryRefusal(`${JSON.stringify(name)} cannot be the name of a field in SPL.`);
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`;
}
