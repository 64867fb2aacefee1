import { shown } from "../../read-field";
import type { XmlElement } from "../../read-xml";
import type { ConfigurationReader } from "../../start-configuration";
import EVENT_TAGS from "./event-tags.json";

/** What the filters of one event tag say together, over every group that names it. */
export interface EventFilters {
  readonly line: number; // of the first element
  readonly row: number; // its number in the file
  readonly includes: string[]; // in words, one per group
  readonly excludes: string[];
  includeSeen: boolean; // an include list stands there, even an empty one
}

const TAGS = new Map(Object.keys(EVENT_TAGS).map((tag) => [tag.toLowerCase(), tag]));

/** Reads every filter of a configuration, by tag. What is not understood is refused with its line. */
export function collectFilters(root: XmlElement, reader: ConfigurationReader): { readonly filters: ReadonlyMap<string, EventFilters>; readonly filtering: boolean } {
  const filters = new Map<string, EventFilters>();
  const sections = root.children.filter(({ name }) => same(name, "EventFiltering"));
  for (const section of sections) {
    for (const element of section.children) {
      if (same(element.name, "RuleGroup")) for (const event of element.children) readEvent(event, relationOf(element), filters, reader);
      else readEvent(element, null, filters, reader);
    }
  }
  return { filters, filtering: sections.length > 0 };
}

function readEvent(element: XmlElement, relation: "and" | "or" | null, filters: Map<string, EventFilters>, reader: ConfigurationReader): void {
  const row = reader.nextRow();
  const tag = TAGS.get(element.name.toLowerCase());
  if (tag === undefined) {
    reader.refuse(element.line, element.name, `Sysmon has no event filter ${shown(element.name)} that Sightline knows.`, "Check its spelling, or say which event id it writes in an inventory CSV.");
    return;
  }
  const match = (element.attributes.onmatch ?? "").trim().toLowerCase();
  if (match !== "include" && match !== "exclude") {
    reader.refuse(element.line, element.name, match === "" ? "The filter has no onmatch." : `${shown(match)} is no onmatch.`, 'Write onmatch="include" or onmatch="exclude".');
    return;
  }
  const found: EventFilters = filters.get(tag) ?? { line: element.line, row, includes: [], excludes: [], includeSeen: false };
  filters.set(tag, found);
  const words = sayRules(element, relation);
  if (match === "include") found.includeSeen = true;
  if (words !== "") (match === "include" ? found.includes : found.excludes).push(words);
}

/** Rules of one filter in words. Without a relation Sysmon takes rules of the same field as alternatives, and fields together. */
function sayRules(element: XmlElement, relation: "and" | "or" | null): string {
  if (relation !== null) return element.children.map(sayRule).filter((words) => words !== "").join(relation === "and" ? " and " : "; or ");
  const byField = new Map<string, string[]>();
  for (const rule of element.children) {
    const field = same(rule.name, "Rule") ? `rule at line ${rule.line}` : rule.name;
    const words = byField.get(field) ?? [];
    words.push(sayRule(rule));
    byField.set(field, words);
  }
  const parts = [...byField.values()].map((words) => (words.length > 1 && byField.size > 1 ? `(${words.join(" or ")})` : words.join(" or ")));
  return parts.filter((words) => words !== "").join(" and ");
}

function sayRule(rule: XmlElement): string {
  if (!same(rule.name, "Rule")) return `${rule.name} ${(rule.attributes.condition ?? "is").trim() || "is"} ${shown(rule.text.trim())}`;
  const inner = rule.children.map(sayRule).filter((words) => words !== "");
  if (inner.length === 0) return "";
  const words = inner.join(relationOf(rule) === "or" ? " or " : " and ");
  return inner.length > 1 ? `(${words})` : words;
}

function relationOf({ attributes }: XmlElement): "and" | "or" | null {
  const relation = (attributes.groupRelation ?? "").trim().toLowerCase();
  return relation === "and" || relation === "or" ? relation : null;
}

function same(name: string, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}
