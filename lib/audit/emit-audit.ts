import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/shared/canonical-json";
import { GENESIS, hashEntry } from "./audit-entry";

/** `entity.verb`, what it was done to, and what changed (integers, strings, booleans: canonical JSON). */
export interface AuditEvent {
  readonly action: string;
  readonly target: string;
  readonly detail: Json;
}

/** The part of an operation's context that the log records. */
export interface AuditActor {
  readonly actor: { readonly name: string; readonly authenticated: boolean };
  readonly clock: () => Date;
}

const LOCK = 72707370; // taken until the transaction ends, so that numbers follow each other without a gap
const Last = z.array(z.object({ seq: z.bigint(), hash: z.string() }));

/**
 * Appends to the audit log inside the caller's transaction: if the write is rolled back, so is its entry, and the other way
 * round. Call it last in the transaction: from here to the end other writers of the log wait.
 */
export async function emitAudit(tx: Tx, ctx: AuditActor, event: AuditEvent): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
  const last = Last.parse(await tx.$queryRaw`select seq, hash from "AuditEntry" order by seq desc limit 1`)[0];
  const entry = {
    seq: (last?.seq ?? 0n) + 1n,
    at: ctx.clock(),
    actor: ctx.actor.name,
    authenticated: ctx.actor.authenticated,
    action: event.action,
    target: event.target,
    detail: event.detail,
    prevHash: last?.hash ?? GENESIS,
  };
  await tx.$executeRaw`
    insert into "AuditEntry" (seq, at, actor, authenticated, action, target, detail, "prevHash", hash)
    values (${entry.seq}, ${entry.at}, ${entry.actor}, ${entry.authenticated}, ${entry.action}, ${entry.target},
            ${JSON.stringify(entry.detail)}::jsonb, ${entry.prevHash}, ${hashEntry(entry)})`;
}
