import { readAuditLog } from "@/lib/audit/read-audit-log";
import { type ChainCheck, verifyChain } from "@/lib/audit/verify-chain";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Recomputes the audit log's hash chain from the first entry to the last. */
export async function verifyAuditChain(ctx: OperationContext): Promise<ChainCheck> {
  authorize(ctx, "audit.read", "none");
  return verifyChain(readAuditLog(ctx.db));
}
