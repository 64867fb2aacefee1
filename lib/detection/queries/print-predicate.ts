import { QueryRefusal, type Column, type Dialect, type Predicate } from "./query-types";

/** The columns that a predicate may speak of. */
export interface Columns {
  column(field: string, native: boolean): Column;
  /** The text of the whole record, null where the target has none. */
  readonly text: Column | null;
}

/**
 * A predicate in a target's words. And and or are never mixed without parentheses, whatever a target's precedence.
 *
 * @throws QueryRefusal naming what the target cannot express
 */
export function printPredicate(predicate: Predicate, dialect: Dialect, columns: Columns): string {
  switch (predicate.kind) {
    case "and":
    case "or":
      return `(${joinShallow(predicate.parts.map((part) => printPredicate(part, dialect, columns)), predicate.kind === "and" ? dialect.and : dialect.or)})`;
    case "not":
      return dialect.not(printPredicate(predicate.part, dialect, columns));
    case "field": {
      const tests = dialect.tests(columns.column(predicate.field, predicate.native), predicate.matchers, (field) => columns.column(field, false));
      return tests.length === 1 ? (tests[0] ?? "") : `(${joinShallow(tests, dialect.or)})`;
    }
    case "keyword":
      if (columns.text === null) throw new QueryRefusal("Keywords are looked for in the whole record, and no column that holds its text is known; name one by the option text.");
      return dialect.keyword(columns.text, predicate.matcher);
  }
}

const MOST_IN_A_ROW = 40;

/** Parsers nest a row of operators as deep as it is long, and have limits: long rows stand in groups. */
function joinShallow(parts: readonly string[], by: string): string {
  if (parts.length <= MOST_IN_A_ROW) return parts.join(by);
  const size = Math.max(MOST_IN_A_ROW, Math.ceil(parts.length / MOST_IN_A_ROW));
  const groups = Array.from({ length: Math.ceil(parts.length / size) }, (_, i) => parts.slice(i * size, (i + 1) * size));
  return groups.map((group) => (group.length === 1 ? (group[0] ?? "") : `(${joinShallow(group, by)})`)).join(by);
}

/** The same, with the parts of an outermost "and" on lines of their own. */
export function printLines(predicate: Predicate, dialect: Dialect, columns: Columns): string {
  const parts = predicate.kind === "and" ? predicate.parts : [predicate];
  return parts.map((part) => printPredicate(part, dialect, columns)).join(`\n ${dialect.and}`);
}
