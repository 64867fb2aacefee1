import { isCovered } from "@/lib/detection/check/complete-checks";
import { describeCheck, isStale } from "@/lib/detection/check/describe-check";
import { FOUND_STATES, type FoundByRule, type FoundState } from "@/lib/detection/check/found-by-rule";
import { rulePopulation } from "@/lib/detection/check/rule-population";
import { NOTHING_FOUND, type CheckedSegment, type CheckRun, type StoredCheck } from "@/lib/detection/check/stored-check";
import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { SigmaLogsource } from "@/lib/detection/sigma/rule-types";
import { packLines, type PackedLines } from "@/lib/shared/packed-lines";

/** What a rule can do in a segment, as pages draw it: other-platform has no source because the segment has no such hosts. */
export type ShownState = FoundState | "other-platform";
/** Best first; the position is how rows carry it. */
export const SHOWN_STATES: readonly ShownState[] = [...FOUND_STATES, "other-platform"];

/** A rule in the table: per segment of the view the position of its state among the view's, as one digit. */
export interface CheckLine {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly product: string;
  readonly category: string; // else the service
  readonly source: string;
  readonly author: string;
  readonly serves: readonly string[]; // analytics
  readonly states: string;
  readonly before: string | null; // the same of the run before; null: nothing changed, or it was not looked at then
  readonly field: string; // the first that stands in the way anywhere
}

/** Rules by the tens of thousands, as a page sends them: components/check/unpack-checks.ts reads them. */
export type PackedChecks = PackedLines<keyof CheckLine>;

export interface CheckView {
  readonly states: readonly ShownState[]; // by the digits of rules, best first
  readonly at: string;
  readonly before: string | null; // time of the run that changes are told against
  readonly segments: readonly Pick<CheckedSegment, "id" | "name" | "records" | "examples" | "unlooked">[];
  readonly rules: PackedChecks;
  readonly unchecked: number; // rules that came or changed after the run
}

/** A run, and its rows of one rule. */
export interface RunRows {
  readonly run: CheckRun;
  readonly rows: readonly StoredCheck[];
}

/** What a run found of all rules, in the segments that a reader may see. */
export interface RunFound {
  readonly run: CheckRun;
  readonly found: FoundByRule;
}

/**
 * Rules against segments as the newest run found them.
 *
 * @param served analytics of rules that serve others than those they are linked to
 * @param visible the segments that the reader may see
 */
export function buildCheckView(now: RunFound, before: RunFound | null, rules: readonly RuleHead[], served: ReadonlyMap<string, readonly string[]>, visible: (segmentId: string) => boolean): CheckView {
  const segments = now.run.segments.filter(({ id }) => visible(id));
  const position = new Map(segments.map(({ id }, i) => [id, i]));
  const digitsOf = (found: FoundByRule | undefined, rule: string): string[] | undefined => {
    const row = found?.get(rule);
    if (row === undefined) return undefined;
    const own: string[] = [];
    for (const [i, segment] of row.segments.entries()) {
      const at = position.get(segment);
      const state = row.states[i];
      if (at !== undefined && state !== undefined) own[at] = digit(state);
    }
    return own;
  };
  // What a rule has without a row follows from its logsource alone, and there are few of those.
  const bare = new Map<string, readonly string[]>();
  const without = (logsource: SigmaLogsource): readonly string[] => {
    const key = JSON.stringify([logsource.product, logsource.category, logsource.service]);
    const known = bare.get(key) ?? segments.map((segment) => digit(rulePopulation(logsource, segment) === 0 ? "other-platform" : "no-source"));
    bare.set(key, known);
    return known;
  };
  const looked = new Set(before?.run.segments.map(({ id }) => id) ?? []);
  const covered = rules.filter((rule) => rule.kind !== "filter" && isCovered(now.run, rule));
  return {
    states: SHOWN_STATES,
    at: now.run.at,
    before: before?.run.at ?? null,
    segments: segments.map(({ id, name, records, examples, unlooked }) => ({ id, name, records, examples, unlooked })),
    rules: packChecks(covered.map((rule) => {
      const none = without(rule);
      const join = (own: readonly string[] | undefined): string => none.map((one, i) => own?.[i] ?? one).join("");
      const states = join(digitsOf(now.found, rule.id));
      // A segment or rule that the run before did not know changed nothing.
      const known = before !== null && rule.firstSeenAt <= before.run.at;
      const past = known ? [...join(digitsOf(before?.found, rule.id))].map((one, i) => (looked.has(segments[i]?.id ?? "") ? one : (states[i] ?? one))).join("") : states;
      return {
        id: rule.id, title: rule.title, level: rule.level ?? "", product: rule.product ?? "", category: rule.category ?? rule.service ?? "", source: rule.source, author: rule.author ?? "",
        serves: served.get(rule.id) ?? rule.accepted, states, before: past === states ? null : past, field: now.found.get(rule.id)?.field ?? "",
      };
    })),
    unchecked: rules.filter(({ kind }) => kind !== "filter").length - covered.length,
  };
}

function packChecks(lines: readonly CheckLine[]): PackedChecks {
  return packLines(lines, {
    id: ({ id }) => id,
    title: ({ title }) => title,
    level: ({ level }) => level,
    product: ({ product }) => product,
    category: ({ category }) => category,
    source: ({ source }) => source,
    author: ({ author }) => author,
    serves: ({ serves }) => serves.join(" "),
    states: ({ states }) => states,
    before: ({ before }) => before ?? "",
    field: ({ field }) => field,
  });
}

function digit(state: ShownState): string {
  return String(SHOWN_STATES.indexOf(state));
}

/** Where one rule can fire, on its own page. */
export interface RuleCheckView {
  readonly at: string;
  readonly covered: boolean; // false: the rule came or changed after the run
  readonly segments: readonly { readonly id: string; readonly name: string; readonly state: ShownState; readonly hosts: number; readonly of: number; readonly newest: string | null; readonly why: string; readonly before: ShownState | null }[]; // best first; before: what it was, where it changed
}

export function buildRuleCheckView(now: RunRows, before: RunRows | null, rule: StoredRule, visible: (segmentId: string) => boolean): RuleCheckView {
  const covered = isCovered(now.run, rule);
  const rowIn = ({ rows }: RunRows, segment: string): StoredCheck | undefined => rows.find((row) => row.segmentId === segment && row.ruleId === rule.id);
  const shown = (run: CheckRun, row: StoredCheck | undefined, of: number): ShownState => (row === undefined ? (of === 0 ? "other-platform" : "no-source") : isStale(row, run) ? "stale" : row.state);
  const segments = now.run.segments.filter(({ id }) => covered && visible(id)).map((segment) => {
    const row = rowIn(now, segment.id);
    const check = row ?? { state: "no-source" as const, hosts: 0, hostsOf: rulePopulation(rule, segment), detail: NOTHING_FOUND };
    const state = shown(now.run, row, check.hostsOf);
    const known = before !== null && rule.firstSeenAt <= before.run.at && before.run.segments.some(({ id }) => id === segment.id);
    const was = known ? shown(before.run, rowIn(before, segment.id), check.hostsOf) : state;
    return { id: segment.id, name: segment.name, state, hosts: check.hosts, of: check.hostsOf, newest: check.detail.newest, why: describeCheck(rule, check, segment), before: was === state ? null : was };
  });
  return { at: now.run.at, covered, segments: segments.sort((a, b) => SHOWN_STATES.indexOf(a.state) - SHOWN_STATES.indexOf(b.state) || (a.name < b.name ? -1 : 1)) };
}
