import { authorize } from "./authorize";
import { readThreatGroups } from "./assessment/read-threat-groups";
import type { OperationContext } from "./context";

export interface ThreatGroupRow {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly techniques: number; // different ones
  readonly newest: string | null; // day of the newest use that is dated
}

/** The threat groups of the current catalogues, by id; none in the starter catalogue. */
export async function listThreatGroups(ctx: OperationContext): Promise<ThreatGroupRow[]> {
  authorize(ctx, "catalog.read", "none");
  const { groups } = await readThreatGroups(ctx);
  return groups.map(({ id, name, aliases, uses }) => ({
    id,
    name,
    aliases,
    techniques: new Set(uses.map(({ technique }) => technique)).size,
    newest: uses.reduce<string | null>((newest, { on }) => (on !== null && (newest === null || on > newest) ? on : newest), null),
  }));
}
