import { SightlineError } from "@/lib/shared/errors";
import { DEFAULT_POLICY } from "./default-policy";
import { policySchema, type Policy } from "./scoring-input";

/** The keys that people may set. */
export const POLICY_KEYS = Object.keys(DEFAULT_POLICY).filter((key) => key !== "version");

/**
 * The next version of a policy, changed by KEY=VALUE texts.
 *
 * @throws SightlineError INVALID naming the key for an unknown key, a value that is no whole number (true or false for
 *   asCitedOnly) or one out of range
 */
export function changePolicy(policy: Policy, settings: readonly string[]): Policy {
  const changed: Record<string, unknown> = { ...policy, version: policy.version + 1 };
  for (const setting of settings) {
    const at = setting.indexOf("=");
    const key = at < 0 ? setting : setting.slice(0, at).trim();
    const value = at < 0 ? "" : setting.slice(at + 1).trim();
    if (!POLICY_KEYS.includes(key)) throw new SightlineError("INVALID", `"${key}" is not part of the policy.`, { remedy: `Known are ${POLICY_KEYS.join(", ")}.` });
    changed[key] = key === "asCitedOnly" ? readFlag(key, value) : readCount(key, value);
  }
  const read = policySchema.safeParse(changed);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new SightlineError("INVALID", `${issue?.message ?? "The value is out of range"}.`, { field: issue?.path.join(".") });
}

function readCount(key: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new SightlineError("INVALID", `"${value}" is not a whole number.`, { field: key });
}

function readFlag(key: string, value: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw new SightlineError("INVALID", `"${value}" is neither true nor false.`, { field: key });
}
