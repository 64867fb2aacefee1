import type { BoundSource, Naming } from "../bind-source";
import type { CorrelationPlan } from "../correlations/plan-correlation";
import type { Dialect, Predicate, RenderOptions, TargetId } from "../query-types";

/** A query language: one file per target beside this one. */
export interface QueryTarget extends Naming {
  readonly id: TargetId;
  /** Of the file that a query is saved as, without a dot. */
  readonly extension: string;
  /** What holds of every query of this target. */
  readonly about: readonly string[];
  readonly dialect: (source: BoundSource) => Dialect;
  /** The whole query for one rule. */
  render(predicate: Predicate, source: BoundSource, dialect: Dialect, options: RenderOptions): string;
  /** The whole query for a correlation; null where windows cannot slide. @throws QueryRefusal */
  readonly correlate: ((plan: CorrelationPlan) => string) | null;
  /** Longest query that the platform takes, in characters; null: no known limit. */
  readonly longest: number | null;
}
