import { canonicalJson, type Json } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";

/** One line of the audit log. seq has no gaps; hash covers every other field and the hash before it. */
export interface AuditRow {
  readonly seq: bigint;
  readonly at: Date; // milliseconds
  readonly actor: string;
  readonly authenticated: boolean; // false until accounts exist: "actor not authenticated"
  readonly action: string;
  readonly target: string;
  readonly detail: Json;
  readonly prevHash: string;
  readonly hash: string;
}

/** prevHash of the first entry. */
export const GENESIS = "0".repeat(64);

/** hash = SHA-256(prevHash + canonical JSON of the other fields), in hex. Anyone can recompute the chain from an export. */
export function hashEntry(entry: Omit<AuditRow, "hash">): string {
  const { seq, at, actor, authenticated, action, target, detail } = entry;
  return sha256(entry.prevHash + canonicalJson({ seq: String(seq), at: at.toISOString(), actor, authenticated, action, target, detail }));
}
