import { z } from "zod";
import type { OverrideRequest } from "@/lib/operations/set-resolution-override";
import type { WithdrawRequest } from "@/lib/operations/withdraw-resolution-override";
import { SightlineError } from "@/lib/shared/errors";

const text = z.string().max(4_000);
const kinds = z.array(z.string().max(300)).max(200);
const scope = { reference: text, platform: text.nullable(), analytic: text.nullable(), reason: text };
const Override = z.object({ ...scope, asCited: kinds, equivalents: kinds, verdict: text, substitute: text });
const Withdrawal = z.object(scope);

/** What a browser sent, read as an override; what it means is the operation's to judge. @throws SightlineError INVALID for another shape */
export function readOverrideFields(sent: unknown): OverrideRequest {
  return parsed(Override, sent);
}

/** The same for a withdrawal. @throws SightlineError INVALID for another shape */
export function readWithdrawal(sent: unknown): WithdrawRequest {
  return parsed(Withdrawal, sent);
}

function parsed<T>(schema: z.ZodType<T>, sent: unknown): T {
  const read = schema.safeParse(sent);
  if (!read.success) throw new SightlineError("INVALID", "The form was sent in another shape than this page's.", { field: String(read.error.issues[0]?.path[0] ?? "form"), remedy: "Load the page again." });
  return read.data;
}
