import { scopeKey } from "../rules/mappings/field-mapping";
import { mappingsOf } from "../rules/mappings/rename-fields";
import type { SigmaLogsource } from "../sigma/rule-types";
import type { Columns } from "./print-predicate";
import { sourcesFor, type QuerySource } from "./query-sources";
import { QueryRefusal, type Column, type Predicate, type RenderOptions, type TargetId } from "./query-types";

/** A table of a target, chosen for a rule. */
export interface BoundSource extends Columns {
  readonly id: string | null;
  readonly from: string;
  readonly condition: Predicate | null;
  readonly prepare: string | null;
  readonly time: string; // as the target names it, not quoted
  readonly escaped: boolean;
  readonly notes: readonly string[];
}

/** How a target writes names. */
export interface Naming {
  readonly label: string;
  name(column: string): string;
  /** A member of a column that holds many (KQL's dynamic). */
  member?(bag: string, name: string): string;
  /** A table for a logsource that the target knows none for; null: there must be one. */
  readonly fallback: ((logsource: SigmaLogsource) => QuerySource) | null;
}

/**
 * The table that is asked for a rule: the one the options name, else the first that has a column for every field, so that a
 * rule is refused only where no table has them all.
 *
 * @throws QueryRefusal naming the logsource without a table, the fields without a column, or a field with several imported names
 */
export function bindSource(target: TargetId, naming: Naming, logsource: SigmaLogsource, fields: readonly string[], given: RenderOptions): BoundSource {
  const imported = importedNames(logsource, fields, given);
  const options: RenderOptions = { ...given, fields: { ...imported.names, ...given.fields } };
  const known = sourcesFor(target, logsource);
  const usual = known.length === 0 && naming.fallback !== null ? [{ source: naming.fallback(logsource), condition: null }] : known;
  const asked = options.source === undefined ? usual : usual.filter(({ source }) => source.id === options.source);
  if (options.source !== undefined && asked.length === 0) throw new QueryRefusal(`${naming.label} has no table "${options.source}" for ${sayLogsource(logsource)}; known are: ${usual.map(({ source }) => source.id).join(", ") || "none"}.`);
  // With a scope of the caller's own, names are his too: the usual table lends its columns where there is one.
  const choices = asked.length > 0 || options.from === undefined ? asked : [{ source: OWN, condition: null }];
  const [first] = choices;
  if (first === undefined) throw new QueryRefusal(`No table of ${naming.label} is known for ${sayLogsource(logsource)}; name one by the option from, and its columns by fields.`);
  const missing = (source: QuerySource): string[] => fields.filter((field) => nameIn(source, field, options) === null);
  const chosen = choices.find(({ source }) => missing(source).length === 0);
  if (chosen === undefined) {
    const without = missing(first.source);
    throw new QueryRefusal(`${without.length === 1 ? "The field" : "The fields"} ${without.join(", ")} ${without.length === 1 ? "has" : "have"} no known column in ${naming.label}'s ${first.source.label}; name ${without.length === 1 ? "it" : "them"} by the option fields.`);
  }
  const { source, condition } = chosen;
  const own = options.from !== undefined;
  const others = choices.filter((one) => one !== chosen).map((one) => one.source.id);
  return {
    id: own ? null : source.id,
    from: options.from ?? source.from,
    condition: options.dedicated === true ? null : condition,
    prepare: options.dedicated === true ? null : (source.prepare ?? null),
    time: options.time ?? source.time,
    escaped: options.text === undefined && source.escaped,
    text: columnOf(source, naming, options, options.text ?? source.text, null),
    column: (field, native) => {
      const found = native ? { name: field, bag: null } : nameIn(source, field, options);
      const column = found === null ? null : columnOf(source, naming, options, found.name, found.bag, field);
      if (column === null) throw new QueryRefusal(`The field ${field} has no known column.`);
      return column;
    },
    notes: [...imported.notes, ...(source.note === undefined || (own && options.dedicated === true) ? [] : [source.note]), ...(others.length === 0 || own ? [] : [`Asks ${source.label} only; the option source takes ${others.join(", ")} as well.`])],
  };
}

/** What imported mappings call a rule's fields. The engine tries several names one after another; a query has one column for a field. */
function importedNames(logsource: SigmaLogsource, fields: readonly string[], { renames = [], fields: own = {} }: RenderOptions): { readonly names: Readonly<Record<string, string>>; readonly notes: readonly string[] } {
  const names: [string, string][] = [];
  const notes: string[] = [];
  const holding = mappingsOf(logsource, renames);
  for (const field of fields) {
    if (Object.hasOwn(own, field)) continue;
    const mapping = holding.find(({ fields: renamed }) => Object.hasOwn(renamed, field));
    const theirs = [...new Set(holding.flatMap(({ fields: renamed }) => (Object.hasOwn(renamed, field) ? (renamed[field] ?? []) : [])))];
    const [name] = theirs;
    if (name === undefined || mapping === undefined) continue;
    if (theirs.length > 1) throw new QueryRefusal(`The imported names of the field ${field} are ${theirs.join(", ")}, and a query asks one column; name it by the option fields.`);
    names.push([field, name]);
    notes.push(`Asks ${field} as ${name}, as the imported mapping of ${scopeKey(mapping.scope)} says; records that keep Sigma's name are not found.`);
  }
  return { names: Object.fromEntries(names), notes };
}

const OWN: QuerySource = { id: "own", label: "table", from: "", logsources: {}, fields: {}, same: "", numbers: "", codes: "", analysed: "", booleans: "", addresses: "", text: null, escaped: false, time: "" };
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

function nameIn(source: QuerySource, field: string, options: RenderOptions): { readonly name: string; readonly bag: string | null } | null {
  const own = options.fields !== undefined && Object.hasOwn(options.fields, field) ? options.fields[field] : undefined;
  if (own !== undefined) return { name: own, bag: null };
  const known = Object.hasOwn(source.fields, field) ? source.fields[field] : undefined;
  if (known !== undefined) return { name: known, bag: null };
  if (source.same.split(" ").includes(field)) return { name: field, bag: null };
  if (source.rest === "same") return { name: field, bag: null };
  if (source.rest === undefined) return options.passThrough === true ? { name: field, bag: null } : null;
  return "bag" in source.rest ? { name: field, bag: source.rest.bag } : { name: source.rest.prefix + field, bag: null };
}

function columnOf(source: QuerySource, naming: Naming, options: RenderOptions, name: string | null, bag: string | null, field = name ?? ""): Column | null {
  if (name === null) return null;
  if (name === "" || CONTROL.test(name) || !name.isWellFormed()) throw new QueryRefusal(`${JSON.stringify(name)} cannot be the name of a column.`);
  const listed = (names: string): boolean => names.split(" ").includes(name);
  const type = bag !== null ? "text" : listed(source.numbers) || options.numbers?.includes(name) === true ? "number" : listed(source.codes) ? "code" : listed(source.analysed) ? "analysed" : listed(source.booleans) ? "boolean" : listed(source.addresses) ? "ip" : "text";
  return { field, name, type, ref: bag === null ? naming.name(name) : (naming.member?.(bag, name) ?? naming.name(name)) };
}

export function sayLogsource({ product, category, service }: SigmaLogsource): string {
  const said = [["product", product], ["category", category], ["service", service]].flatMap(([key, value]) => (value === null ? [] : [`${key} ${value}`]));
  return said.length === 0 ? "a rule without a logsource" : `the logsource ${said.join(", ")}`;
}
