import type { Refusal } from "@/lib/inventory/types";
import type { CliIo } from "./cli-io";

/** One line per refused row: where, what, what to do. */
export function printRefusals(io: CliIo, refused: readonly Refusal[]): void {
  for (const { line, row, field, message, remedy } of refused) {
    const at = [line === null ? `entry ${row}` : `line ${line}`, field].filter((part) => part !== "").join(", ");
    io.line(`  refused     ${at}: ${message} ${remedy}`);
  }
}

/** Refusals as --json prints them, with the number of rows they concern. */
export function refusalsJson(refused: readonly Refusal[]): { readonly count: number; readonly rows: Refusal[] } {
  return { count: new Set(refused.map(({ row }) => row)).size, rows: [...refused] };
}
