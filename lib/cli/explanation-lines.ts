import { counted } from "@/lib/shared/format-number";
import type { ExplainJson } from "./explain-json";

type Item = ExplainJson["items"][number];

const MOST_RECORDS = 20;
const MOST_VALUE = 120;

/** An explanation as a person reads it in a terminal: the verdict, then what decided it, then everything else. */
export function explanationLines(found: ExplainJson): string[] {
  const { rule, correlation, rules, refused } = found;
  const name = `${rule.title}${rule.author === null ? "" : ` (by ${rule.author})`}`;
  const lines = correlation === undefined ? ofRule(name, rules.find((one) => one.rule.title === rule.title && one.rule.id === rule.id)) : ofCorrelation(name, correlation);
  if (correlation !== undefined && found.items.length > 0) lines.push("", `Nearest to the missing stage: record ${found.event ?? ""}`, ...itemLines(found.items));
  const others = rules.filter((one) => correlation !== undefined || one.rule.title !== rule.title || one.rule.id !== rule.id);
  if (others.length > 0) {
    lines.push("", correlation === undefined ? "Other rules of the file:" : "Its rules:");
    for (const { rule: other, matched, seen } of others) lines.push(`  ${other.title}: ${matched} of ${counted(seen, "record")} of its logsource ${matched === 1 ? "matches" : "match"}`);
  }
  for (const { title, error } of refused) lines.push(`refused: ${title ?? "a document"}: ${error}`);
  return lines;
}

function ofRule(name: string, explained: ExplainJson["rules"][number] | undefined): string[] {
  if (explained === undefined || explained.verdict === "no-events") return [`${name}: the files hold no record to look at.`];
  const { verdict, event, kind, needed, items, seen, matched } = explained;
  const verdictLine =
    verdict === "matched"
      ? `${name}: matches ${counted(matched, "record")} of ${seen}; the first is record ${event ?? ""} (${kind ?? ""}).`
      : seen === 0
        ? `${name}: no record is of its logsource. The nearest other one is record ${event ?? ""} (${kind ?? ""}).`
        : `${name}: matches none of ${counted(seen, "record")}. The nearest is record ${event ?? ""} (${kind ?? ""}): ${counted(needed ?? 0, "item")} would have to come out otherwise.`;
  return [verdictLine, ...itemLines(items)];
}

function ofCorrelation(name: string, { fired, stages, nearestMiss, untimed, keyless, unfollowed }: NonNullable<ExplainJson["correlation"]>): string[] {
  const lines = [fired.length > 0 ? `${name}: fires ${fired.length === 1 ? "once" : `${fired.length} times`}.` : `${name}: does not fire.`];
  for (const { events, at, group } of fired.slice(0, MOST_RECORDS)) lines.push(`  records ${someOf(events)}, complete with ${at}${Object.entries(group).map(([field, value]) => `, ${field} ${value}`).join("")}`);
  lines.push("Stages:");
  for (const { rule, title, reached, records, count } of stages) lines.push(`  ${reached ? "reached" : "absent "}  ${rule}${title === rule ? "" : ` (${title})`}${reached ? `: ${counted(count, "record")}: ${someOf(records)}` : ""}`);
  if (nearestMiss !== undefined) lines.push(`Nearest miss: ${nearestMiss.kind}${nearestMiss.bySeconds === undefined ? "" : ` by ${nearestMiss.bySeconds} s`}, at ${nearestMiss.stage}.`, `  ${nearestMiss.detail}`);
  if (untimed > 0) lines.push(`${counted(untimed, "record")} of its stages ${untimed === 1 ? "has" : "have"} no usable time and took no part.`);
  if (keyless > 0) lines.push(`${counted(keyless, "record")} of its stages ${keyless === 1 ? "lacks" : "lack"} a field of group-by and ${keyless === 1 ? "stands" : "stand"} in no group.`);
  if (unfollowed > 0) lines.push(`${counted(unfollowed, "record")} ${unfollowed === 1 ? "names a process" : "name processes"} beyond those that are followed; lineages end there.`);
  return lines;
}

function itemLines(items: readonly Item[]): string[] {
  return items.map((item) => `  ${item.result ? "yes" : "no "}${item.decides ? " <" : "  "} ${item.path}: wanted ${cut(item.wanted)}, ${foundText(item)}`);
}

function foundText({ found, state, lookup }: Item): string {
  if (state === "absent") return "the field is not there";
  if (state === "anywhere") return found === null ? "no text holds it" : `found ${cut(JSON.stringify(found))}`;
  return `found ${cut(JSON.stringify(found))}${state === "empty" ? ", which says nothing" : ""}${lookup === "canonical" ? " (under another name in the record)" : ""}`;
}

function someOf(records: readonly number[]): string {
  return `${records.slice(0, MOST_RECORDS).join(", ")}${records.length > MOST_RECORDS ? ", ..." : ""}`;
}

function cut(text: string): string {
  return text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE - 1)}\u2026` : text;
}
