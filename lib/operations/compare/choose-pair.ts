import { sameDomains } from "@/lib/assessment/same-domains";
import { listAssessmentRows, type AssessmentRow } from "@/lib/assessment/store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";

/** Which two assessments are meant: b absent is the newest, a absent the one before b that the trend shows. */
export interface PairChoice {
  readonly a: number | null;
  readonly b: number | null;
}

export interface ChosenPair {
  readonly rows: readonly AssessmentRow[]; // all, newest first
  readonly a: AssessmentRow | null; // null: there is none before b
  readonly b: AssessmentRow;
}

/** @returns null when nothing was assessed @throws SightlineError NOT_FOUND for an unknown assessment */
export async function choosePair(ctx: OperationContext, choice: PairChoice): Promise<ChosenPair | null> {
  const rows = await listAssessmentRows(ctx.db);
  const find = (id: number): AssessmentRow => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw new SightlineError("NOT_FOUND", `There is no assessment ${id}.`, { field: "assessment" });
    return row;
  };
  const b = choice.b === null ? rows[0] : find(choice.b);
  if (b === undefined) return null;
  const earlier = rows.filter((row) => row.id < b.id && !row.runLater);
  // Of the same domains where there is one: numbers of other analytics have no difference that means anything. And of an earlier time, where b tells of the past.
  const alike = earlier.filter((one) => sameDomains(one, b));
  const a = choice.a === null ? (alike.find(({ at }) => Date.parse(at) <= Date.parse(b.at)) ?? alike[0] ?? earlier[0] ?? null) : find(choice.a);
  return { rows, a, b };
}
