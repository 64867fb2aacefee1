import type { CellJson } from "@/lib/assessment/cell-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { streamCells } from "./stream-cells";

/** One cell with its requirement lines. @throws SightlineError NOT_FOUND */
export async function getCell(ctx: OperationContext, input: { readonly assessment: number | null; readonly analytic: string; readonly segment: string }): Promise<CellJson> {
  authorize(ctx, "assessment.read", "none");
  for await (const cell of streamCells(ctx, input)) return cell;
  throw new SightlineError("NOT_FOUND", "There is no such cell.");
}
