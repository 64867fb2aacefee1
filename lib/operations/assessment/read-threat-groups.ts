import { listSnapshotRows, readGroups } from "@/lib/catalog/store";
import type { Group } from "@/lib/catalog/types";
import type { OperationContext } from "../context";

/** Threat groups of the current catalogues by id; one that several domains hold has the uses of all. releases: domain -> release. */
export async function readThreatGroups(ctx: OperationContext): Promise<{ readonly groups: readonly Group[]; readonly releases: Record<string, string> }> {
  const current = (await listSnapshotRows(ctx.db)).filter((snapshot) => snapshot.current);
  const found = new Map<string, Group>();
  for (const { id } of current) {
    for (const group of await readGroups(ctx.db, id)) {
      const known = found.get(group.id);
      found.set(group.id, known ? { ...known, aliases: [...new Set([...known.aliases, ...group.aliases])], uses: [...known.uses, ...group.uses] } : group);
    }
  }
  return { groups: [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), releases: Object.fromEntries(current.map(({ domain, release }) => [domain, release])) };
}
