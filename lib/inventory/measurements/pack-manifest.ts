import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";
import { readInstant } from "./read-instant";

export const PACK_SCHEMA = "sightline.query-pack/1";

const text = z.string().max(400);

/**
 * manifest.json of a query pack. Whoever runs the queries fills ran_at, ran_by, system and complete before sending the results
 * back; null: not said.
 */
export const packManifestSchema = z.object({
  schema: z.literal(PACK_SCHEMA),
  pack: z.string(), // version of the pack's queries
  segment: text,
  backend: z.string(),
  window_days: z.number().int().positive(),
  hosts: z.enum(["roster", "placeholder"]), // how the queries are limited to the segment
  families: z.array(z.string()),
  left_out: z.array(z.object({ family: z.string(), reason: z.string() })).default([]),
  queries: z.array(z.object({ family: z.string(), purpose: z.enum(["measure", "records"]), file: z.string(), sha256: z.string() })),
  complete: z.boolean().nullable().default(null),
  ran_at: z.string().nullable().default(null),
  ran_by: text.nullable().default(null),
  system: text.nullable().default(null),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

/** @throws SightlineError INVALID naming the entry that is wrong */
export function readPackManifest(file: string, content: string): PackManifest {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new SightlineError("INVALID", "The manifest is not valid JSON.", { file, remedy: "Take the pack's manifest.json again, and fill only ran_at, ran_by, system and complete." });
  }
  const read = packManifestSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new SightlineError("INVALID", `The manifest is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message ?? "unknown fault"}.`, { file, remedy: "Take the pack's manifest.json again." });
  }
  if (read.data.ran_at !== null && !readInstant(read.data.ran_at)) throw new SightlineError("INVALID", "ran_at is no time.", { file, field: "ran_at", remedy: "Write it as 2026-11-21T09:00:00Z." });
  return read.data;
}
