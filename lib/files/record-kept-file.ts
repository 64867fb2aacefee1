import type { Tx } from "@/lib/db/client";
import type { KeptContent } from "./file-store";

/** Writes the row of a kept file; the content must be in the store already. A file kept before keeps its first name and time. */
export async function recordKeptFile(tx: Tx, kept: KeptContent, name: string, at: Date): Promise<void> {
  await tx.keptFile.createMany({ data: [{ digest: kept.digest, bytes: BigInt(kept.bytes), name, storedAt: at }], skipDuplicates: true });
}
