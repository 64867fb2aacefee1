import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { attackIdOf } from "./read-stix-object";
import type { LinkContext } from "./link-catalog";
import type { StixCommon } from "./stix-schema";

/** An object with the id that people use. */
export interface Identified<T> {
  readonly attackId: string;
  readonly stix: T;
}

/**
 * Objects of one type by ATT&CK id, ordered by it, each id once: of two objects with one id the live one wins, then the one
 * that comes first. An object without an ATT&CK id cannot be shown or scored and is reported.
 */
export function indexByAttackId<T extends StixCommon>(context: LinkContext, objects: readonly T[], what: string): readonly Identified<T>[] {
  const byId = new Map<string, T>();
  for (const stix of objects) {
    const attackId = attackIdOf(stix.external_references);
    if (attackId === null || attackId === "") {
      context.report("refused", "no-attack-id", { id: stix.id, attackId: null }, `${what} ${stix.name ?? stix.id} has no ATT&CK id and was not linked.`);
      continue;
    }
    const before = byId.get(attackId);
    if (before === undefined) {
      byId.set(attackId, stix);
      continue;
    }
    const winner = isLive(stix) && !isLive(before) ? stix : before;
    const loser = winner === stix ? before : stix;
    byId.set(attackId, winner);
    context.report("refused", "duplicate-attack-id", { id: loser.id, attackId }, `${what} ${loser.id} has the ATT&CK id ${attackId} of ${winner.id} and was not linked.`);
  }
  return [...byId].map(([attackId, stix]) => ({ attackId, stix })).sort((a, b) => compareCodeUnits(a.attackId, b.attackId));
}

function isLive(stix: StixCommon): boolean {
  return !stix.revoked && !stix.x_mitre_deprecated;
}
