import { z } from "zod";
import { DOMAINS, type Domain } from "@/lib/catalog/types";
import type { Db, Tx } from "@/lib/db/client";
import type { ReadLayer } from "./read-layer";

/** Writes and reads NavigatorLayer: somebody's layers, to be compared with. Nothing else writes it. */

const techniqueSchema = z.object({ technique: z.string(), score: z.number().nullable(), marked: z.boolean(), comment: z.string() });
const docSchema = z.object({ description: z.string(), version: z.string(), techniques: z.array(techniqueSchema), refused: z.array(z.object({ position: z.number(), field: z.string(), message: z.string() })), left: z.number().int().default(0) });

/** A layer as lists show it. */
export interface LayerRow {
  readonly id: string;
  readonly name: string;
  readonly domain: Domain;
  readonly attack: string | null;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly techniques: number;
  readonly marked: number;
  readonly refused: number; // entries that were not understood
  readonly importedAt: string;
  readonly importedBy: string;
}

export interface StoredLayer extends LayerRow {
  readonly doc: z.infer<typeof docSchema>;
}

/** Writes a layer. @returns its id */
export async function insertLayer(tx: Tx, layer: ReadLayer, file: { readonly name: string; readonly digest: string }, by: { readonly at: Date; readonly actor: string; readonly demo: boolean }): Promise<string> {
  const { name, domain, attack, description, version, techniques, refused, left } = layer;
  const doc = { description, version, techniques: techniques.map((one) => ({ ...one })), refused: refused.map((one) => ({ ...one })), left };
  const row = await tx.navigatorLayer.create({ data: { name, domain, attack, fileName: file.name, fileDigest: file.digest, doc, demo: by.demo, importedAt: by.at, importedBy: by.actor }, select: { id: true } });
  return row.id;
}

/** Every layer, newest first. */
export async function listLayerRows(db: Db | Tx): Promise<StoredLayer[]> {
  const rows = await db.navigatorLayer.findMany({ orderBy: [{ importedAt: "desc" }, { id: "asc" }] });
  return rows.map(toStored);
}

/** The layer with this id, or of this file; null when there is none. */
export async function findLayer(db: Db | Tx, by: { readonly id: string } | { readonly fileDigest: string }): Promise<StoredLayer | null> {
  const row = await db.navigatorLayer.findUnique({ where: by });
  return row === null ? null : toStored(row);
}

/** Deletes the layers of the demonstration. @returns how many */
export async function deleteDemoLayers(tx: Tx): Promise<number> {
  return (await tx.navigatorLayer.deleteMany({ where: { demo: true } })).count;
}

/** Deletes a layer; its file stays kept. */
export async function deleteLayer(tx: Tx, id: string): Promise<void> {
  await tx.navigatorLayer.delete({ where: { id } });
}

type Row = NonNullable<Awaited<ReturnType<Db["navigatorLayer"]["findUnique"]>>>;

function toStored({ id, name, domain, attack, fileName, fileDigest, doc: raw, importedAt, importedBy }: Row): StoredLayer {
  const doc = docSchema.parse(raw);
  const marked = doc.techniques.filter((one) => one.marked).length;
  return { id, name, domain: z.enum(DOMAINS).parse(domain), attack, fileName, fileDigest, techniques: doc.techniques.length, marked, refused: doc.refused.length + doc.left, importedAt: importedAt.toISOString(), importedBy, doc };
}
