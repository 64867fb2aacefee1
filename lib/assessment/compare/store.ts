import type { Db, Tx } from "@/lib/db/client";

/** Writes and reads AssessmentComparison: which kept file holds the difference of which two assessments. */

/** The digest of the kept document; null when nobody computed this difference yet. */
export async function findComparison(db: Db | Tx, key: string): Promise<string | null> {
  return (await db.assessmentComparison.findUnique({ where: { key }, select: { document: true } }))?.document ?? null;
}

/** Notes where a difference is kept. Two computations of one difference give one document, so the first stays. */
export async function noteComparison(tx: Tx, key: string, document: string, at: Date): Promise<void> {
  await tx.assessmentComparison.createMany({ data: [{ key, document, createdAt: at }], skipDuplicates: true });
}
