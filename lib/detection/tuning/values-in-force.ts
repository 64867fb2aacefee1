import type { TuningVersion } from "./rule-tuning";

/** The value that a placeholder has in a segment on a day, and why that one. */
export interface ValueInForce {
  readonly name: string;
  readonly values: readonly string[] | null; // null: none, so that a rule which asks for it is refused
  readonly from: "analytic" | "everywhere" | "default" | "none";
  readonly tuning: TuningVersion | null; // the version that gives it
  readonly expired: TuningVersion | null; // one that would give it, had it not run out
}

/** What is asked of: names with the pack's defaults (null: none). */
export interface ValueQuestion {
  readonly analytic: string; // whose rules ask
  readonly names: ReadonlyMap<string, readonly string[] | null>;
  readonly day: string; // ISO date, UTC
}

/**
 * Values of placeholders in one segment: the newest version for the analytic, else the newest for every rule, else the
 * default. A withdrawn version is none; one past its last day is none either, and is named, so that nobody takes the default
 * for a decision.
 *
 * @param versions of that segment, in any order
 */
export function valuesInForce(versions: readonly TuningVersion[], { analytic, names, day }: ValueQuestion): ValueInForce[] {
  const newest = new Map<string, TuningVersion>();
  for (const version of versions) {
    const key = `${version.scope}\n${version.name}`;
    const known = newest.get(key);
    if (known === undefined || version.version > known.version) newest.set(key, version);
  }
  return [...names].map(([name, defaults]): ValueInForce => {
    const candidates = [...new Set([analytic, ""])].flatMap((scope) => {
      const version = newest.get(`${scope}\n${name}`);
      return version === undefined || version.state !== "set" ? [] : [version];
    });
    const held = candidates.find(({ expires }) => !isPast(expires, day)) ?? null;
    const expired = candidates.find(({ expires }) => isPast(expires, day)) ?? null;
    const shadow = held !== null && expired !== null && expired.scope === "" ? null : expired; // what a narrower one stands before says nothing
    if (held !== null) return { name, values: held.values, from: held.scope === "" ? "everywhere" : "analytic", tuning: held, expired: shadow };
    return { name, values: defaults, from: defaults === null ? "none" : "default", tuning: null, expired: shadow };
  });
}

function isPast(expires: string | null, day: string): boolean {
  return expires !== null && expires < day;
}
