import { z } from "zod";
import { bulkInsert } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import type { MeasuredHost, Measurement } from "./types";

/** Writes and reads Measurement and MeasurementHost. Nothing else writes them. */

const fillsSchema = z.record(z.string(), z.number().int().nonnegative());

/** Measurements of live segments (or of the segments given), every version, in the order of scope and version. */
export async function listMeasurements(db: Db | Tx, segmentIds?: readonly string[]): Promise<Measurement[]> {
  const rows = await db.measurement.findMany({
    where: segmentIds ? { segmentId: { in: [...segmentIds] } } : { segment: { retiredAt: null } },
    include: { hosts: { orderBy: { hostKey: "asc" } } },
    orderBy: [{ segmentId: "asc" }, { scope: "asc" }, { version: "asc" }],
  });
  return rows.map(({ hosts, asOf, windowFrom, ...row }) => ({
    ...row,
    asOf: asOf.getTime(),
    windowFrom: windowFrom === null ? null : windowFrom.getTime(),
    hosts: hosts.map(({ host, hostKey, count, firstMs, lastMs, fills }): MeasuredHost => ({ host, key: hostKey, count: Number(count), first: firstMs === null ? null : Number(firstMs), last: lastMs === null ? null : Number(lastMs), fills: fillsSchema.parse(fills) })),
  }));
}

/** Version and content of the newest version of each scope. */
export async function listMeasurementHeads(db: Db | Tx, segmentIds: readonly string[]): Promise<{ readonly segmentId: string; readonly scope: string; readonly version: number; readonly contentDigest: string; readonly rawDatasets: readonly string[] }[]> {
  return db.measurement.findMany({ where: { segmentId: { in: [...segmentIds] } }, distinct: ["segmentId", "scope"], orderBy: [{ segmentId: "asc" }, { scope: "asc" }, { version: "desc" }], select: { segmentId: true, scope: true, version: true, contentDigest: true, rawDatasets: true } });
}

/** Writes new versions. @throws Prisma's unique violation when another import wrote the same version meanwhile; operations hold the inventory's lock */
export async function insertMeasurements(tx: Tx, measurements: readonly Omit<Measurement, "id">[]): Promise<void> {
  for (const { hosts, asOf, windowFrom, rawDatasets, ...row } of measurements) {
    const { id } = await tx.measurement.create({ data: { ...row, asOf: new Date(asOf), windowFrom: windowFrom === null ? null : new Date(windowFrom), rawDatasets: [...rawDatasets] }, select: { id: true } });
    const columns = [...["measurementId", "hostKey", "host"].map((name) => ({ name, type: "text" })), ...["count", "firstMs", "lastMs"].map((name) => ({ name, type: "bigint" })), { name: "fills", type: "jsonb" }];
    await bulkInsert(tx, "MeasurementHost", columns, hosts.map(({ key, host, count, first, last, fills }) => ({ measurementId: id, hostKey: key, host, count, firstMs: first, lastMs: last, fills })));
  }
}
