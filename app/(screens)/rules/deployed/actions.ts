"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { importSiem } from "@/lib/operations/import-siem";
import { linkSiemRule, type LinkedSiemRule } from "@/lib/operations/link-siem-rule";
import { previewSiem, type SiemImport } from "@/lib/operations/preview-siem";

const sentSchema = z.array(z.object({ fileName: z.string().max(500), digest: z.string().regex(/^[0-9a-f]{64}$/) })).max(50);

/** What the lists would change. Nothing is written. */
export async function previewSiemAction(system: string, lists: unknown): Promise<ActionResult<SiemImport>> {
  return actionResult((ctx) => previewSiem(ctx, { system: String(system), uploads: sentSchema.parse(lists) }));
}

/** Imports them, if that would still do what the person saw. */
export async function importSiemAction(system: string, lists: unknown, expect: string): Promise<ActionResult<SiemImport>> {
  const applied = await actionResult((ctx) => importSiem(ctx, { system: String(system), uploads: sentSchema.parse(lists), expect: String(expect) }));
  if (applied.ok) revalidatePath("/rules", "layout");
  return applied;
}

/** Says by hand which of our rules a SIEM's rule is; null undoes it. */
export async function linkSiemAction(listed: string, rule: string | null): Promise<ActionResult<LinkedSiemRule>> {
  const linked = await actionResult((ctx) => linkSiemRule(ctx, { system: null, listed: String(listed), rule: rule === null ? null : String(rule) }));
  if (linked.ok) revalidatePath("/rules", "layout");
  return linked;
}
