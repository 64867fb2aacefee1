import { z } from "zod";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { carries, knownKinds, platformsOfKind } from "@/lib/telemetry/record-kinds";
import { overrideConcerns, overrideDocSchema, type ResolutionOverride } from "@/lib/telemetry/overrides/override";
import { reasonsNotCarried, requiredFields } from "@/lib/telemetry/required-fields";
import { resolutionRowSchema } from "./resolution-rows";

/** One version of an override, as the history lists it. */
export const overrideVersionSchema = z.object({
  scope: z.string(),
  version: z.number(),
  platform: z.string().nullable(),
  analytic: z.string().nullable(),
  state: z.enum(["set", "withdrawn"]),
  inForce: z.boolean(),
  ...overrideDocSchema.shape,
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  concerns: z.array(z.string()),
});
export type OverrideVersion = z.infer<typeof overrideVersionSchema>;

/** A record kind that an override could name, and what it must fill to prove the component. */
export const candidateKindSchema = z.object({ kind: z.string(), carries: z.boolean(), platforms: z.array(z.string()), required: z.array(z.string()), anyOf: z.array(z.array(z.string())), notCarried: z.array(z.string()) });
export type CandidateKind = z.infer<typeof candidateKindSchema>;

/** One log source with its reading per platform, its overrides and the kinds that could meet it. Printed by `resolutions show --json`. */
export const resolutionViewSchema = z.object({
  reference: z.string(),
  component: z.object({ id: z.string(), name: z.string() }),
  name: z.string(),
  channel: z.string(),
  readings: z.array(resolutionRowSchema), // per platform; empty where no current release cites it any more
  published: z.array(resolutionRowSchema), // the same without overrides
  history: z.array(overrideVersionSchema), // newest first
  fields: z.array(candidateKindSchema), // of the kinds that are accepted now
});
export type ResolutionView = z.infer<typeof resolutionViewSchema>;

/** Newest first; inForce marks the versions that hold. */
export function toHistory(versions: readonly ResolutionOverride[], inForce: readonly ResolutionOverride[]): OverrideVersion[] {
  const holds = new Set(inForce.map(({ scope, version }) => `${scope} ${version}`));
  return versions
    .map((item) => {
      const { scope, version, platform, analytic, state, doc, reason, by, at } = item;
      return { scope, version, platform, analytic, state, inForce: holds.has(`${scope} ${version}`), ...doc, reason, by, at, concerns: state === "set" ? overrideConcerns(item).map(({ text }) => text) : [] };
    })
    .sort((a, b) => compareCodeUnits(b.at, a.at) || b.version - a.version);
}

/** A record kind with the fields it must fill for a component. */
export function toCandidate(component: string, kind: string): CandidateKind {
  const { required, anyOf } = requiredFields(component, kind);
  return { kind, carries: carries(kind, component), platforms: [...platformsOfKind(kind)], required: [...required], anyOf: anyOf.map((group) => [...group]), notCarried: [...reasonsNotCarried(component, kind)] };
}

/** Kinds that an override of this component could name on these platforms (none given: any): those that carry it first. */
export function candidateKinds(component: string, platforms: readonly string[]): readonly CandidateKind[] {
  const kinds = knownKinds().filter((kind) => platforms.length === 0 || platformsOfKind(kind).some((platform) => platforms.includes(platform)));
  return kinds.map((kind) => toCandidate(component, kind)).sort((a, b) => Number(b.carries) - Number(a.carries) || compareCodeUnits(a.kind, b.kind));
}
