import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { kindId } from "@/lib/telemetry/record-kinds";
import type { RecordKindId } from "@/lib/telemetry/types";

/** An example record of a dataset as it was kept: where it stands and its text, cut after 64 KB. */
export interface KeptExample {
  readonly number: number;
  readonly kind: RecordKindId;
  readonly shape: readonly string[];
  readonly host: string;
  readonly length: number; // bytes of the whole record
  readonly raw: string;
}

const rows = z.array(z.object({ number: z.number(), family: z.string(), key: z.string(), shape: z.array(z.string()), host: z.string(), length: z.number(), raw: z.string() }));

/** Reads EventExample, which lib/events/store.ts writes. */

/**
 * Examples of a dataset, so many of each (kind, shape) that there are about `most` in all, never fewer than two: of every host one
 * before any host's second.
 */
export async function listSpreadExamples(db: Db | Tx, datasetId: string, most: number): Promise<KeptExample[]> {
  const found = rows.parse(
    await db.$queryRaw`
      with ranked as (
        select "recordNumber", "kindId", "shapeId", host, length, raw, row_number() over (partition by "kindId", "shapeId", host order by "recordNumber") as turn
        from "EventExample" where "datasetId" = ${datasetId}
      ), chosen as (
        select *, row_number() over (partition by "kindId", "shapeId" order by turn, "recordNumber") as place, count(*) over () as all_rows from ranked
      ), groups as (select count(*) as n from (select distinct "kindId", "shapeId" from ranked) g)
      select c."recordNumber" as number, k.family, k.key, s.fields as shape, c.host, c.length, c.raw
      from chosen c join "RecordKind" k on k.id = c."kindId" join "FillShape" s on s.id = c."shapeId", groups
      where c.all_rows <= ${most} or c.place <= greatest(2, ${most} / greatest(1, groups.n))
      order by c."recordNumber"`,
  );
  return found.map(({ family, key, ...row }) => ({ ...row, kind: kindId(family, key) }));
}
