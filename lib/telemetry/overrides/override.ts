import { z } from "zod";
import { sha256 } from "@/lib/shared/digest";
import { notProducible } from "../not-producible";
import { carries } from "../record-kinds";
import type { RecordKindId, Verdict } from "../types";

/** What an engineer says in place of Sightline's reading: which record kinds meet the log source, or that none can. */
export const overrideDocSchema = z.object({
  asCited: z.array(z.string()),
  equivalents: z.array(z.string()),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  substitute: z.string().optional(), // what to collect instead, where nothing is written
});
export type OverrideDoc = z.infer<typeof overrideDocSchema>;

/** The log sources an override speaks of: one triple, everywhere or on one platform or in one analytic. */
export interface OverrideScope {
  readonly component: string; // DC id
  readonly name: string;
  readonly channel: string;
  readonly platform: string | null;
  readonly analytic: string | null;
}

/** One version of an override, as it was written. state "withdrawn" ends it: Sightline's own reading holds again. */
export interface ResolutionOverride extends OverrideScope {
  readonly scope: string;
  readonly version: number;
  readonly reference: string; // referenceDigest of the triple
  readonly state: "set" | "withdrawn";
  readonly doc: OverrideDoc;
  readonly reason: string;
  readonly at: string; // ISO
  readonly by: string;
}

/** Where an override goes beyond Sightline's tables: allowed with its reason, and said wherever the override is shown. */
export interface OverrideConcern {
  readonly code: "revives-not-producible" | "not-in-tables";
  readonly kind: RecordKindId;
  readonly text: string;
}

/** The key of a chain of versions. */
export function overrideScopeKey(reference: string, platform: string | null, analytic: string | null): string {
  return sha256(`${reference}\n${platform ?? ""}\n${analytic ?? ""}`).slice(0, 16);
}

/** What an auditor must know of an override: records held to be impossible, and records that our tables do not give this component. */
export function overrideConcerns(override: Pick<ResolutionOverride, "component" | "doc">): readonly OverrideConcern[] {
  return [...override.doc.asCited, ...override.doc.equivalents].flatMap((kind): OverrideConcern[] => {
    const never = notProducible(kind, override.component);
    if (never !== null) return [{ code: "revives-not-producible", kind, text: `${kind} is held to be never written: ${never.reason} (${never.source}).` }];
    if (!carries(kind, override.component)) return [{ code: "not-in-tables", kind, text: `Sightline's tables do not say that ${kind} carries this component.` }];
    return [];
  });
}

/** The newest version of each scope, where it is set: the overrides that hold, in a fixed order. */
export function overridesInForce(versions: readonly ResolutionOverride[]): readonly ResolutionOverride[] {
  const newest = new Map<string, ResolutionOverride>();
  for (const item of versions) {
    const known = newest.get(item.scope);
    if (known === undefined || item.version > known.version) newest.set(item.scope, item);
  }
  return [...newest.values()].filter(({ state }) => state === "set").sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

/** Verdicts an override may give, as the command line and the form offer them. */
export const OVERRIDE_VERDICTS: readonly Verdict[] = overrideDocSchema.shape.verdict.options;
