import { z } from "zod";
import { bulkInsert } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import type { Window } from "../cut-window";
import type { Origin } from "../dataset-types";
import { decodeJoinIndex, type JoinIndex } from "../joins/join-index";
import type { ProbeRow } from "../visitors/probes";
import type { StoredProbe } from "./grade-sources";

/* Writes and reads ProbeSummary and DatasetJoins: what the probes found in a dataset, and by what its records join. */

/** Lab and public data never prove a cell (design: "Whose evidence"). */
const PROVING = { origin: { in: ["production", "exercise"] satisfies Origin[] } };

const examplesSchema = z.array(z.object({ number: z.number().int(), offset: z.number().int(), length: z.number().int() }));

/** Writes what a pass found for a staged dataset; nothing reads it before the dataset is published. */
export async function writeProbes(db: Db | Tx, datasetId: string, rows: readonly ProbeRow[], joins: Uint8Array): Promise<void> {
  const columns = [{ name: "datasetId", type: "text" }, { name: "family", type: "text" }, { name: "probe", type: "text" }, { name: "summary", type: "jsonb" }, { name: "examples", type: "jsonb" }];
  await bulkInsert(db, "ProbeSummary", columns, rows.map(({ family, probe, summary, examples }) => ({ datasetId, family, probe, summary, examples })));
  await db.datasetJoins.create({ data: { datasetId, bytes: Uint8Array.from(joins) } });
}

/** Takes away what the probes found in a dataset whose row stays. */
export async function deleteProbes(db: Db | Tx, datasetId: string): Promise<void> {
  await db.probeSummary.deleteMany({ where: { datasetId } });
  await db.datasetJoins.deleteMany({ where: { datasetId } });
}

/**
 * What was found in one dataset, or in every ready dataset of segments whose origin may prove something; by dataset, family,
 * probe. window: only datasets with a record in it.
 */
export async function listProbes(db: Db | Tx, where: { readonly datasetId: string } | { readonly segmentIds: readonly string[]; readonly window?: Window }): Promise<(StoredProbe & { readonly segmentId: string })[]> {
  const dataset = "datasetId" in where ? { id: where.datasetId } : { segmentId: { in: [...where.segmentIds] }, ...PROVING, ...(where.window === undefined ? {} : { firstMs: { lte: BigInt(where.window.to) }, lastMs: { gte: BigInt(where.window.from) } }) };
  const rows = await db.probeSummary.findMany({ where: { dataset: { state: "ready", ...dataset } }, include: { dataset: { select: { segmentId: true } } }, orderBy: [{ datasetId: "asc" }, { family: "asc" }, { probe: "asc" }] });
  return rows.map((row) => ({ dataset: row.datasetId, segmentId: row.dataset.segmentId, family: row.family, probe: row.probe, summary: z.json().parse(row.summary), examples: examplesSchema.parse(row.examples) }));
}

/** The join indexes of ready datasets of a segment whose origin may prove something. */
export async function listJoinIndexes(db: Db | Tx, segmentId: string): Promise<{ readonly dataset: string; readonly index: JoinIndex }[]> {
  const rows = await db.datasetJoins.findMany({ where: { dataset: { state: "ready", segmentId, ...PROVING } }, orderBy: { datasetId: "asc" } });
  return rows.map(({ datasetId, bytes }) => ({ dataset: datasetId, index: decodeJoinIndex(bytes) }));
}
