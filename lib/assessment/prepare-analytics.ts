import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { slotOf } from "./accepted-sets";
import { foldWords } from "./counting-claims";
import { criticalOf } from "./decide-status";
import { explainImpossible, explainUnclaimed } from "./explain-why-not";
import type { AlternativeInput, AnalyticInput, RequirementInput, ScoringInput } from "./scoring-input";
import type { WhyNot } from "./scoring-result";
import { flagBits } from "./status";
import { techniqueWeight } from "./technique-weight";

/** An analytic with what is the same in every segment, worked out once. */
export interface PreparedAnalytic {
  readonly input: AnalyticInput;
  readonly position: number;
  readonly platformKey: string; // analytics with the same key share their platforms
  readonly weight: number; // technique weight in millionths
  readonly requirements: readonly PreparedRequirement[];
  readonly deciding: readonly PreparedRequirement[]; // those of them that decide
  readonly unassessable: string | null; // why nobody can assess it
  readonly published: { readonly deciding: readonly PreparedRequirement[]; readonly unassessable: string | null } | null; // source "pack": as ATT&CK has it
  readonly linked: boolean; // a rule is linked to it
}

/** A requirement of an analytic. */
export interface PreparedRequirement {
  readonly input: RequirementInput;
  readonly number: number;
  readonly own: NumberedRequirement; // one object for all that are equal
  readonly decides: boolean; // critical, or one of an analytic of which none is
}

/** What requirements that are equal share: they have one number, and are decided once per scope. */
export interface NumberedRequirement {
  readonly number: number;
  readonly input: RequirementInput;
  readonly alternatives: readonly PreparedAlternative[];
}

/** A reference with what is the same in every segment. */
export interface PreparedAlternative {
  readonly input: AlternativeInput;
  readonly slot: number; // references of the same slot accept the same kinds
  readonly name: string; // folded, for comparison with claims, as the next two
  readonly channel: string;
  readonly component: readonly string[]; // its id and name
  readonly componentId: string;
  readonly windowMs: number | undefined;
  readonly flags: number; // bits of FLAGS that it has wherever it is
  readonly impossible: WhyNot | null; // why no segment has it as cited; null: one could
  readonly absent: WhyNot; // where nothing else is to be said
}

/** The analytics of an input in its order, and how many different requirements they have. */
export function prepareAnalytics(input: ScoringInput): { readonly analytics: readonly PreparedAnalytic[]; readonly requirements: number } {
  const known = new Map<string, NumberedRequirement>();
  const keyOf = openKeys();
  const linked = new Set(input.links.map((link) => link.analytic));
  const prepare = (own: readonly RequirementInput[]): PreparedRequirement[] => {
    const deciding = new Set(criticalOf(own));
    return own.map((requirement) => {
      const key = keyOf(requirement);
      let numbered = known.get(key);
      if (numbered === undefined) known.set(key, (numbered = { number: known.size, input: requirement, alternatives: requirement.alternatives.map((alternative) => prepareAlternative(requirement, alternative)) }));
      return { input: requirement, number: numbered.number, own: numbered, decides: deciding.has(requirement) };
    });
  };
  const analytics = input.analytics.map((analytic, position): PreparedAnalytic => {
    const requirements = prepare(analytic.requirements);
    return {
      input: analytic,
      position,
      platformKey: [...analytic.platforms].sort(compareCodeUnits).join("\n"),
      weight: techniqueWeight(analytic, input.weights),
      requirements,
      deciding: requirements.filter(({ decides }) => decides),
      unassessable: whyUnassessable(analytic, analytic.requirements),
      published: analytic.published === undefined ? null : { deciding: prepare(analytic.published).filter(({ decides }) => decides), unassessable: whyUnassessable(analytic, analytic.published) },
      linked: linked.has(analytic.id),
    };
  });
  return { analytics, requirements: known.size };
}

function prepareAlternative({ component, windowMs }: RequirementInput, input: AlternativeInput): PreparedAlternative {
  return {
    input,
    slot: slotOf(input),
    name: foldWords(input.name),
    channel: foldWords(input.channel),
    component: [foldWords(component.id), foldWords(component.name)],
    componentId: component.id,
    windowMs,
    flags: (input.basis === "component" ? BY_COMPONENT : 0) | (input.override === undefined ? 0 : OVERRIDDEN),
    impossible: explainImpossible(input),
    absent: explainUnclaimed(input),
  };
}

const BY_COMPONENT = flagBits(["by-component"]);
const OVERRIDDEN = flagBits(["overridden"]);

/** Texts that are equal exactly when requirements are. References are mostly shared between requirements, so each is written out once. */
function openKeys(): (requirement: RequirementInput) => string {
  const numbers = new Map<string, number>();
  const known = new Map<AlternativeInput, number>();
  const numberOf = (alternative: AlternativeInput): number => {
    let number = known.get(alternative);
    if (number === undefined) {
      const text = JSON.stringify(alternative);
      number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      known.set(alternative, number);
    }
    return number;
  };
  return ({ alternatives, component, critical, carrier, noCarrier = null, windowMs = null }) => JSON.stringify([component.id, component.name, critical, carrier, noCarrier, windowMs, alternatives.map(numberOf)]);
}

/** "No reference and no curated requirement, or a critical requirement whose component has no carrier on this platform." */
function whyUnassessable(analytic: AnalyticInput, requirements: readonly RequirementInput[]): string | null {
  if (requirements.every((requirement) => requirement.alternatives.length === 0)) return "The analytic names no log source, so nobody can say what would prove it.";
  const without = criticalOf(requirements).find((requirement) => !requirement.carrier);
  if (!without) return null;
  const where = analytic.platformsFrom === "domain" ? "any platform" : "this platform";
  return `No record of ${where} carries ${without.component.name} (${without.component.id})${without.noCarrier ? `: ${without.noCarrier}` : "."}`;
}
