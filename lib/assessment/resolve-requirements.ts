import type { Analytic, LogSource } from "@/lib/catalog/types";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { curatedRequirements } from "@/lib/detection/packs/pack-requirements";
import type { PackManifest } from "@/lib/detection/packs/pack-schema";
import { carriersOf, withSeen } from "@/lib/telemetry/carriers";
import { resolveWithOverrides, type OverridingResolver } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { splitKind } from "@/lib/telemetry/record-kinds";
import type { AcceptedKind, FieldRequirement, Resolution } from "@/lib/telemetry/types";
import type { AlternativeInput, RequirementInput, ScoringInput } from "./scoring-input";

export interface ResolvedRequirements {
  readonly fieldSets: ScoringInput["fieldSets"];
  readonly acceptSets: ScoringInput["acceptSets"];
  readonly requirements: readonly RequirementInput[][]; // per analytic, in the order given
  readonly curated: readonly RequirementInput[][]; // per pack, in the order given
}

/**
 * The requirements of analytics: one per data component, in published order, its references as alternatives (a reference
 * that is repeated counts once). Equal field sets and equal lists of accepted kinds are kept once.
 *
 * @param seen record kinds met in the data, which complete the open families
 * @param resolver with the overrides that hold
 * @param packs whose requirements are resolved too
 */
export function resolveRequirements(analytics: readonly Analytic[], seen: readonly string[], resolver: OverridingResolver = resolveWithOverrides([]), packs: readonly PackManifest[] = []): ResolvedRequirements {
  const fieldSets = startInterning<ScoringInput["fieldSets"][number]>();
  const acceptSets = startInterning<ScoringInput["acceptSets"][number]>();
  const memory = new Map<string, AlternativeInput>();
  const carriers = new Map<string, Pick<RequirementInput, "carrier" | "noCarrier">>();

  const alternative = (source: LogSource, platforms: readonly (string | null)[], analytic: string): AlternativeInput => {
    const key = [resolver.hasOwn(analytic) ? analytic : "", platforms.join("\t"), source.component.id, source.name, source.channel].join("\n");
    const known = memory.get(key);
    if (known) return known;
    const resolutions = platforms.map((platform) => resolver.resolve(source, platform, analytic, seen));
    const lead = resolutions.find((resolution) => resolution.verdict === "producible") ?? resolutions[0];
    const made: AlternativeInput = {
      name: source.name,
      channel: source.channel,
      family: lead?.family ?? "unknown",
      basis: lead?.basis ?? "component",
      verdict: lead?.verdict ?? "external",
      ...(lead?.substitute === undefined ? {} : { substitute: lead.substitute }),
      ...(lead?.override === undefined ? {} : { override: { ...lead.override, concerns: [...lead.override.concerns] } }),
      accepts: acceptSets.intern(mergeAccepted(resolutions).map(({ kind, met, fields }) => ({ kind, met, fields: fieldSets.intern(sortFields(fields)) }))),
    };
    memory.set(key, made);
    return made;
  };

  const carrier = (component: string, platforms: readonly (string | null)[], alternatives: readonly AlternativeInput[]): Pick<RequirementInput, "carrier" | "noCarrier"> => {
    if (alternatives.some((item) => (acceptSets.items[item.accepts]?.length ?? 0) > 0)) return { carrier: true };
    const key = `${component}\n${platforms.join("\t")}`;
    const known = carriers.get(key);
    if (known) return known;
    const found = platforms.map((platform) => ({ platform, ...carriersOf(component, platform) }));
    const some = found.some(({ platform, kinds }) => withSeen(kinds, seen, component, platform).length > 0);
    const reason = found[0]?.none?.reason;
    const made = some ? { carrier: true } : { carrier: false, ...(reason === undefined ? {} : { noCarrier: reason }) };
    carriers.set(key, made);
    return made;
  };

  const requirements = analytics.map((analytic) => {
    const platforms = analytic.platforms.length === 0 ? [null] : [...analytic.platforms].sort(compareCodeUnits);
    const groups = new Map<string, { component: LogSource["component"]; alternatives: AlternativeInput[] }>();
    for (const source of analytic.logSources) {
      let group = groups.get(source.component.id);
      if (!group) groups.set(source.component.id, (group = { component: { id: source.component.id, name: source.component.name }, alternatives: [] }));
      const made = alternative(source, platforms, analytic.id);
      if (!group.alternatives.includes(made)) group.alternatives.push(made);
    }
    return [...groups.values()].map(({ component, alternatives }): RequirementInput => ({ component: { ...component }, critical: true, ...carrier(component.id, platforms, alternatives), alternatives }));
  });
  const curated = packs.map((manifest) =>
    curatedRequirements(manifest, seen).map(({ id, component, critical, cites, accepts }): RequirementInput => {
      const sets = [...accepts].sort((a, b) => compareCodeUnits(a.kind, b.kind)).map(({ kind, met, fields }) => ({ kind, met, fields: fieldSets.intern(sortFields(fields)) }));
      const lead = accepts.find(({ met }) => met === "as-cited") ?? accepts[0];
      const names = [...new Set(cites.map(({ name }) => name))];
      return {
        component: { ...component },
        critical,
        carrier: sets.length > 0,
        ...(sets.length > 0 ? {} : { noCarrier: "none of the record kinds that the pack lists is written here." }),
        alternatives: [{ name: names.length > 0 ? names.join(", ") : `the pack's "${id}"`, channel: [...new Set(cites.map(({ channel }) => channel))].join(", "), family: lead === undefined ? "unknown" : splitKind(lead.kind).family, basis: "curated", verdict: "producible", accepts: acceptSets.intern(sets) }],
      };
    }),
  );
  return { fieldSets: fieldSets.items, acceptSets: acceptSets.items, requirements, curated };
}

/** Kinds accepted on any of the platforms, as cited before equivalent, ordered by kind. */
function mergeAccepted(resolutions: readonly Resolution[]): AcceptedKind[] {
  const kinds = new Map<string, AcceptedKind>();
  for (const { accepts } of resolutions) {
    for (const accept of accepts) {
      const known = kinds.get(accept.kind);
      if (!known || (known.met === "equivalent" && accept.met === "as-cited")) kinds.set(accept.kind, accept);
    }
  }
  return [...kinds.values()].sort((a, b) => compareCodeUnits(a.kind, b.kind));
}

function sortFields({ required, anyOf, objects }: FieldRequirement): ScoringInput["fieldSets"][number] {
  return { required: [...required].sort(compareCodeUnits), anyOf: anyOf.map((group) => [...group].sort(compareCodeUnits)), ...(objects === undefined ? {} : { objects: [...objects].sort(compareCodeUnits) }) };
}

function startInterning<T>(): { readonly items: T[]; intern(item: T): number } {
  const items: T[] = [];
  const ids = new Map<string, number>();
  return {
    items,
    intern: (item) => {
      const key = JSON.stringify(item);
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, items.length);
      items.push(item);
      return items.length - 1;
    },
  };
}
