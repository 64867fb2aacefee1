"use server";
import { revalidatePath } from "next/cache";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { importRoster, type RosterImported } from "@/lib/operations/import-roster";
import { importSegments, type SegmentsImported } from "@/lib/operations/import-segments";
import { previewSegments } from "@/lib/operations/preview-segments";

interface SentFile {
  readonly fileName: string;
  readonly digest: string;
}

const sourceOf = ({ fileName, digest }: SentFile) => ({ fileName, content: { digest } });

/** What a segments CSV would create and change. Nothing is written. */
export async function previewSegmentsAction(sent: SentFile): Promise<ActionResult<SegmentsImported>> {
  return actionResult(async (ctx) => ({ ...(await previewSegments(ctx, sourceOf(sent))), importId: null }));
}

export async function importSegmentsAction(sent: SentFile): Promise<ActionResult<SegmentsImported>> {
  const done = await actionResult((ctx) => importSegments(ctx, sourceOf(sent)));
  if (done.ok) revalidatePath("/", "layout");
  return done;
}

/** What a roster CSV would do to a segment. Nothing is written. */
export async function previewRosterAction(sent: SentFile, segment: string): Promise<ActionResult<RosterImported>> {
  return actionResult((ctx) => importRoster(ctx, { segment, source: sourceOf(sent), dryRun: true }));
}

export async function importRosterAction(sent: SentFile, segment: string): Promise<ActionResult<RosterImported>> {
  const done = await actionResult((ctx) => importRoster(ctx, { segment, source: sourceOf(sent) }));
  if (done.ok) revalidatePath("/", "layout");
  return done;
}
