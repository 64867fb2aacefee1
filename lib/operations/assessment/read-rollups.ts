import { openRollups, type Rollups } from "@/lib/assessment/rollups";
import type { AssessmentRow } from "@/lib/assessment/store";
import type { OperationContext } from "../context";
import { readColumns } from "./read-columns";
import { readRollupLinks } from "./read-rollup-links";

export interface AssessedRollups {
  readonly analytics: readonly string[]; // ids by position
  readonly rollups: Rollups;
}

let last: { readonly columns: object; readonly strategies: readonly object[]; readonly opened: AssessedRollups } | null = null;

/** The rollups of an assessment over all segments: the caller names the scope that the actor may see. Sums of the last scopes stay in memory. */
export async function readRollups(ctx: OperationContext, row: AssessmentRow): Promise<AssessedRollups> {
  const [{ analytics, columns }, links] = await Promise.all([readColumns(ctx, row), readRollupLinks(ctx, row.releases)]);
  const sameLinks = last !== null && last.strategies.length === links.strategies.length && links.strategies.every((strategy, position) => strategy === last?.strategies[position]);
  if (last !== null && last.columns === columns && sameLinks) return last.opened;
  const opened = { analytics, rollups: openRollups(analytics, columns, links) };
  last = { columns, strategies: links.strategies, opened };
  return opened;
}
