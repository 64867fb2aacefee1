import { foldHost } from "@/lib/shared/host-name";
import { digestOf } from "@/lib/shared/digest";
import type { RuleMatcher } from "./match-rules";
import type { ListedAlert, ListedRule } from "./siem-types";
import type { SiemAlertDraft, SiemRuleDraft, SiemRuleRow } from "./stored-siem";

export interface PlannedRule {
  readonly change: "new" | "changed" | "same";
  readonly draft: SiemRuleDraft;
}

export interface SiemPlan {
  readonly rules: readonly PlannedRule[];
  readonly removed: readonly SiemRuleRow[]; // listed before, not now
  readonly alerts: readonly SiemAlertDraft[]; // each id once
  readonly repeated: readonly string[]; // ids that stand in the list more than once: the last row counts
  readonly unlisted: readonly string[]; // rules of alerts that no list of this system holds
}

/** What is stored of a system, and what was read of it now. */
export interface SiemReading {
  readonly system: string;
  readonly known: readonly SiemRuleRow[];
  readonly rules: readonly ListedRule[] | null; // null: no list of rules was given, those that are stored stay
  readonly alerts: readonly ListedAlert[];
  readonly matcher: RuleMatcher;
}

/**
 * What importing lists of one system changes. A list of rules is all of the system's: those it no longer holds go. What a list does not
 * say about the last run or alert stays as known, and alerts move the last alert on.
 */
export function planSiemImport({ system, known, rules, alerts, matcher }: SiemReading): SiemPlan {
  const stored = new Map(known.map((row) => [row.externalId, row]));
  const listed = new Map<string, ListedRule>();
  const repeated = new Set<string>();
  for (const rule of rules ?? []) {
    if (listed.has(rule.externalId)) repeated.add(rule.externalId);
    listed.set(rule.externalId, rule);
  }
  const lastAlerts = new Map<string, number>();
  for (const { rule, at } of alerts) lastAlerts.set(rule, Math.max(at, lastAlerts.get(rule) ?? -Infinity));

  const drafts = rules === null ? known.map((row): SiemRuleDraft => ({ ...row, lastAlert: later(row.lastAlert, lastAlerts.get(row.name)) })) : [...listed.values()].map((rule) => draftOf(system, rule, stored.get(rule.externalId), matcher, lastAlerts));
  const planned = drafts.map((draft): PlannedRule => {
    const before = stored.get(draft.externalId);
    return { draft, change: before === undefined ? "new" : digestOf(factsOf(before)) === digestOf(factsOf(draft)) ? "same" : "changed" };
  });
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const found = new Map<string, SiemAlertDraft>();
  const unlisted = new Set<string>();
  for (const { rule, host, at, id } of alerts) {
    const listing = byName.get(rule);
    if (listing === undefined) unlisted.add(rule);
    const alertId = id ?? digestOf([rule, foldHost(host), at]);
    found.set(alertId, { system, alertId, ruleName: rule, ruleId: listing?.ruleId ?? matcher.byName(rule), host, hostKey: foldHost(host), at });
  }
  return { rules: planned, removed: rules === null ? [] : known.filter(({ externalId }) => !listed.has(externalId)), alerts: [...found.values()], repeated: [...repeated], unlisted: [...unlisted] };
}

function draftOf(system: string, rule: ListedRule, before: SiemRuleRow | undefined, matcher: RuleMatcher, lastAlerts: ReadonlyMap<string, number>): SiemRuleDraft {
  const { externalId, name, enabled, schedule, query, tags } = rule;
  // What somebody decided by hand outlives every list.
  const match = before?.matchedBy === "hand" ? { ruleId: before.ruleId, matchedBy: "hand" as const } : matcher.byRule(rule);
  return { system, externalId, name, ...match, enabled, schedule, lastRun: later(before?.lastRun ?? null, rule.lastRun), lastAlert: later(later(before?.lastAlert ?? null, rule.lastAlert), lastAlerts.get(name)), query, tags: [...tags] };
}

function later(a: number | null, b: number | null | undefined): number | null {
  return b === null || b === undefined ? a : a === null ? b : Math.max(a, b);
}

function factsOf({ name, ruleId, matchedBy, enabled, schedule, lastRun, lastAlert, query, tags }: SiemRuleDraft) {
  return { name, ruleId, matchedBy, enabled, schedule, lastRun, lastAlert, query, tags: [...tags] };
}
