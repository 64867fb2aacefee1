import type { Db, Tx } from "@/lib/db/client";
import { UNTIMED_HOUR } from "../types";

/* Reads RecordIndexPart, which lib/events/store.ts writes. */

/** Parts of a dataset's record index, in the order of the file, one at a time: those that may hold an hour of the range, else all. */
export async function* streamIndexParts(db: Db | Tx, datasetId: string, hours: { readonly first: number; readonly last: number } | null): AsyncGenerator<Uint8Array> {
  const last = hours === null ? null : Math.min(hours.last, 2 ** 31 - 1);
  const where = { datasetId, ...(hours === null || last === null ? {} : { firstHour: { lte: last }, lastHour: { gte: Math.max(hours.first, UNTIMED_HOUR) } }) };
  const parts = await db.recordIndexPart.findMany({ where, select: { part: true }, orderBy: { part: "asc" } });
  for (const { part } of parts) {
    const row = await db.recordIndexPart.findUnique({ where: { datasetId_part: { datasetId, part } }, select: { bytes: true } });
    if (row !== null) yield row.bytes;
  }
}
