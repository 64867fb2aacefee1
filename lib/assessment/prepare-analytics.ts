import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { criticalOf } from "./decide-status";
import type { AnalyticInput, RequirementInput, ScoringInput } from "./scoring-input";
import { techniqueWeight } from "./technique-weight";

/** An analytic with what is the same in every segment, worked out once. */
export interface PreparedAnalytic {
  readonly input: AnalyticInput;
  readonly position: number;
  readonly platformKey: string; // analytics with the same key share their platforms
  readonly weight: number; // technique weight in millionths
  readonly requirements: readonly PreparedRequirement[];
  readonly unassessable: string | null; // why nobody can assess it
  readonly published: { readonly requirements: readonly PreparedRequirement[]; readonly unassessable: string | null } | null; // source "pack": as ATT&CK has it
  readonly linked: boolean; // a rule is linked to it
}

/** A requirement with a number: equal requirements of several analytics have the same one, and are decided once per scope. */
export interface PreparedRequirement {
  readonly input: RequirementInput;
  readonly number: number;
  readonly decides: boolean; // critical, or one of an analytic of which none is
}

/** The analytics of an input in its order, and how many different requirements they have. */
export function prepareAnalytics(input: ScoringInput): { readonly analytics: readonly PreparedAnalytic[]; readonly requirements: number } {
  const numbers = new Map<string, number>();
  const linked = new Set(input.links.map((link) => link.analytic));
  const prepare = (own: readonly RequirementInput[]): PreparedRequirement[] => {
    const deciding = new Set(criticalOf(own));
    return own.map((requirement) => {
      const key = JSON.stringify(requirement);
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return { input: requirement, number, decides: deciding.has(requirement) };
    });
  };
  const analytics = input.analytics.map((analytic, position): PreparedAnalytic => {
    return {
      input: analytic,
      position,
      platformKey: [...analytic.platforms].sort(compareCodeUnits).join("\n"),
      weight: techniqueWeight(analytic, input.weights),
      requirements: prepare(analytic.requirements),
      unassessable: whyUnassessable(analytic, analytic.requirements),
      published: analytic.published === undefined ? null : { requirements: prepare(analytic.published), unassessable: whyUnassessable(analytic, analytic.published) },
      linked: linked.has(analytic.id),
    };
  });
  return { analytics, requirements: numbers.size };
}

/** "No reference and no curated requirement, or a critical requirement whose component has no carrier on this platform." */
function whyUnassessable(analytic: AnalyticInput, requirements: readonly RequirementInput[]): string | null {
  if (requirements.every((requirement) => requirement.alternatives.length === 0)) return "The analytic names no log source, so nobody can say what would prove it.";
  const without = criticalOf(requirements).find((requirement) => !requirement.carrier);
  if (!without) return null;
  const where = analytic.platformsFrom === "domain" ? "any platform" : "this platform";
  return `No record of ${where} carries ${without.component.name} (${without.component.id})${without.noCarrier ? `: ${without.noCarrier}` : "."}`;
}
