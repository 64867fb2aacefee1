import type { Db, Tx } from "@/lib/db/client";
import { readGapLabel } from "@/lib/gaps/gap-key";
import type { GapRow } from "@/lib/gaps/gap-row";
import { findGapId, listGapRows } from "@/lib/gaps/store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";

/**
 * The gaps that people mean: by number (G-0042, 42) or by key. One that the actor may not see is not there for them.
 *
 * @throws SightlineError INVALID without any, or for what is no number; NOT_FOUND for one that is not there
 */
export async function findGaps(ctx: OperationContext, names: readonly string[], db: Db | Tx = ctx.db): Promise<GapRow[]> {
  if (names.length === 0) throw new SightlineError("INVALID", "No gap is named.", { field: "id", remedy: "Name gaps as G-0042; `gaps list` prints them." });
  const ids: number[] = [];
  for (const name of names) {
    const id = /^[0-9a-f]{24}$/.test(name) ? await findGapId(db, name) : readGapLabel(name);
    if (id === null) throw new SightlineError("NOT_FOUND", `There is no gap "${name}".`, { field: "id" });
    ids.push(id);
  }
  const rows = await listGapRows(db, { ids: [...new Set(ids)], analytics: true });
  const seen = new Map(rows.filter(({ segmentId }) => ctx.segments === "all" || ctx.segments.includes(segmentId)).map((row) => [row.id, row]));
  return [...new Set(ids)].map((id, position) => {
    const row = seen.get(id);
    if (row === undefined) throw new SightlineError("NOT_FOUND", `There is no gap "${names[position] ?? id}".`, { field: "id" });
    return row;
  });
}
