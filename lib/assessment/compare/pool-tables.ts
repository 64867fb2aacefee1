import type { AnalyticInput, RequirementInput, ScoringInput } from "../scoring-input";

/** The tables of two inputs behind each other, and B speaking of its part of them: parts of both can then stand in one input. */
export interface PooledTables {
  readonly tables: Pick<ScoringInput, "fieldSets" | "acceptSets" | "shapes">;
  readonly analytics: readonly AnalyticInput[]; // of B
  readonly aggregates: ScoringInput["aggregates"]; // of B
}

/** Puts the tables of B behind those of A. */
export function poolTables(a: ScoringInput, b: ScoringInput): PooledTables {
  const fields = a.fieldSets.length;
  const accepts = a.acceptSets.length;
  const shapes = a.shapes.length;
  const rebase = (requirements: readonly RequirementInput[]): RequirementInput[] => requirements.map((requirement) => ({ ...requirement, alternatives: requirement.alternatives.map((one) => ({ ...one, accepts: one.accepts + accepts })) }));
  return {
    tables: {
      fieldSets: [...a.fieldSets, ...b.fieldSets],
      acceptSets: [...a.acceptSets, ...b.acceptSets.map((set) => set.map((one) => ({ ...one, fields: one.fields + fields })))],
      shapes: [...a.shapes, ...b.shapes],
    },
    analytics: b.analytics.map((analytic) => ({ ...analytic, requirements: rebase(analytic.requirements), ...(analytic.published === undefined ? {} : { published: rebase(analytic.published) }) })),
    aggregates: b.aggregates.map((row) => ({ ...row, shape: row.shape + shapes })),
  };
}
