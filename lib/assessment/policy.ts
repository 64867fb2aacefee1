import { SightlineError } from "@/lib/shared/errors";
import { DEFAULT_POLICY } from "./default-policy";
import { policySchema, type Policy } from "./scoring-input";

/** The keys that people may set. */
export const POLICY_KEYS = Object.keys(DEFAULT_POLICY).filter((key) => key !== "version");

const CENTURY_DAYS = 36_500; // beyond it a limit in time says nothing, and sums of times leave what a date can be
const MOST: Readonly<Record<string, number>> = { freshDays: CENTURY_DAYS, claimDays: CENTURY_DAYS, validationDays: CENTURY_DAYS, silentHours: CENTURY_DAYS * 24 };

/** Whether two policies say the same, whatever their versions. */
export function samePolicy(a: Policy, b: Policy): boolean {
  return JSON.stringify({ ...a, version: 0 }) === JSON.stringify({ ...b, version: 0 });
}

/**
 * The next version of a policy, changed by KEY=VALUE texts.
 *
 * @throws SightlineError INVALID naming the key for an unknown key, a value that is no whole number (true or false for
 *   asCitedOnly), one out of range, or a key that is given twice
 */
export function changePolicy(policy: Policy, settings: readonly string[]): Policy {
  const changed: Record<string, unknown> = { ...policy, version: policy.version + 1 };
  const given = new Set<string>();
  for (const setting of settings) {
    const at = setting.indexOf("=");
    const key = at < 0 ? setting : setting.slice(0, at).trim();
    const value = at < 0 ? "" : setting.slice(at + 1).trim();
    if (!POLICY_KEYS.includes(key)) throw new SightlineError("INVALID", `"${key}" is not part of the policy.`, { remedy: `Known are ${POLICY_KEYS.join(", ")}.` });
    if (given.has(key)) throw new SightlineError("INVALID", `${key} is given twice.`, { field: key, remedy: "Give one value." });
    given.add(key);
    changed[key] = key === "asCitedOnly" ? readFlag(key, value) : readCount(key, value);
  }
  const read = policySchema.safeParse(changed);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new SightlineError("INVALID", `${issue?.message ?? "The value is out of range"}.`, { field: issue?.path.join(".") });
}

function readCount(key: string, value: string): number {
  const most = MOST[key];
  if (/^\d{1,9}$/.test(value)) {
    if (most !== undefined && Number(value) > most) throw new SightlineError("INVALID", `${value} is too long.`, { field: key, remedy: `Write at most ${most}.` });
    return Number(value);
  }
  throw new SightlineError("INVALID", `"${value}" is not a whole number.`, { field: key });
}

function readFlag(key: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new SightlineError("INVALID", `"${value}" is neither true nor false.`, { field: key });
}
