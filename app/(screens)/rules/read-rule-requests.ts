import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";

const text = z.string().max(4000);
const decision = z.object({ state: z.enum(["accepted", "rejected"]), links: z.array(z.object({ ruleId: text, analytic: text })).max(50_000), reason: text });
const added = z.object({ rule: text, analytic: text, reason: text });

const mapping = z.object({ fileName: text, text: z.string().max(2_000_000), reason: text });
const withdrawal = z.object({ scope: text, reason: text });

/** What a browser sent as a pipeline. @throws SightlineError INVALID */
export function readMappingFile(value: unknown): z.infer<typeof mapping> {
  return readAs(mapping, value);
}

/** What a browser sent to end a mapping. @throws SightlineError INVALID */
export function readMappingWithdrawal(value: unknown): z.infer<typeof withdrawal> {
  return readAs(withdrawal, value);
}

/** What a browser sent as a decision. @throws SightlineError INVALID */
export function readLinkDecision(value: unknown): z.infer<typeof decision> {
  return readAs(decision, value);
}

/** What a browser sent as a link to add. @throws SightlineError INVALID */
export function readLinkToAdd(value: unknown): z.infer<typeof added> {
  return readAs(added, value);
}

function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new SightlineError("INVALID", "The request is malformed.", { field: read.error.issues[0]?.path.join(".") ?? "" });
}
