"use server";
import { revalidatePath } from "next/cache";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { applyInventory, type InventoryApplied } from "@/lib/operations/apply-inventory";
import { previewInventory, type InventoryPreview } from "@/lib/operations/preview-inventory";

/** A file that was sent before and waits under its digest. */
export interface SentInventory {
  readonly fileName: string;
  readonly digest: string;
  readonly format?: string;
  readonly replace?: boolean;
  readonly segment?: string; // id
  readonly hosts?: number | null;
  readonly asOf?: string | null;
  readonly query?: string; // of a measurement
  readonly complete?: boolean;
}

/** What applying the file would do. Nothing is written. */
export async function previewInventoryAction(sent: SentInventory): Promise<ActionResult<InventoryPreview>> {
  return actionResult((ctx) => previewInventory(ctx, requestOf(sent)));
}

/** Applies it, if it would still do what the person saw (expect: the preview's digest). */
export async function applyInventoryAction(sent: SentInventory, expect: string): Promise<ActionResult<InventoryApplied>> {
  const applied = await actionResult((ctx) => applyInventory(ctx, { ...requestOf(sent), expect }));
  if (applied.ok) revalidatePath("/", "layout");
  return applied;
}

function requestOf({ fileName, digest, format, replace, segment, hosts, asOf, query, complete }: SentInventory) {
  return { source: { fileName, content: { digest } }, ...(format ? { format } : {}), replace: replace ?? false, ...(segment ? { segment } : {}), hosts: hosts ?? null, asOf: asOf ?? null, ...(query ? { query } : {}), ...(complete === undefined ? {} : { complete }) };
}
