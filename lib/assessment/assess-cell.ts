import { computeReach } from "./compute-reach";
import { decideStatus } from "./decide-status";
import type { Details } from "./intern-details";
import type { Scope } from "./open-scope";
import type { PreparedAnalytic, PreparedRequirement } from "./prepare-analytics";
import { proveRequirement, type RequirementFacts } from "./prove-requirement";
import { scoreCell } from "./score-cell";
import type { ScoringInput } from "./scoring-input";
import type { CellDetailDoc, CellResult, JoinResult } from "./scoring-result";
import { flagBits, flagsOf, MILLION, type Flag } from "./status";
import { groupTests, validationOf } from "./validation-of";

/** What the cells of one input are decided with: its tables of details, joins and tests. */
export interface Bench {
  readonly input: ScoringInput;
  readonly details: Details;
  readonly requirements: number; // different ones
  readonly joins: ReadonlyMap<string, JoinResult>; // segment, analytic, edge
  readonly tests: ReadonlyMap<string, ReturnType<typeof validationOf>>; // what they say, by segment and analytic
  readonly slates: Slate[]; // one per scope of a segment, wiped for the next
}

/** What one scope has decided, by the requirement's number. */
interface Slate {
  readonly lines: Int32Array; // position in the details, -1: not kept yet
  readonly facts: (RequirementFacts | undefined)[];
}

export function openBench(input: ScoringInput, details: Details, requirements: number): Bench {
  return { input, details, requirements, joins: new Map(input.joins.map((join) => [`${join.segment}\n${join.analytic}\n${join.edge}`, join])), tests: validations(input), slates: [] };
}

const NO_JOINS: readonly JoinResult[] = [];

/**
 * Opens a scope for deciding: status, score, reach, flags and detail of the cells of analytics that share its platforms.
 *
 * @param place of the scope among those of its segment; the one that had it before is closed
 */
export function openCells(bench: Bench, scope: Scope, place: number): (analytic: PreparedAnalytic) => CellResult {
  const { input, details } = bench;
  const { segment } = scope;
  const { lines, facts } = (bench.slates[place] ??= { lines: new Int32Array(bench.requirements), facts: new Array<RequirementFacts | undefined>(bench.requirements) });
  lines.fill(-1);
  facts.fill(undefined);

  /** Decides a requirement that was not yet. shown: its line is kept. @returns what it means */
  const decide = ({ number, own }: PreparedRequirement, shown: boolean): RequirementFacts => {
    const known = facts[number];
    if (known !== undefined && (!shown || (lines[number] ?? -1) >= 0)) return known;
    const decided = proveRequirement(scope, own);
    if (shown) lines[number] = details.keepRequirement(decided);
    return (facts[number] = decided.facts);
  };
  const show = (requirement: PreparedRequirement): number => {
    decide(requirement, true);
    return lines[requirement.number] ?? -1;
  };
  const mean = (requirement: PreparedRequirement): RequirementFacts => decide(requirement, false);

  return ({ input: analytic, position, requirements, deciding: decides, unassessable: reason, published, linked }) => {
    const own = requirements.map(show); // before the others, so that lines are numbered as they are published
    const deciding = decides.map(mean);
    const key = analytic.joins.length === 0 && bench.tests.size === 0 ? "" : `${segment.input.id}\n${analytic.id}`;
    const joins = analytic.joins.length === 0 ? NO_JOINS : analytic.joins.map(({ edge }): JoinResult => readJoin(bench, `${key}\n${edge}`, edge));
    const tested = bench.tests.size === 0 ? null : (bench.tests.get(key) ?? null);
    const test = tested?.counts ?? null;
    const { status, proven, flags } = decideStatus({ requirements: deciding, joins, unassessable: reason, tested: test !== null });
    const asPublished = published === null ? undefined : decideStatus({ requirements: published.deciding.map(mean), joins: NO_JOINS, unassessable: published.unassessable, tested: test !== null }).status;
    const shares = computeReach(deciding, joins, scope.population);
    const observed = status === "observed" || status === "validated";
    const reach = status === "unassessable" ? 0 : shares.reach;
    const narrow = proven === deciding.length && reach * 100 < input.policy.narrowPercent * MILLION;
    const doc: CellDetailDoc = { source: analytic.source, reason: reason ?? "", requirements: own, joins };
    const rare = asPublished === undefined && tested === null ? null : { ...(asPublished === undefined ? {} : { asPublished }), ...(tested === null ? {} : { validation: tested.validation }) };
    const cell: CellResult = {
      segment: segment.position,
      analytic: position,
      status,
      score: scoreCell(status, proven, deciding.length, reach),
      reach,
      flags: status === "unassessable" ? [] : cellFlags(deciding, analytic.pack?.tested === true ? [...flags, "rule-tested"] : flags, narrow),
      detail: details.keepDoc(rare === null ? doc : { ...rare, ...doc }),
      hosts: scope.population,
      weight: scope.population * segment.input.criticality,
      lower: observed ? shares.lower : 0,
      upper: status === "unassessable" ? 0 : shares.upper,
      linked,
    };
    return status === "validated" && test?.matchedIn ? { matchedIn: test.matchedIn, ...cell } : cell;
  };
}

function readJoin(bench: Bench, key: string, edge: string): JoinResult {
  const found = bench.joins.get(key);
  if (found === undefined) return { edge, state: "not-computed", because: "nobody looked" };
  const { state, witness, records, because } = found;
  return { edge, state, ...(witness === undefined ? {} : { witness }), ...(records === undefined ? {} : { records }), ...(because === undefined ? {} : { because }) };
}

const NARROW = flagBits(["narrow"]);

/** A cell shows the flags of the requirements that decide it; narrow speaks of its own reach. Unassessable cells show none. */
function cellFlags(deciding: readonly RequirementFacts[], own: readonly Flag[], narrow: boolean): readonly Flag[] {
  let flags = flagBits(own);
  for (const fact of deciding) flags |= fact.flags & ~NARROW;
  return flagsOf(narrow ? flags | NARROW : flags);
}

function validations({ tests, at, policy }: ScoringInput): Map<string, ReturnType<typeof validationOf>> {
  return new Map([...groupTests(tests, at)].map(([key, own]) => [key, validationOf(own, at, policy.validationDays)]));
}
