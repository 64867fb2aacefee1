import type { AssessmentRow } from "@/lib/assessment/store";
import { toCompareJson, type CompareJson } from "@/lib/reports/compare-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { choosePair, type PairChoice } from "./compare/choose-pair";
import type { CompareRun } from "./compare/compare-in-worker";
import { readComparison } from "./compare/read-comparison";
import type { OperationContext } from "./context";

/**
 * The difference of two assessments as `compare --json` prints it: every changed cell with what moved it.
 *
 * @param query segment: by name; absent: the fleet
 * @throws SightlineError NOT_FOUND for an unknown assessment or segment, or when there are not two; UNSUPPORTED for one that this version cannot read
 */
export async function getComparison(ctx: OperationContext, query: PairChoice & { readonly segment?: string }, run: CompareRun = {}): Promise<CompareJson> {
  authorize(ctx, "assessment.read", "none");
  const pair = await choosePair(ctx, query);
  if (pair === null || pair.a === null) throw new SightlineError("NOT_FOUND", "There are not two assessments to compare.", { remedy: "Run sightline assess again when something has changed." });
  const comparison = await readComparison(ctx, pair.a, pair.b, run);
  const wanted = query.segment?.trim().toLowerCase();
  const may = ({ id, name }: { readonly id: string; readonly name: string }): boolean => (ctx.segments === "all" || ctx.segments.includes(id)) && (wanted === undefined || name.trim().toLowerCase() === wanted);
  const shown = new Set(comparison.segments.filter(may).map(({ id }) => id));
  if (wanted !== undefined && shown.size === 0) throw new SightlineError("NOT_FOUND", `Neither assessment has a segment "${query.segment ?? ""}".`, { field: "segment" });
  return toCompareJson(comparison, { a: sideOf(pair.a), b: sideOf(pair.b) }, wanted === undefined && ctx.segments === "all", (id) => shown.has(id));
}

function sideOf({ id, at, ranAt, runLater, releases, policyVersion, engine }: AssessmentRow): CompareJson["a"] {
  return { assessment: id, at, ranAt, runLater, releases: { ...releases }, policy: policyVersion, engine };
}
