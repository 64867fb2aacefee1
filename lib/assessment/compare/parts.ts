/**
 * The groups of inputs that can move a verdict, in the fixed order in which a comparison swaps them (design, section 7, What
 * changed). engine: Sightline's own rules; catalog: what is asked (releases, packs, overrides of readings); fleet: segments and
 * rosters; policy: thresholds, weights, exclusions; evidence: records, claims, measurements, joins, tests, links; time: T, and
 * what its passing does to evidence that was there before.
 */
export const PARTS = ["engine", "catalog", "fleet", "policy", "evidence", "time"] as const;
export type Part = (typeof PARTS)[number];

/** Positions of the inputs between A and B: LEVEL.policy is A with catalogue, fleet and policy of B. A itself is 0. */
export const LEVEL = { catalog: 1, fleet: 2, policy: 3, evidence: 4, time: 5 } as const satisfies Record<Exclude<Part, "engine">, number>;
export const LEVELS = 6;

/**
 * The stands of a comparison in order: A as it was stored, A by today's engine, then A with catalogue, fleet, policy, evidence
 * and time of B (which is B by today's engine), B as it was stored.
 */
export const STANDS = 8;

/** Position in PARTS of the group that leads to a stand from the one before: both ends are the engine's. */
export function partOfStand(stand: number): number {
  return stand === 1 || stand === STANDS - 1 ? PARTS.indexOf("engine") : stand - 2 + LEVEL.catalog;
}
