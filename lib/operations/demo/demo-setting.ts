import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { clearSetting, readSetting, writeSetting } from "@/lib/db/settings";

/** What is known of the loaded demonstration: its pinned T0 (ISO 8601), and whether every step has been replayed. */
export const demoSettingSchema = z.object({ t0: z.iso.datetime(), ready: z.boolean() });
export type DemoSetting = z.infer<typeof demoSettingSchema>;

const KEY = "demo";

/** The row "demo" of Setting, which nothing else writes; null: the demonstration was never begun. */
export async function readDemoSetting(db: Db | Tx): Promise<DemoSetting | null> {
  const value = await readSetting(db, KEY);
  return value === null ? null : demoSettingSchema.parse(value);
}

/** Forgets the demonstration, when it is taken away. */
export async function clearDemoSetting(tx: Tx): Promise<void> {
  await clearSetting(tx, KEY);
}

/** Pins T0 when a load begins, and says when it is whole. */
export async function writeDemoSetting(tx: Tx, value: DemoSetting): Promise<void> {
  await writeSetting(tx, KEY, value);
}
