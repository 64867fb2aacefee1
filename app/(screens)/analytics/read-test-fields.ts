import { z } from "zod";
import type { AddTestRequest } from "@/lib/operations/add-test";
import type { KeptUpload } from "@/lib/operations/keep-upload";
import type { TuningRequest } from "@/lib/operations/preview-tuning";
import { SightlineError } from "@/lib/shared/errors";

const text = z.string().max(4_000);
const sample = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative(), fileName: z.string().min(1).max(2_000) });
const testFields = z.object({ analytic: text, segment: text, origin: text, host: text, positive: sample, negative: sample });
const tuningFields = z.object({ segment: text, analytic: text.nullable(), name: text, values: z.array(text).max(20_000).nullable(), owner: text, reason: text, expires: text.nullable() });

/** What a browser sent, read as a test to attach; what it means is the operation's to judge. @throws SightlineError INVALID for another shape */
export function readTestFields(sent: unknown): AddTestRequest & { readonly positive: KeptUpload; readonly negative: KeptUpload } {
  const { host, ...fields } = parsed(testFields, sent);
  return { ...fields, ...(host.trim() === "" ? {} : { host }) };
}

/** The same for a value to measure. @throws SightlineError INVALID for another shape */
export function readTuningFields(sent: unknown): TuningRequest {
  return parsed(tuningFields, sent);
}

function parsed<T>(schema: z.ZodType<T>, sent: unknown): T {
  const read = schema.safeParse(sent);
  if (!read.success) throw new SightlineError("INVALID", "The form was sent in another shape than this page's.", { field: String(read.error.issues[0]?.path[0] ?? "form"), remedy: "Load the page again." });
  return read.data;
}
