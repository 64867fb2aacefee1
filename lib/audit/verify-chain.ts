import { type AuditRow, GENESIS, hashEntry } from "./audit-entry";

/** What a check of the log found: broken names the first entry that does not fit, and why. */
export interface ChainCheck {
  readonly entries: number;
  readonly lastHash: string; // keep it elsewhere: a log cut off at its end still chains
  readonly broken: { readonly seq: string; readonly why: string } | null;
}

/** Recomputes the hash chain over all entries in order. Stops at the first break. */
export async function verifyChain(rows: AsyncIterable<AuditRow> | Iterable<AuditRow>): Promise<ChainCheck> {
  let entries = 0;
  let lastHash = GENESIS;
  for await (const row of rows) {
    const broken = fault(row, BigInt(entries) + 1n, lastHash);
    if (broken !== null) return { entries, lastHash, broken: { seq: String(row.seq), why: broken } };
    entries += 1;
    lastHash = row.hash;
  }
  return { entries, lastHash, broken: null };
}

function fault(row: AuditRow, expected: bigint, lastHash: string): string | null {
  if (row.seq !== expected) return `entry ${expected} is missing`;
  if (row.prevHash !== lastHash) return "it does not follow the entry before it";
  if (row.hash !== hashEntry(row)) return "its content was changed";
  return null;
}
