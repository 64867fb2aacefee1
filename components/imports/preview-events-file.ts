"use client";
import type { EventsPreview } from "@/lib/operations/preview-events";

const HEAD_BYTES = 256 * 1024 + 1;

/** What must be known of a file before it is sent. Where the answer does not come, nothing: the import itself will say. */
export async function previewEventsFile(file: File): Promise<EventsPreview> {
  if (file.size === 0) return { ask: "nothing" };
  const answer = await fetch("/api/uploads/preview", { method: "POST", body: file.slice(0, HEAD_BYTES) });
  const value: unknown = answer.ok ? await answer.json().catch(() => null) : null;
  return isPreview(value) ? value : { ask: "nothing" };
}

function isPreview(value: unknown): value is EventsPreview {
  return typeof value === "object" && value !== null && "ask" in value && (value.ask === "nothing" || value.ask === "format" || value.ask === "mapping");
}
