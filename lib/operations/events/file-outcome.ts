import { z } from "zod";
import type { SightlineError } from "@/lib/shared/errors";
import { warningSchema } from "@/lib/events/dataset-types";

/** What became of one file of an import; times are ISO 8601. The JSON of `events import --json` and the result of its job. */
export const fileOutcomeSchema = z.object({
  file: z.string(),
  segment: z.string(),
  outcome: z.enum(["imported", "unchanged", "refused"]),
  reason: z.string().nullable(), // why it was refused
  dataset: z.string().nullable(),
  format: z.string().nullable(),
  evidence: z.array(z.string()), // by what the format was recognised
  records: z.number().int(),
  refused: z.object({
    count: z.number().int(),
    reasons: z.array(z.object({ reason: z.string(), count: z.number().int(), firstRecord: z.number().int(), message: z.string(), example: z.string() })),
  }),
  formats: z.array(z.object({ format: z.string(), records: z.number().int() })).default([]), // of a mixed file: its records by format
  skipped: z.array(z.object({ reason: z.string(), count: z.number().int(), bytes: z.number().int() })).default([]), // packaging, headers, records that say nothing
  untimed: z.number().int(),
  hosts: z.object({ count: z.number().int(), names: z.array(z.string()) }), // names: at most 100
  hostless: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  kinds: z.array(z.object({ kind: z.string(), count: z.number().int() })),
  components: z.array(z.object({ id: z.string(), name: z.string() })),
  warnings: z.array(warningSchema),
});
export type FileOutcome = z.infer<typeof fileOutcomeSchema>;

export const fileOutcomesSchema = z.array(fileOutcomeSchema);

/** What reading kept samples again came to. The JSON of `events rederive --json`. */
export const rederiveResultSchema = z.object({ derived: z.number().int(), failed: z.array(z.object({ file: z.string(), reason: z.string() })) });
export type RederiveResult = z.infer<typeof rederiveResultSchema>;

/** The outcome of a file before anything is known of it. */
export function emptyOutcome(file: string, segment: string, reason: string | null): FileOutcome {
  return {
    file, segment, outcome: "refused", reason, dataset: null, format: null, evidence: [], records: 0, refused: { count: 0, reasons: [] }, formats: [], skipped: [], untimed: 0,
    hosts: { count: 0, names: [] }, hostless: 0, first: null, last: null, kinds: [], components: [], warnings: [],
  };
}

/** Why a file was refused, for a place that names the file already. */
export function reasonOf({ message, place }: SightlineError): string {
  return `${place.field === undefined ? "" : `${place.field}: `}${message}${place.remedy === undefined ? "" : ` ${place.remedy}`}`;
}
