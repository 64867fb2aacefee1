import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import type { Tactic } from "./types";

/** Tactics in the order of the matrix; of several matrices the live ones first. Tactics that no matrix names come last. */
export function linkTactics(context: LinkContext): readonly Tactic[] {
  const matrices = [...context.bundle.matrices].sort((a, b) => Number(a.x_mitre_deprecated || a.revoked) - Number(b.x_mitre_deprecated || b.revoked));
  const columns = [...new Set(matrices.flatMap((matrix) => matrix.tactic_refs))];
  const known = new Set(context.bundle.tactics.map((tactic) => tactic.id));
  for (const matrix of matrices) {
    for (const ref of matrix.tactic_refs.filter((id) => !known.has(id))) {
      context.report("odd", "dangling-reference", { id: matrix.id, attackId: null }, `The matrix names the tactic ${ref}, which the bundle does not hold.`);
    }
  }
  const position = (stixId: string) => (columns.includes(stixId) ? columns.indexOf(stixId) : columns.length);
  return indexByAttackId(context, context.bundle.tactics, "Tactic")
    .map(({ attackId, stix }) => ({ id: attackId, name: stix.name ?? attackId, stixId: stix.id, shortName: stix.x_mitre_shortname }))
    .sort((a, b) => position(a.stixId) - position(b.stixId))
    .map((tactic, order) => ({ ...tactic, order }));
}
