import { counted, formatCount } from "@/lib/shared/format-number";
import { DAY_MS, HOUR_MS } from "../instants";
import type { ScoringInput } from "../scoring-input";
import type { Part } from "./parts";

/** What differs between two inputs, group by group, as lines that stand alone. A group without a line did not change. */
export type InputLines = Readonly<Record<Part, readonly string[]>>;

/**
 * @param engines that decided A and B, and today's
 * @param asksAnew analytics whose question changed, added and retired ones too (blendInputs)
 */
export function describeInputs(a: ScoringInput, b: ScoringInput, engines: { readonly a: string; readonly b: string; readonly now: string }, asksAnew: ReadonlySet<string>): InputLines {
  return { engine: sayEngine(engines), catalog: sayCatalog(a, b, asksAnew), fleet: sayFleet(a, b), policy: sayPolicy(a, b), evidence: sayEvidence(a, b), time: sayTime(a.at, b.at) };
}

function sayEngine({ a, b, now }: { readonly a: string; readonly b: string; readonly now: string }): string[] {
  if (a === b && a === now) return [];
  return a === b ? [`Both were decided by ${a}, compared by ${now}`] : [`${a} to ${b}`];
}

function sayCatalog(a: ScoringInput, b: ScoringInput, asksAnew: ReadonlySet<string>): string[] {
  const domains = [...new Set([...Object.keys(a.releases), ...Object.keys(b.releases)])].sort();
  const releases = domains.flatMap((domain) => (a.releases[domain] === b.releases[domain] ? [] : [`ATT&CK ${domain} ${a.releases[domain] ?? "none"} to ${b.releases[domain] ?? "none"}`]));
  const [known, now] = [new Set(a.analytics.map(({ id }) => id)), new Set(b.analytics.map(({ id }) => id))];
  const added = [...now].filter((id) => !known.has(id)).length;
  const retired = [...known].filter((id) => !now.has(id)).length;
  const packs = difference(a.analytics.flatMap(({ pack }) => (pack ? [`${pack.id} ${pack.version}`] : [])), b.analytics.flatMap(({ pack }) => (pack ? [`${pack.id} ${pack.version}`] : [])));
  const overrides = difference((a.overrides ?? []).map(({ scope, version }) => `${scope} ${version}`), (b.overrides ?? []).map(({ scope, version }) => `${scope} ${version}`));
  return [...releases, ...line(added, "analytic", "added"), ...line(retired, "analytic", "retired"), ...line(asksAnew.size - added - retired, "analytic", "asked anew"), ...sayDifference(packs, "pack"), ...sayDifference(overrides, "override", "of a reading")];
}

function sayFleet(a: ScoringInput, b: ScoringInput): string[] {
  const before = new Map(a.segments.map((segment) => [segment.id, segment]));
  const lines: string[] = [];
  for (const { id, name, assets, criticality, platforms, roster } of b.segments) {
    const old = before.get(id);
    before.delete(id);
    if (old === undefined) lines.push(`${name} is new, ${counted(assets, "host")}`);
    else {
      if (old.assets !== assets) lines.push(`${name}: ${formatCount(old.assets)} to ${counted(assets, "host")}`);
      if (old.criticality !== criticality) lines.push(`${name}: criticality ${old.criticality} to ${criticality}`);
      if (JSON.stringify(old.platforms) !== JSON.stringify(platforms)) lines.push(`${name}: other platforms or hosts per platform`);
      if (JSON.stringify(old.roster) !== JSON.stringify(roster)) lines.push(`${name}: ${old.roster === null ? "a roster came" : roster === null ? "the roster went" : "another roster"}`);
    }
  }
  return [...lines, ...[...before.values()].map(({ name }) => `${name} is no longer part of the fleet`)];
}

function sayPolicy(a: ScoringInput, b: ScoringInput): string[] {
  const before: Readonly<Record<string, unknown>> = a.policy;
  const settings = Object.entries(b.policy).flatMap(([key, value]) => (key === "version" || before[key] === value ? [] : [`${key} ${String(before[key])} to ${String(value)}`]));
  const weights = JSON.stringify(a.weights) === JSON.stringify(b.weights) ? [] : [`weights ${a.weights.profile} v${a.weights.version} to ${b.weights.profile} v${b.weights.version}`];
  const exclusions = difference(a.exclusions.map((one) => JSON.stringify(one)), b.exclusions.map((one) => JSON.stringify(one)));
  return [...settings, ...weights, ...sayDifference(exclusions, "exclusion")];
}

function sayEvidence(a: ScoringInput, b: ScoringInput): string[] {
  const files = ({ aggregates }: ScoringInput): string[] => [...new Set(aggregates.map(({ dataset }) => dataset))];
  const claims = ({ claims: said }: ScoringInput): string[] => said.map(({ kinds: _kinds, impossible: _impossible, family: _family, file: _file, ...words }) => JSON.stringify(words));
  const measured = ({ measurements }: ScoringInput): string[] => measurements.filter(({ watched }) => watched !== true).map(({ segment, kind, query, system, version }) => JSON.stringify([segment, kind, query, system, version]));
  const runs = ({ tests }: ScoringInput): string[] => tests.map(({ segment, analytic, test, passed, since }) => JSON.stringify([segment, analytic, test, passed, since]));
  return [
    ...sayDifference(difference(files(a), files(b)), "sample file"),
    ...sayDifference(difference(claims(a), claims(b)), "claim"),
    ...sayDifference(difference(measured(a), measured(b)), "measurement"),
    ...sayDifference(difference(runs(a), runs(b)), "test result"),
    ...sayDifference(difference(a.links.map(({ analytic, rule }) => `${analytic} ${rule}`), b.links.map(({ analytic, rule }) => `${analytic} ${rule}`)), "linked rule"),
  ];
}

function sayTime(a: number, b: number): string[] {
  if (a === b) return [];
  const length = Math.abs(b - a);
  const text = length < DAY_MS ? counted(Math.max(1, Math.round(length / HOUR_MS)), "hour") : counted(Math.round(length / DAY_MS), "day");
  return [`T is ${text} ${b > a ? "later" : "earlier"}`];
}

interface Difference {
  readonly added: number;
  readonly gone: number;
}

function difference(before: readonly string[], after: readonly string[]): Difference {
  const [known, now] = [new Set(before), new Set(after)];
  return { added: [...now].filter((one) => !known.has(one)).length, gone: [...known].filter((one) => !now.has(one)).length };
}

function sayDifference({ added, gone }: Difference, what: string, of = ""): string[] {
  return [...line(added, what, `${of === "" ? "" : `${of} `}added`), ...line(gone, what, `${of === "" ? "" : `${of} `}gone`)];
}

function line(count: number, what: string, verb: string): string[] {
  return count > 0 ? [`${counted(count, what)} ${verb}`] : [];
}
