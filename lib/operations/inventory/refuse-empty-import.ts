import type { Refusal } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";

/** @throws SightlineError INVALID with the first refusal, when no row was understood: there is nothing to apply. */
export function refuseEmptyImport(file: string, refused: readonly Refusal[], understood: number): void {
  if (understood > 0) return;
  const [first] = refused;
  if (!first) throw new SightlineError("INVALID", "The file has no rows.", { file, remedy: "Start from a template." });
  const rows = new Set(refused.map(({ row }) => row)).size;
  const others = rows > 1 ? ` (and ${rows - 1} more rows are refused)` : "";
  const place = { file, field: first.field === "" ? undefined : first.field, remedy: first.remedy };
  throw new SightlineError("INVALID", `${first.line === null ? `entry ${first.row}: ` : ""}${first.message.replace(/\.$/, "")}${others}.`, first.line === null ? place : { ...place, line: first.line });
}
