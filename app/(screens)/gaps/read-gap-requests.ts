import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";

const text = z.string().max(4_000);
const id = z.string().max(30);
const change = z.object({ ids: z.array(id).max(20_000), change: z.object({ state: z.enum(["open", "planned", "accepted", "done"]).optional(), owner: text.optional(), due: text.nullable().optional(), reason: text.optional(), expires: text.optional() }) });
const comment = z.object({ id, text: z.string().max(10_000) });

/** What a browser sent to change gaps. @throws SightlineError INVALID */
export function readGapChange(value: unknown): z.infer<typeof change> {
  return readAs(change, value);
}

/** What a browser sent as a comment. @throws SightlineError INVALID */
export function readGapComment(value: unknown): z.infer<typeof comment> {
  return readAs(comment, value);
}

function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SightlineError("INVALID", "The request does not say which gaps are meant, or what is to become of them.");
}
