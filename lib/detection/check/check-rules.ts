import type { RecordKindId } from "@/lib/telemetry/types";
import { fieldsByRule } from "../correlate/take-match";
import { viewRecord } from "../evaluate/rule-view";
import { sourceOf, type RecordSource } from "../route/source-of";
import type { LinkedRule, RuleSet } from "../sigma/link-rules";
import { checkCorrelations } from "./check-correlations";
import type { LackingField, SegmentSample, Verdict } from "./check-types";
import { countHosts, note, type HostCounts, type SeenProfile } from "./count-hosts";
import { profileRecord, type RecordProfile } from "./record-profile";
import { routeSources } from "./route-sources";
import { wantedKeys, weighDemands } from "./weigh-demands";

/** Verdicts on one segment, in the order of the rules and of the correlations of the set. */
export interface SegmentVerdicts {
  readonly rules: readonly Verdict[];
  readonly correlations: readonly Verdict[];
}

/** A rule, or a rule as a correlation asks it: with the fields that it groups by or counts. */
interface Subject {
  readonly position: number; // of the rule in the set
  readonly rule: LinkedRule;
  readonly extra: readonly string[];
}

interface Met extends SeenProfile {
  readonly profile: RecordProfile;
  readonly subjects: readonly number[];
  readonly lacks: readonly (readonly string[] | null)[]; // aligned with subjects
}

/** What a check tells while it works, and what it leaves out. */
export interface CheckWatch {
  /** Before each time a rule is prepared or weighed, with its position in the set; -1 between them. It may not come back. */
  readonly onRule: (rule: number) => void;
  readonly stopped: ReadonlySet<number>; // rules that took too much before: refused
}

const NOBODY: CheckWatch = { onRule: () => {}, stopped: new Set() };
const NO_HOSTS: ReadonlySet<string> = new Set();
const MOST_REMEMBERED = 20_000; // profiles, over all segments
const MOST_KINDS = 20;

/**
 * Decides for every rule whether the records of a segment could ever make it match: what their kinds are and which fields they fill, not
 * what stands in them. Compiled once, asked once per segment.
 *
 * A rule is judged record by record (fields that are filled only in different records help nobody), on the examples kept of each kind and
 * fill shape; hosts are those of all records of a shape when every example of it would do, else those of the examples that would.
 */
export function prepareCheck(set: RuleSet, { onRule, stopped }: CheckWatch = NOBODY) {
  const fed = [...fieldsByRule(set.correlations)];
  const subjects: Subject[] = [...set.rules.map((rule, position) => ({ position, rule, extra: [] })), ...fed.flatMap(([position, extra]) => set.rules.slice(position, position + 1).map((rule) => ({ position, rule, extra })))];
  const fedBy = new Map(fed.map(([rule], i) => [rule, set.rules.length + i]));
  const lacks = subjects.map(({ position, rule, extra }) => {
    onRule(position);
    return stopped.has(position) ? null : weighDemands(rule, extra);
  });
  onRule(-1);
  const routing = routeSources(subjects.map(({ rule }) => rule), subjects.map(({ rule, extra }) => [...rule.fields, ...extra]));
  const remembered = new Map<string, Met["lacks"]>();

  const weigh = (profile: RecordProfile, asking: readonly number[]): Met["lacks"] => {
    const known = remembered.get(profile.id);
    if (known !== undefined) return known;
    const found = asking.map((subject) => {
      onRule(subjects[subject]?.position ?? -1);
      return lacks[subject]?.(profile) ?? null;
    });
    onRule(-1);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(profile.id, found);
    return found;
  };

  return (sample: SegmentSample): SegmentVerdicts => {
    const met = new Map<string, Met>();
    const sources: RecordSource[] = [];
    for (const { series, host, record } of sample.examples) {
      const view = viewRecord(record);
      const source = sourceOf(record, view);
      sources.push(source);
      const route = routing.routeOf(source);
      if (route.rules.length === 0) continue;
      const profile = profileRecord(record, view, host, route.id, route.fields);
      const known = met.get(profile.id) ?? { number: met.size, profile, subjects: route.rules, lacks: weigh(profile, route.rules), series: new Map() };
      met.set(profile.id, known);
      note(known, series, host);
    }
    const present = routing.present(sources);
    const hostsOf = countHosts(sample);
    const findings = subjects.map((): Finding => ({ fits: [], best: null, others: [] }));
    for (const one of met.values()) for (const [i, subject] of one.subjects.entries()) sortIn(findings[subject], one, one.lacks[i] ?? null);
    const verdicts = findings.map((finding, i) => (lacks[i] === null ? REFUSED : decide(finding, present.has(routing.groupOf[i] ?? -1), subjects[i]?.rule, hostsOf)));
    return { rules: verdicts.slice(0, set.rules.length), correlations: checkCorrelations(set, (rule) => verdicts[fedBy.get(rule) ?? rule]) };
  };
}

interface Finding {
  readonly fits: Met[];
  best: { readonly lack: readonly string[]; readonly met: Met; readonly near: Met[] } | null;
  readonly others: Met[]; // of another event
}

function sortIn(finding: Finding | undefined, met: Met, lack: readonly string[] | null): void {
  if (finding === undefined) return;
  if (lack === null) finding.others.push(met);
  else if (lack.length === 0) finding.fits.push(met);
  else if (finding.best === null || lack.length < finding.best.lack.length) finding.best = { lack, met, near: [met] };
  else if (lack.length === finding.best.lack.length) finding.best.near.push(met);
}

const NOTHING = { lacking: [], hosts: NO_HOSTS, records: 0, newest: null, examples: 0, wanted: [], stage: null };
const REFUSED: Verdict = { ...NOTHING, state: "refused", kinds: [] };

function decide({ fits, best, others }: Finding, present: boolean, rule: LinkedRule | undefined, hostsOf: HostCounts): Verdict {
  if (fits.length > 0) return { ...NOTHING, state: "can-fire", kinds: kindsOf(fits), ...hostsOf(fits) };
  if (best !== null) {
    const same = best.near.filter(({ profile }) => profile.kind === best.met.profile.kind);
    const lacking = best.lack.map((field) => judge(field, same)).sort((a, b) => Number(b.state === "field-unmapped") - Number(a.state === "field-unmapped"));
    return { ...NOTHING, state: lacking[0]?.state ?? "field-empty", lacking, kinds: kindsOf(best.near), ...hostsOf(best.near), hosts: NO_HOSTS };
  }
  const [first] = others;
  if (first === undefined || rule === undefined) return { ...NOTHING, state: present ? "key-never-seen" : "no-source", kinds: [] };
  return { ...NOTHING, state: "key-never-seen", kinds: kindsOf(others), ...hostsOf(others), hosts: NO_HOSTS, wanted: wantedKeys(rule, first.profile) };
}

function judge(field: string, near: readonly Met[]): LackingField {
  return { field: field.slice(field.lastIndexOf("|") + 1), state: near.every(({ profile }) => profile.state(field) === "absent") ? "field-unmapped" : "field-empty" };
}

function kindsOf(found: readonly Met[]): RecordKindId[] {
  return [...new Set(found.map(({ profile }) => profile.kind))].sort().slice(0, MOST_KINDS);
}
