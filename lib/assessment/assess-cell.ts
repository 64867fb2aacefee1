import { computeReach } from "./compute-reach";
import { criticalOf, decideStatus } from "./decide-status";
import { DAY_MS } from "./instants";
import type { Scope } from "./open-scope";
import { proveRequirement } from "./prove-requirement";
import { scoreCell } from "./score-cell";
import type { AnalyticInput, RequirementInput, ScoringInput } from "./scoring-input";
import type { CellDetailDoc, CellResult, JoinResult, RequirementResult } from "./scoring-result";
import { FLAGS, MILLION, type Flag } from "./status";

/** Requirement lines and cell details of one assessment, each kept once, and what is looked up by analytic or cell. */
export interface Details {
  readonly requirements: RequirementResult[];
  readonly docs: CellDetailDoc[];
  /** The result of a requirement in a scope and its position in requirements. */
  prove(scope: Scope, requirement: RequirementInput): number;
  intern(doc: CellDetailDoc): number;
  /** Why nobody can assess the analytic; null when it can be. */
  unassessable(analytic: AnalyticInput): string | null;
  readonly input: ScoringInput;
  readonly joins: ReadonlyMap<string, JoinResult>; // segment, analytic, edge
  readonly tests: ReadonlyMap<string, ScoringInput["tests"][number]>; // the newest that counts, by segment and analytic
  readonly linked: ReadonlySet<string>;
}

/** Opens the interning tables. Requirements that are equal in two analytics are decided once per scope. */
export function openDetails(input: ScoringInput): Details {
  const requirements: RequirementResult[] = [];
  const docs: CellDetailDoc[] = [];
  const requirementIds = new Map<string, number>();
  const docIds = new Map<string, number>();
  const shapes = new Map<string, number>();
  const shapeOf = new Map<RequirementInput, number>();
  for (const analytic of input.analytics) for (const requirement of analytic.requirements) shapeOf.set(requirement, idOf(shapes, JSON.stringify(requirement)));
  const reasons = new Map(input.analytics.map((analytic) => [analytic, whyUnassessable(analytic)]));
  const decided = new WeakMap<Scope, Map<number, number>>();
  return {
    requirements,
    docs,
    prove(scope, requirement) {
      let memory = decided.get(scope);
      if (!memory) decided.set(scope, (memory = new Map()));
      const shape = shapeOf.get(requirement) ?? -1;
      const known = memory.get(shape);
      if (known !== undefined) return known;
      const result = proveRequirement(scope, requirement);
      // Lines with records differ from segment to segment; the others recur and are kept once.
      const id = result.alternatives.some((line) => line.kind !== null) ? requirements.length : idOf(requirementIds, keyOf(shape, result), requirements.length);
      if (id === requirements.length) requirements.push(result);
      memory.set(shape, id);
      return id;
    },
    intern(doc) {
      const id = idOf(docIds, doc.joins.length === 0 ? `${doc.source}\n${doc.requirements.join(",")}\n${doc.reason}` : JSON.stringify(doc));
      if (id === docs.length) docs.push(doc);
      return id;
    },
    unassessable: (analytic) => reasons.get(analytic) ?? null,
    input,
    joins: new Map(input.joins.map((join) => [`${join.segment}\n${join.analytic}\n${join.edge}`, join])),
    tests: latestTests(input),
    linked: new Set(input.links.map((link) => link.analytic)),
  };
}

const NO_JOINS: readonly JoinResult[] = [];

/** Decides one applicable cell: status, score, reach, flags, detail. */
export function assessCell(details: Details, scope: Scope, analytic: AnalyticInput, position: number): CellResult {
  const { segment } = scope;
  const key = analytic.joins.length === 0 && details.tests.size === 0 ? "" : `${segment.input.id}\n${analytic.id}`;
  const lines = analytic.requirements.map((requirement) => details.prove(scope, requirement));
  const results = lines.map((line) => details.requirements[line]).filter((result) => result !== undefined);
  const joins = analytic.joins.length === 0 ? NO_JOINS : analytic.joins.map(({ edge }): JoinResult => {
    const found = details.joins.get(`${key}\n${edge}`);
    return { edge, state: found?.state ?? "not-computed", ...(found?.witness === undefined ? {} : { witness: found.witness }) };
  });
  const reason = details.unassessable(analytic);
  const test = details.tests.size === 0 ? undefined : details.tests.get(key);
  const verdict = decideStatus({ requirements: results, joins, unassessable: reason, tested: test !== undefined });
  const shares = computeReach(results, joins, scope.population);
  const observed = verdict.status === "observed" || verdict.status === "validated";
  const reach = verdict.status === "unassessable" ? 0 : shares.reach;
  return {
    segment: segment.position,
    analytic: position,
    status: verdict.status,
    score: scoreCell(verdict.status, verdict.proven, verdict.critical, reach),
    reach,
    flags: verdict.status === "unassessable" ? [] : cellFlags(results, verdict.flags, verdict.proven === verdict.critical && reach * 100 < details.input.policy.narrowPercent * MILLION),
    detail: details.intern({ source: analytic.source, reason: reason ?? "", requirements: lines, joins }),
    ...(verdict.status === "validated" && test ? { matchedIn: test.matchedIn } : {}),
    hosts: scope.population,
    weight: scope.population * segment.input.criticality,
    lower: observed ? shares.lower : 0,
    upper: verdict.status === "unassessable" ? 0 : shares.upper,
    linked: details.linked.has(analytic.id),
  };
}

/** "No reference and no curated requirement, or a critical requirement whose component has no carrier on this platform." */
function whyUnassessable(analytic: AnalyticInput): string | null {
  if (analytic.requirements.every((requirement) => requirement.alternatives.length === 0)) return "The analytic names no log source, so nobody can say what would prove it.";
  const without = criticalOf(analytic.requirements).find((requirement) => !requirement.carrier);
  if (!without) return null;
  return `No record of this platform carries ${without.component.name} (${without.component.id})${without.noCarrier ? `: ${without.noCarrier}` : "."}`;
}

/** A cell shows the flags of the requirements that decide it; narrow speaks of its own reach. Unassessable cells show none. */
function cellFlags(results: readonly RequirementResult[], own: readonly Flag[], narrow: boolean): Flag[] {
  const flags: Flag[] = [...own];
  for (const result of criticalOf(results)) for (const flag of result.flags) if (flag !== "narrow" && !flags.includes(flag)) flags.push(flag);
  if (narrow) flags.push("narrow");
  return flags.length < 2 ? flags : FLAGS.filter((flag) => flags.includes(flag));
}

function latestTests(input: ScoringInput): Map<string, ScoringInput["tests"][number]> {
  const latest = new Map<string, ScoringInput["tests"][number]>();
  for (const test of input.tests) {
    if (!test.passed || test.at > input.at || test.at < input.at - input.policy.validationDays * DAY_MS) continue;
    const key = `${test.segment}\n${test.analytic}`;
    const known = latest.get(key);
    if (!known || test.at > known.at || (test.at === known.at && test.matchedIn === "engine")) latest.set(key, test);
  }
  return latest;
}

/** Requirements without records are the same line when they say the same. The words of a requirement stand in its number already. */
function keyOf(requirement: number, result: RequirementResult): string {
  return `${requirement}|${result.best}|${result.flags.join(",")}|${result.alternatives.map((line) => `${line.evidence},${line.claimed},${line.claimedHosts},${line.why.text}`).join("|")}`;
}

function idOf(ids: Map<string, number>, key: string, next = ids.size): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, next);
  return next;
}
