import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";

/** What is known of the loaded demonstration: its pinned T0 (ISO 8601), and whether every step has been replayed. */
export const demoSettingSchema = z.object({ t0: z.iso.datetime(), ready: z.boolean() });
export type DemoSetting = z.infer<typeof demoSettingSchema>;

const KEY = "demo";

/** The row "demo" of Setting, which nothing else writes; null: the demonstration was never begun. */
export async function readDemoSetting(db: Db | Tx): Promise<DemoSetting | null> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  return row === null ? null : demoSettingSchema.parse(row.value);
}

export async function writeDemoSetting(tx: Tx, value: DemoSetting): Promise<void> {
  await tx.setting.upsert({ where: { key: KEY }, update: { value }, create: { key: KEY, value } });
}
