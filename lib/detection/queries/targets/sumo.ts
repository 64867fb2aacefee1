import type { Matcher } from "../../sigma/rule-types";
import type { BoundSource } from "../bind-source";
import { printLines, printPredicate } from "../print-predicate";
import { QueryRefusal, type Column, type Dialect, type Predicate } from "../query-types";
import { parseRegex } from "../regex/parse-regex";
import { decimalOf, numberRegex, patternRegex } from "../regex/pattern-regex";
import { printRegex } from "../regex/print-regex";
import { SUMO } from "../regex/regex-dialects";
import type { RegexNode } from "../regex/regex-node";
import { checkText, NOTHING, shapeOf } from "../text-shape";
import type { QueryTarget } from "./target";

const WRITTEN_OTHERWISE = /["\\<>&'\u0000-\u001f\u007f-\uffff]/;

/**
 * Sumo Logic's `where`. `matches` minds case and its expressions are bound at neither end or at both, depending on the
 * reader: with .* on both sides they mean the same either way. Each test asks first whether the field is there.
 */
function dialect(escaped: boolean): Dialect {
  return {
    and: " and ",
    or: " or ",
    not: (part) => `!(${part})`,
    tests: (column, matchers, columnOf) => matchers.map((matcher) => test(column, matcher, columnOf)),
    keyword: (column, matcher) => {
      if (escaped && matcher.kind === "text" && matcher.pattern.some((token) => token.kind === "text" && WRITTEN_OTHERWISE.test(token.text))) {
        throw new QueryRefusal("A keyword holds a character that the stored text of these events writes otherwise (a quote, a backslash, a bracket or a letter beyond ASCII), so that it would not be found.");
      }
      return test(column, matcher, () => column);
    },
  };
}

function there({ ref }: Column, condition: string): string {
  return `(!isNull(${ref}) and ${condition})`;
}

/** (?s:.*) around an expression: found anywhere, whether or not the whole text must match. */
function byRegex(column: Column, node: RegexNode): string {
  const source = printRegex(node, SUMO);
  const flag = source.startsWith("(?i)") ? "(?i)" : "";
  return there(column, `${column.ref} matches /${flag}(?s:.*)(?:${source.slice(flag.length)})(?s:.*)/`);
}

function test(column: Column, matcher: Matcher, columnOf: (field: string) => Column): string {
  const { ref, type, field } = column;
  switch (matcher.kind) {
    case "text": {
      const shape = shapeOf(matcher.pattern);
      if (shape.kind === "anything") return `!isNull(${ref})`;
      if (shape.kind === "whole" && /^[\x20-\x7e]*$/.test(shape.text)) return there(column, `${matcher.cased ? ref : `toLowerCase(${ref})`} = ${sumoLiteral(matcher.cased ? shape.text : shape.text.toLowerCase())}`);
      return byRegex(column, patternRegex(matcher.pattern, matcher.cased));
    }
    case "regex":
      return byRegex(column, parseRegex(matcher.source, matcher.flags));
    case "number":
      return type === "code" || type === "number" ? there(column, `${ref} = "${decimalOf(matcher.value)}"`) : byRegex(column, numberRegex(matcher.value));
    case "boolean":
      return there(column, `toLowerCase(${ref}) = "${matcher.value}"`);
    case "null":
      return `isNull(${ref})`;
    case "exists":
      return matcher.wanted ? `!isNull(${ref})` : `isNull(${ref})`;
    case "compare":
      return there(column, `${ref} matches /[ \\t]*[+\\-]?[0-9]+(?:[.][0-9]+)?[ \\t]*/ and isNumeric(${ref}) and num(${ref}) ${{ lt: "<", lte: "<=", gt: ">", gte: ">=" }[matcher.op]} ${decimalOf(matcher.value)}`);
    case "cidr": {
      if (matcher.range.includes(":")) throw new QueryRefusal(`Sumo Logic compares ranges of IPv4 only, and the rule asks ${field} for ${matcher.range}.`);
      const [network = "", bits = "32"] = matcher.range.split("/");
      return there(column, `isValidIP(${ref}) and compareCIDRPrefix(${sumoLiteral(network)}, ${ref}, toInt(${bits}))`);
    }
    case "fieldref": {
      const other = columnOf(matcher.field);
      if (matcher.part !== "whole") throw new QueryRefusal(`Sumo Logic compares two fields as wholes only (${field} and ${matcher.field}, fieldref with contains, startswith or endswith).`);
      const [left, right] = [ref, other.ref].map((one) => (matcher.cased ? one : `toLowerCase(${one})`));
      return there(column, `!isNull(${other.ref}) and !(trim(toLowerCase(${ref})) in (${NOTHING.map(sumoLiteral).join(", ")})) and ${left} = ${right}`);
    }
    case "time":
      throw new QueryRefusal(`Sumo Logic's dates do not keep what was written, which the rule asks for (${field}|${matcher.part}).`);
  }
}

function sumoLiteral(value: string): string {
  const checked = checkText(value);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(checked)) throw new QueryRefusal("A value holds a control character, which Sumo Logic cannot quote.");
  return `"${checked.replace(/[\\"]/g, "\\$&")}"`;
}

/** A name for a path of JSON: letters, digits and underscores. */
function alias(name: string): string {
  return name.replace(/\W/gu, "_");
}

/** The scope, a step per field that takes it out of the JSON, the condition of the logsource, and the rule. */
function render(predicate: Predicate, source: BoundSource, own: Dialect): string {
  const fields = new Map<string, string>();
  const collect = (one: Predicate): void => {
    if (one.kind === "field") {
      add(source.column(one.field, one.native));
      for (const matcher of one.matchers) if (matcher.kind === "fieldref") add(source.column(matcher.field, false));
    } else if (one.kind === "not") collect(one.part);
    else if (one.kind !== "keyword") one.parts.forEach(collect);
  };
  const add = ({ ref, name }: Column): void => {
    if (ref.startsWith("_")) return; // Sumo's own
    const taken = fields.get(ref);
    if (taken !== undefined && taken !== name) throw new QueryRefusal(`The fields ${taken} and ${name} would have one name in Sumo Logic.`);
    fields.set(ref, name);
  };
  if (source.condition !== null) collect(source.condition);
  collect(predicate);
  return [
    source.from,
    ...[...fields].map(([ref, name]) => `| json field=_raw ${sumoLiteral(name)} as ${ref} nodrop`),
    ...(source.condition === null ? [] : [`| where ${printPredicate(source.condition, own, source)}`]),
    `| where ${printLines(predicate, own, source)}`,
  ].join("\n");
}

export const sumo: QueryTarget = {
  id: "sumo",
  label: "Sumo Logic",
  extension: "sumo",
  about: ["Fields are taken out of records in JSON; a null there is an absent field."],
  dialect: (source) => dialect(source.escaped),
  name: alias,
  fallback: null,
  correlate: null,
  longest: null,
  render,
};
