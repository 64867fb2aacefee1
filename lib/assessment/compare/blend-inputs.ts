import { ENGINE } from "../assess";
import type { ScoringInput } from "../scoring-input";
import { layerAnalytics } from "./layer-analytics";
import { layerEvidence, layerKindPlatforms } from "./layer-evidence";
import { keepEqual } from "./layer-items";
import { layerRecords } from "./layer-records";
import { LEVEL, LEVELS } from "./parts";
import { poolTables } from "./pool-tables";

export interface Blend {
  /** The input at a level: 0 is A, LEVEL.time is B, between them the groups of B up to that level and the rest of A. */
  at(level: number): ScoringInput;
  /** Whether anything that a verdict could rest on differs from the level before. */
  moves(level: number): boolean;
  readonly asksAnew: ReadonlySet<string>; // analytics that the catalogue added, changed or retired
}

/**
 * The inputs between two assessments. Each level swaps one group of A's inputs for B's; what belongs to which group is decided
 * thing by thing, so that a group that did not change moves nothing. The first and the last mean what A and B mean: only the
 * order of tables and rows differs, on which no verdict rests.
 */
export function blendInputs(a: ScoringInput, b: ScoringInput): Blend {
  const pooled = poolTables(a, b);
  const { tables } = pooled;
  const questions = layerAnalytics(tables, a.analytics, pooled.analytics, kindsOfOne(a, b));
  const records = layerRecords(tables.shapes, a.aggregates, pooled.aggregates, a, b);
  const evidence = layerEvidence(a, b, { asksAnew: questions.asksAnew, changed: records.changed });
  const platforms = layerKindPlatforms(a.kindPlatforms, b.kindPlatforms);
  const segments = keepEqual(a.segments, b.segments);
  const policy = samePolicy(a, b) ? a.policy : b.policy;
  const weights = keepEqual(a.weights, b.weights);
  const exclusions = keepEqual(a.exclusions, b.exclusions);
  const levels = Array.from({ length: LEVELS }, (_, level): ScoringInput => {
    const reached = <T>(from: number, before: T, after: T): T => (level < from ? before : after);
    const asked = reached(LEVEL.catalog, a, b);
    return {
      schema: a.schema,
      engine: ENGINE,
      at: reached(LEVEL.time, a.at, b.at),
      domains: asked.domains,
      releases: asked.releases,
      catalogDigests: asked.catalogDigests,
      ...tables,
      analytics: [...(questions.levels[level] ?? [])],
      segments: reached(LEVEL.fleet, a.segments, segments),
      policy: reached(LEVEL.policy, a.policy, policy),
      weights: reached(LEVEL.policy, a.weights, weights),
      exclusions: reached(LEVEL.policy, a.exclusions, exclusions),
      aggregates: [...(records.levels[level] ?? [])],
      claims: [...(evidence.claims[level] ?? [])],
      measurements: [...(evidence.measurements[level] ?? [])],
      joins: [...(evidence.joins[level] ?? [])],
      tests: [...(evidence.tests[level] ?? [])],
      links: [...(evidence.links[level] ?? [])],
      quality: [...(evidence.quality[level] ?? [])],
      zoneDependent: [...(evidence.zoneDependent[level] ?? [])],
      kindPlatforms: platforms[level] ?? {},
    };
  });
  const lists = [questions.levels, records.levels, platforms, ...Object.values(evidence)];
  const at = (level: number): ScoringInput => {
    const input = levels[level];
    if (input === undefined) throw new Error(`there is no level ${level} between two assessments`);
    return input;
  };
  return {
    at,
    moves: (level) => {
      const [now, before] = [at(level), at(level - 1)];
      const groups = now.at !== before.at || now.segments !== before.segments || now.policy !== before.policy || now.weights !== before.weights || now.exclusions !== before.exclusions;
      return groups || lists.some((list) => list[level] !== list[level - 1]);
    },
    asksAnew: questions.asksAnew,
  };
}

/** A version is a name: two versions of the same thresholds decide alike. */
function samePolicy(a: ScoringInput, b: ScoringInput): boolean {
  return JSON.stringify({ ...a.policy, version: 0 }) === JSON.stringify({ ...b.policy, version: 0 });
}

/** Record kinds that the evidence of one of the two speaks of, and that of the other does not. */
function kindsOfOne(a: ScoringInput, b: ScoringInput): ReadonlySet<string> {
  const spoken = ({ aggregates, claims, measurements }: ScoringInput): Set<string> => new Set([...aggregates.map(({ kind }) => kind), ...claims.flatMap(({ kinds }) => kinds), ...measurements.map(({ kind }) => kind)]);
  const [inA, inB] = [spoken(a), spoken(b)];
  return new Set([...inA].filter((kind) => !inB.has(kind)).concat([...inB].filter((kind) => !inA.has(kind))));
}
