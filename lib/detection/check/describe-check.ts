import { counted, formatCount } from "@/lib/shared/format-number";
import { splitKind } from "@/lib/telemetry/record-kinds";
import { servedBy } from "../route/facets-of";
import type { SigmaLogsource } from "../sigma/rule-types";
import type { CheckRun, CheckedSegment, StoredCheck } from "./stored-check";

/** What is asked of a rule for its words. */
export interface DescribedRule extends SigmaLogsource {
  readonly refusal: { readonly line: number | null; readonly message: string; readonly remedy: string } | null;
}

const MOST_NAMED = 4;
const MOST_KEYS = 4;

/** Why a rule can or cannot fire in a segment, and what would change that: one or two sentences. */
export function describeCheck(rule: DescribedRule, check: Pick<StoredCheck, "state" | "hosts" | "hostsOf" | "detail">, segment: Pick<CheckedSegment, "name">): string {
  const { detail } = check;
  const stage = detail.stage === null ? "" : `It rests on "${detail.stage}". `;
  const looked = `in the ${counted(detail.examples, "example")} kept of ${counted(detail.records, "record")}`;
  const [first] = detail.lacking;
  switch (check.state) {
    case "can-fire":
      return `${kinds(detail.kinds)} ${detail.kinds.length === 1 ? "fills" : "fill"} every field that it needs, on ${formatCount(check.hosts)} of ${counted(check.hostsOf, "host")} of ${segment.name}.`;
    case "field-unmapped":
    case "field-empty":
      return `${stage}${first?.field ?? "A field"} is ${check.state === "field-empty" ? "never filled together with all else that it needs" : "under none of its names"} ${looked} of ${kinds(detail.kinds)}${others(detail.lacking.slice(1).map(({ field }) => field))}. ${check.state === "field-empty" ? "Make the sensor fill it, or choose another alternative of the rule." : "Give the rule a field that these records have, or import a field mapping."}`;
    case "key-never-seen":
      return `${stage}${detail.wanted.length > 0 ? `It asks for ${listed(detail.wanted.map(plain))}; what came is ${kinds(detail.kinds)}.` : `The log came from ${segment.name}, but never the event: ${listed(sources(rule))}.`} Either it never happened, or it is not collected.`;
    case "no-source":
      return `${stage}${sources(rule).length === 0 ? "No kind of record that Sightline reads serves its logsource." : check.hostsOf === 0 ? `${segment.name} has no hosts of the platform that it is written for.` : `No record that it is shown came from ${segment.name}: ${listed(sources(rule))} would be.`}`;
    case "refused":
      if (detail.exceeded !== undefined) return `Deciding it takes ${detail.exceeded}. Shorten it; a rule has a few kilobytes.`;
      if (detail.unset.length > 0) return `${listed(detail.unset.map((name) => `%${name}%`), ", ")} ${detail.unset.length === 1 ? "has" : "have"} no value in ${segment.name}. Give one: sightline tuning set.`;
      return `${rule.refusal?.line === null || rule.refusal === null ? "" : `Line ${rule.refusal.line}: `}${rule.refusal?.message ?? "A rule that it refers to was refused."} ${rule.refusal?.remedy ?? ""}`.trim();
  }
}

/** Whether the newest record that would serve is older than what counts as fresh, or has no time. */
export function isStale(check: Pick<StoredCheck, "state" | "detail">, run: Pick<CheckRun, "freshFrom">): boolean {
  return check.state === "can-fire" && (check.detail.newest === null || check.detail.newest < run.freshFrom);
}

/** "windows-security 4624, 4688 and macos-esf exec": keys stand together by family, at most so many of each. */
function kinds(ids: readonly string[]): string {
  const byFamily = new Map<string, string[]>();
  for (const { family, key } of ids.map(splitKind)) byFamily.set(family, [...(byFamily.get(family) ?? []), key]);
  return listed([...byFamily].map(([family, keys]) => `${family} ${some(keys)}`));
}

/** Families that could serve a logsource, with the keys it means. */
function sources(rule: SigmaLogsource): string[] {
  return servedBy(rule).map(({ family, keys }) => (keys === "*" || keys.startsWith("!") ? family : `${family} ${some(keys.split("|"))}`));
}

function some(keys: readonly string[]): string {
  return `${keys.slice(0, MOST_KEYS).join(", ")}${keys.length > MOST_KEYS ? ` (of ${keys.length})` : ""}`;
}

function others(fields: readonly string[]): string {
  return fields.length === 0 ? "" : `, nor ${fields.length === 1 ? "is" : "are"} ${listed(fields, ", ")}`;
}

/** By semicolons where the items have commas of their own. */
function listed(items: readonly string[], by = "; "): string {
  const shown = items.slice(0, MOST_NAMED);
  if (items.length > MOST_NAMED) return `${shown.join(by)} or ${items.length - MOST_NAMED} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(by)} and ${shown.at(-1) ?? ""}` : (shown[0] ?? "nothing");
}

/** A rule's words without the marks of its lists. */
function plain(wanted: string): string {
  return wanted.replace(/[[\]"]/g, "").replaceAll(",", ", ");
}
