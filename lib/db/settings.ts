import { z } from "zod";
import type { Json } from "@/lib/shared/canonical-json";
import type { Db, Tx } from "./client";

/** Writes and reads Setting: one JSON value under a name. Nothing else does; whoever reads a value checks its shape. */

/** The value under a name; null when it was never set. */
export async function readSetting(db: Db | Tx, key: string): Promise<Json | null> {
  const row = await db.setting.findUnique({ where: { key } });
  return row === null ? null : z.json().parse(row.value);
}

/** Sets a value, in place of the one before. */
export async function writeSetting(tx: Db | Tx, key: string, value: Readonly<Record<string, string | number | boolean>>): Promise<void> {
  const stored = { ...value };
  await tx.setting.upsert({ where: { key }, update: { value: stored }, create: { key, value: stored } });
}

/** Forgets a value. */
export async function clearSetting(tx: Db | Tx, key: string): Promise<void> {
  await tx.setting.deleteMany({ where: { key } });
}
