import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";

const text = z.string().max(2_000);
const days = z.string().transform((value, issues) => {
  if (/^\d{1,6}$/.test(value.trim())) return Number(value);
  issues.addIssue(`"${value.slice(0, 40)}" is not a number of days`);
  return z.NEVER;
});
const groups = z.object({ name: text, groups: z.array(z.string().max(100)).max(1_000), asOf: z.string().max(40), fullDays: days, declineDays: days, reason: text });
const file = z.object({ name: text, fileName: z.string().max(500), text: z.string(), reason: text });
const choice = z.object({ name: text, version: z.number().int().positive(), reason: text });

/** What the page sends, checked again: a server action is a public entry. @throws SightlineError INVALID naming the field */
export const readGroupRequest = (value: unknown) => read(groups, value);
export const readFileRequest = (value: unknown) => read(file, value);
export const readChoiceRequest = (value: unknown) => read(choice, value);

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SightlineError("INVALID", `${issue?.message ?? "The request cannot be read"}.`, { field: issue?.path.join(".") ?? "" });
}
