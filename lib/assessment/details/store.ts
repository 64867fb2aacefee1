import { z } from "zod";
import { storableJson } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import { canonicalJson, type Json } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";

/** Writes CellDetail: the documents that cells share. Nothing else writes it. */

const DOCS_AT_ONCE = 5_000;
const idsSchema = z.array(z.object({ id: z.number(), digest: z.string() }));

/** The rows of these documents, one per content; what an earlier assessment wrote is found by its digest. @returns their ids, in the order given */
export async function internDetails(db: Db | Tx, docs: readonly Json[]): Promise<number[]> {
  const digestsOf = new Map<Json, string>(); // by object: one that stands in many places is written out once
  const ids = new Map<string, number>();
  let batch = new Map<string, string>();
  const flush = async (): Promise<void> => {
    const body = `[${[...batch].map(([digest, text]) => `{"digest":"${digest}","doc":${storableJson(text)}}`).join(",")}]`;
    const note = (rows: unknown): void => {
      for (const { id, digest } of idsSchema.parse(rows)) {
        ids.set(digest, id);
        batch.delete(digest);
      }
    };
    note(await db.$queryRaw`insert into "CellDetail" (digest, doc) select digest, doc from jsonb_to_recordset(${body}::jsonb) as r(digest text, doc jsonb) on conflict do nothing returning id, digest`);
    if (batch.size > 0) note(await db.$queryRaw`select id, digest from "CellDetail" where digest = any(${[...batch.keys()]})`);
    const [lost] = batch.keys();
    if (lost !== undefined) throw new Error(`cell detail ${lost} was inserted but is not there`);
    batch = new Map();
  };
  for (const doc of docs) {
    if (digestsOf.has(doc)) continue;
    const text = canonicalJson(doc);
    const digest = sha256(text);
    digestsOf.set(doc, digest);
    if (ids.has(digest) || batch.has(digest)) continue;
    batch.set(digest, text);
    if (batch.size >= DOCS_AT_ONCE) await flush();
  }
  if (batch.size > 0) await flush();
  return docs.map((doc) => ids.get(digestsOf.get(doc) ?? "") ?? -1);
}
