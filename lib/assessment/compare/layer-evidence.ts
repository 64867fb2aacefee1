import type { ScoringInput } from "../scoring-input";
import { asOf } from "./layer-records";
import { equal, keepEqual, layerItems, switchAt, type Layers } from "./layer-items";
import { LEVEL, LEVELS } from "./parts";

/** What the rest of the evidence hangs on. */
export interface EvidenceFacts {
  readonly asksAnew: ReadonlySet<string>; // analytics whose question the catalogue changed
  readonly changed: ReadonlySet<string>; // segments of which records came or went
}

type Evidence = Pick<ScoringInput, "claims" | "measurements" | "joins" | "tests" | "links" | "zoneDependent"> & { readonly quality: NonNullable<ScoringInput["quality"]> };

/**
 * Everything but the records, from A to B, a list per level. What B added counts at A's time as it does at B's. Joins, probes
 * and zones are made from the records of a window: where no record came or went, what moved that window moved them.
 */
export function layerEvidence(a: ScoringInput, b: ScoringInput, { asksAnew, changed }: EvidenceFacts): { readonly [K in keyof Evidence]: readonly (readonly Evidence[K][number][])[] } {
  const then = asOf(a.at, b.at);
  const window = a.at === b.at && a.policy.freshDays !== b.policy.freshDays ? LEVEL.policy : LEVEL.time;
  const byRecords = (segment: string): number => (changed.has(segment) ? LEVEL.evidence : window);
  const side = <T>(before: T | undefined, after: T | undefined, pick: (one: T) => number): number => (before ?? after) === undefined ? LEVEL.evidence : Math.max(...[before, after].flatMap((one) => (one === undefined ? [] : [pick(one)])));
  return {
    claims: layerItems(a.claims, b.claims, ({ kinds: _kinds, impossible: _impossible, family: _family, file: _file, ...said }) => JSON.stringify(said), (before, after) => {
      // The same words that speak of other kinds: what is asked widened or narrowed them, or what was seen did.
      if (before !== undefined && after !== undefined) return switchAt(asksAnew.size > 0 ? LEVEL.catalog : LEVEL.evidence, before, after);
      return added(before, after, (claim) => ({ ...claim, asOf: then(claim.asOf) }));
    }),
    measurements: layerItems(a.measurements, b.measurements, ({ segment, kind, query, system, version, watched }) => JSON.stringify([segment, kind, query, system, version, watched]), (before, after) => {
      const counted = before !== undefined && after !== undefined && before.asOf === after.asOf && a.policy.fillPercent !== b.policy.fillPercent && before.records === after.records;
      if (counted) return switchAt(LEVEL.policy, before, after);
      return added(before, after, (one) => ({ ...one, asOf: then(one.asOf), hosts: one.hosts.map((host) => ({ ...host, last: then(host.last) })) }));
    }),
    joins: layerItems(a.joins, b.joins, ({ segment, analytic, edge }) => `${segment}\n${analytic}\n${edge}`, (before, after) => switchAt(side(before, after, ({ analytic, segment }) => (asksAnew.has(analytic) ? LEVEL.catalog : byRecords(segment))), before, after)),
    tests: layerItems(a.tests, b.tests, ({ segment, analytic, test }) => `${segment}\n${analytic}\n${test ?? ""}`, (before, after) => added(before, after, (test) => ({ ...test, at: then(test.at), ...(test.since === undefined ? {} : { since: then(test.since) }) }))),
    links: layerItems(a.links, b.links, ({ analytic, rule }) => `${analytic}\n${rule}`, (before, after) => switchAt(LEVEL.evidence, before, after)),
    quality: layerItems(a.quality ?? [], b.quality ?? [], ({ segment, family, probe }) => `${segment}\n${family ?? ""}\n${probe}`, (before, after) => switchAt(side(before, after, ({ segment }) => byRecords(segment)), before, after)),
    zoneDependent: layerItems(a.zoneDependent, b.zoneDependent, ({ segment, kind }) => `${segment}\n${kind}`, (before, after) => switchAt(side(before, after, ({ segment }) => byRecords(segment)), before, after)),
  };
}

/** B's thing comes with the evidence, valued at A's time, and gets its own time last. */
function added<T>(before: T | undefined, after: T | undefined, atA: (item: T) => T): Layers<T> {
  if (after === undefined) return switchAt(LEVEL.evidence, before, undefined);
  const valued = atA(after);
  if (before !== undefined && equal(before, valued)) return switchAt(LEVEL.time, before, after);
  return [before, before, before, before, keepEqual(after, valued), after];
}

/** Platforms of record kinds: of known kinds as the newer tables have them, with the catalogue; of new kinds with the evidence. */
export function layerKindPlatforms(a: ScoringInput["kindPlatforms"], b: ScoringInput["kindPlatforms"]): readonly ScoringInput["kindPlatforms"][] {
  const read = keepEqual(a, Object.fromEntries(Object.entries(a).map(([kind, platforms]) => [kind, b[kind] ?? platforms])));
  const all = Object.keys(b).every((kind) => kind in read) ? read : b;
  return Array.from({ length: LEVELS }, (_, level) => (level < LEVEL.catalog ? a : level < LEVEL.evidence ? read : all));
}
