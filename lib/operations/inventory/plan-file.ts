import type { Db, Tx } from "@/lib/db/client";
import { detectInventoryFormat } from "@/lib/inventory/formats/index";
import type { InventoryFormat, ParsedInventory } from "@/lib/inventory/formats/inventory-format";
import { planInventory, type InventoryPlan } from "@/lib/inventory/plan-inventory";
import { listClaims, listSegments } from "@/lib/inventory/store";
import type { OperationContext } from "../context";
import type { ReadSource } from "./read-source";

const DAY_MS = 86_400_000;

export interface RecognisedInventory {
  readonly format: InventoryFormat;
  readonly evidence: readonly string[];
  readonly parsed: ParsedInventory;
}

/** Recognises and parses a file. Dates up to tomorrow are believed, because the file may come from a zone ahead of ours. */
export function parseInventory(ctx: OperationContext, file: ReadSource, format: string | undefined): RecognisedInventory {
  const input = { name: file.fileName, text: file.text };
  const found = detectInventoryFormat(input, format);
  const latest = new Date(ctx.clock().getTime() + DAY_MS).toISOString().slice(0, 10);
  return { ...found, parsed: found.format.parse(input, { latest }) };
}

/** What applying it would do to the inventory as it is now. */
export async function planParsed(db: Db | Tx, { format, parsed }: RecognisedInventory, replace: boolean): Promise<InventoryPlan> {
  const segments = await listSegments(db, { retired: true });
  return planInventory(parsed, { segments, claims: await listClaims(db), format: format.id, replace });
}
