import type { JoinEdge } from "@/lib/events/joins/join-result";
import { isOn, withSeen } from "@/lib/telemetry/carriers";
import { componentById } from "@/lib/telemetry/component-index";
import { notProducible } from "@/lib/telemetry/not-producible";
import { carries, kindsOfFamily, splitKind } from "@/lib/telemetry/record-kinds";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { withStated } from "@/lib/telemetry/stated-platform";
import type { AcceptedKind, FieldRequirement, RecordKindId } from "@/lib/telemetry/types";
import type { PackManifest, PackRequirement } from "./pack-schema";

/** A curated requirement with the record kinds that meet it, as resolveLogSource gives them for a published reference. */
export interface CuratedRequirement {
  readonly id: string;
  readonly component: { readonly id: string; readonly name: string };
  readonly critical: boolean;
  readonly because: string;
  readonly cites: PackRequirement["cites"];
  readonly accepts: readonly AcceptedKind[]; // as cited before equivalent
}

/**
 * What a pack asks of a segment's records: its requirements resolved to record kinds and fields. The kinds it lists are
 * taken; a family's "*" is every kind of it that carries the component, completed by what was met in the data.
 *
 * @param seen record kinds met in the data: open families and kinds with a stated platform are completed from them
 */
export function curatedRequirements({ requirements, platform }: PackManifest, seen: readonly RecordKindId[] = []): readonly CuratedRequirement[] {
  return requirements.map(({ id, component, critical, because, cites, asCited, equivalents, fields }) => {
    const accepts = new Map<RecordKindId, AcceptedKind>();
    for (const [met, patterns] of [["as-cited", asCited], ["equivalent", equivalents]] as const) {
      for (const kind of patterns.flatMap((pattern) => expandKinds(pattern, component, platform, seen))) {
        if (accepts.has(kind) || !carries(kind, component) || !isOn(kind, platform) || notProducible(kind, component) !== null) continue;
        accepts.set(kind, { kind, met, fields: withOwn(requiredFields(component, kind), fields) });
      }
    }
    return { id, component: { id: component, name: componentById(component)?.name ?? component }, critical, because, cites, accepts: [...accepts.values()] };
  });
}

/** An edge with the positions of its requirements among the curated ones, as ScoringInput's joins have them. */
export interface CuratedJoin extends JoinEdge {
  readonly fromRequirement: number;
  readonly toRequirement: number;
}

/** The edges of a pack's chain over the accepted kinds: what joinResult answers from a segment's join indexes. */
export function curatedJoins(manifest: PackManifest, seen: readonly RecordKindId[] = []): readonly CuratedJoin[] {
  const requirements = curatedRequirements(manifest, seen);
  const at = (id: string): number => requirements.findIndex((one) => one.id === id);
  const kindsAt = (position: number): string[] => (requirements[position]?.accepts ?? []).map(({ kind }) => kind);
  return manifest.joins.map(({ id, from, to, by, ordered, windowSeconds }) => {
    const [fromRequirement, toRequirement] = [at(from), at(to)];
    return { id, from: kindsAt(fromRequirement), to: kindsAt(toRequirement), by, ordered, windowMs: windowSeconds * 1_000, fromRequirement, toRequirement };
  });
}

/** The kinds that a pattern of a pack stands for. "family:*": all of the family that carry the component on the platform. */
export function expandKinds(pattern: string, component: string, platform: string, seen: readonly RecordKindId[] = []): readonly RecordKindId[] {
  const { family, key } = splitKind(pattern);
  if (key !== "*") return withStated([pattern], seen);
  const own = seen.filter((kind) => splitKind(kind).family === family);
  const known = kindsOfFamily(family).filter((kind) => carries(kind, component) && isOn(kind, platform) && notProducible(kind, component) === null);
  return withStated(withSeen(known, own, component, platform), own);
}

/** The component's fields and those that the detection itself needs. */
function withOwn({ required, anyOf, objects }: FieldRequirement, own: PackRequirement["fields"]): FieldRequirement {
  return { required: [...new Set([...required, ...own.required])].sort(), anyOf: [...anyOf, ...own.anyOf], ...(objects === undefined ? {} : { objects }) };
}
