import { z } from "zod";
import { componentById } from "./component-index";
import { notProducible } from "./not-producible";
import { carries, knownKinds, platformsOfKind, splitKind } from "./record-kinds";
import type { RecordKindId } from "./types";
import reasons from "./tables/no-carrier.json";

/** The record kinds that carry a component on a platform; where there are none, why. */
export interface Carriers {
  readonly kinds: readonly RecordKindId[];
  readonly none?: { readonly reason: string; readonly source: string };
}

const Reason = z.object({ components: z.array(z.string()), platforms: z.array(z.string()).optional(), reason: z.string(), source: z.string() });
const REASONS = z.array(Reason).parse(reasons);
const MEMO = new Map<string, Carriers>();

/**
 * What carries a component on a platform, by our own tables. Open families have more kinds than are named here: give the
 * kinds met in the data to withSeen().
 *
 * @param platform ATT&CK's platform name; null where the release names none (ICS): any platform
 */
export function carriersOf(componentId: string, platform: string | null): Carriers {
  const key = `${componentId} ${platform ?? ""}`;
  const known = MEMO.get(key);
  if (known) return known;
  const kinds = knownKinds().filter((kind) => carries(kind, componentId) && isOn(kind, platform) && notProducible(kind, componentId) === null);
  const found: Carriers = kinds.length > 0 ? { kinds } : { kinds, none: reasonFor(componentId, platform) };
  if (MEMO.size < 5_000) MEMO.set(key, found);
  return found;
}

/** Whether a record of this kind can come from the platform; null: any. */
export function isOn(kind: RecordKindId, platform: string | null): boolean {
  return platform === null || platformsOfKind(kind).includes(platform);
}

/** Kinds met in real data that carry the component here and that the tables do not name: any subsystem, any operation. */
export function withSeen(kinds: readonly RecordKindId[], seen: readonly RecordKindId[], componentId: string, platform: string | null): readonly RecordKindId[] {
  const named = new Set(kinds);
  const more = seen.filter((kind) => !named.has(kind) && splitKind(kind).key !== "" && carries(kind, componentId) && isOn(kind, platform) && notProducible(kind, componentId) === null);
  return more.length === 0 ? kinds : [...kinds, ...more];
}

function reasonFor(componentId: string, platform: string | null): { reason: string; source: string } {
  const own = REASONS.find((row) => row.components.some((label) => label.startsWith(componentId)) && (row.platforms === undefined || (platform !== null && row.platforms.includes(platform))));
  if (own) return { reason: own.reason, source: own.source };
  if (componentById(componentId)?.kind === "external" || platform === "PRE") {
    return { reason: "Collected outside the fleet: no sensor of a segment can write it.", source: "MITRE ATT&CK, platform PRE" };
  }
  return { reason: "No record kind of this platform is known to carry this component: not judged yet, counted as unresolved.", source: "" };
}
