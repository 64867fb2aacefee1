import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import type { AssessmentRow } from "@/lib/assessment/store";
import { readCosts, type CostsVersion } from "@/lib/gaps/plan/store";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { readTelemetry } from "../telemetry/read-evidence";

/** What a plan rests on: what an assessment pinned and decided, and the costs of today. */
export interface PlanGround {
  readonly row: AssessmentRow;
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  readonly costs: CostsVersion;
  readonly key: string; // of the frontier
}

/** Raise it when equal inputs would give another frontier or document. */
const METHOD = "plan/2";

/**
 * @param assessment null: the newest
 * @throws SightlineError NOT_FOUND without an assessment
 */
export async function readPlanGround(ctx: OperationContext, assessment: number | null): Promise<PlanGround> {
  const [found, costs] = [await readTelemetry(ctx, assessment), await readCosts(ctx.db)];
  if (found === null) throw new SightlineError("NOT_FOUND", "Nothing has been assessed yet.", { remedy: "Run sightline assess first." });
  const { row, evidence } = found;
  return { row, input: evidence.input, result: evidence.result, costs, key: frontierKey(row, costs) };
}

/** The key under which the frontier of an assessment at these costs is kept. */
export function frontierKey(row: Pick<AssessmentRow, "inputDigest" | "resultDigest">, costs: Pick<CostsVersion, "digest">): string {
  return digestOf({ method: METHOD, input: row.inputDigest, result: row.resultDigest, costs: costs.digest });
}
