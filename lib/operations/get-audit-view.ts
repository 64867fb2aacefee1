import { readNewestEntries } from "@/lib/audit/read-audit-log";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface AuditLine {
  readonly seq: string;
  readonly at: number;
  readonly actor: string;
  readonly authenticated: boolean;
  readonly action: string;
  readonly target: string;
  readonly detail: string; // JSON
  readonly hash: string;
}

/** The newest entries of the audit log, at most `limit`. */
export async function getAuditView(ctx: OperationContext, limit = 300): Promise<readonly AuditLine[]> {
  authorize(ctx, "audit.read", "none");
  const rows = await readNewestEntries(ctx.db, limit);
  return rows.map(({ seq, at, detail, prevHash: _previous, ...row }) => ({ ...row, seq: seq.toString(), at: at.getTime(), detail: JSON.stringify(detail) }));
}
