import { SightlineError } from "@/lib/shared/errors";
import type { Placeholder } from "./rule-tuning";

/** What a person asks to be set. */
export interface TuningDraft {
  readonly values: readonly string[];
  readonly owner: string;
  readonly reason: string;
  readonly expires: string | null; // ISO date, the last day it holds
}

const MOST_VALUES = 10_000;
const LONGEST_VALUE = 1_000;
const LONGEST_TEXT = 2_000;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,9})?$/;
const CONTROL = /[\u0000-\u001f\u007f]/;

type Refuse = (field: string, message: string, remedy?: string) => never;

/**
 * A draft with its texts trimmed.
 *
 * @param today ISO date
 * @throws SightlineError INVALID naming the field: no value, one out of the placeholder's bounds, no owner or reason, a past day
 */
export function checkTuning(draft: TuningDraft, placeholder: Placeholder, today: string): TuningDraft {
  const values = [...new Set(draft.values.map((value) => value.trim()))].filter((value) => value !== "");
  const refuse: Refuse = (field, message, remedy) => {
    throw new SightlineError("INVALID", message, { field, ...(remedy === undefined ? {} : { remedy }) });
  };
  if (values.length === 0) refuse("values", `"${placeholder.name}" needs a value.`, "To go back to the default, withdraw the tuning.");
  if (placeholder.kind === "list") checkList(values, placeholder, refuse);
  else checkNumber(values, placeholder, refuse);
  const owner = required("owner", draft.owner, refuse);
  const reason = required("reason", draft.reason, refuse);
  const expires = draft.expires?.trim() || null;
  if (expires !== null && !isDay(expires)) refuse("expires", `"${expires}" is not a date.`, "Write it as 2027-05-31.");
  if (expires !== null && expires < today) refuse("expires", `${expires} is past.`);
  return { values, owner, reason, expires };
}

function checkList(values: readonly string[], { name, most }: Placeholder, refuse: Refuse): void {
  const limit = Math.min(most ?? MOST_VALUES, MOST_VALUES);
  if (values.length > limit) refuse("values", `"${name}" may have ${limit} entries, and here are ${values.length}.`);
  for (const value of values) {
    if (value.length > LONGEST_VALUE) refuse("values", `A value is longer than ${LONGEST_VALUE} characters: ${value.slice(0, 40)}...`);
    if (CONTROL.test(value)) refuse("values", "A value holds control characters.");
  }
}

function checkNumber(values: readonly string[], { name, kind, unit, least, most }: Placeholder, refuse: Refuse): void {
  const [value = "", ...more] = values;
  if (more.length > 0 || !NUMBER.test(value)) refuse("values", `"${name}" is one number (${unit}).`);
  if (kind === "duration" && !Number.isInteger(Number(value))) refuse("values", `"${name}" is a whole number of ${unit}.`);
  if ((least !== null && Number(value) < least) || (most !== null && Number(value) > most)) refuse("values", `"${name}" is from ${least ?? "anything"} to ${most ?? "anything"} ${unit}, and ${value} is not.`);
}

function required(field: "owner" | "reason", text: string, refuse: Refuse): string {
  const trimmed = text.trim();
  if (trimmed === "") refuse(field, `A tuning needs its ${field}.`);
  if (trimmed.length > LONGEST_TEXT) refuse(field, `The ${field} is longer than ${LONGEST_TEXT} characters.`);
  return trimmed;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
