import type { Db, Tx } from "@/lib/db/client";
import { referenceDigest } from "../reference-digest";
import { overrideDocSchema, overrideScopeKey, type OverrideDoc, type OverrideScope, type ResolutionOverride } from "./override";

/** Writes and reads ResolutionOverride: nothing else does. Rows are only ever added. */

/** Every version of every override, oldest first within a scope. reference: only those of one log source. */
export async function listOverrideVersions(db: Db | Tx, reference?: string): Promise<ResolutionOverride[]> {
  const rows = await db.resolutionOverride.findMany({ ...(reference === undefined ? {} : { where: { reference } }), orderBy: [{ scope: "asc" }, { version: "asc" }] });
  return rows.map(({ scope, version, reference: own, component, name, channel, platform, analytic, state, doc, reason, createdAt, createdBy }) => ({
    scope,
    version,
    reference: own,
    component,
    name,
    channel,
    platform,
    analytic,
    state: state === "set" ? "set" : "withdrawn",
    doc: overrideDocSchema.parse(doc),
    reason,
    at: createdAt.toISOString(),
    by: createdBy,
  }));
}

/** The newest version of a scope, set or withdrawn; null when nobody ever wrote one. */
export async function findNewestOverride(db: Db | Tx, scope: string): Promise<{ readonly version: number; readonly state: string } | null> {
  return db.resolutionOverride.findFirst({ where: { scope }, orderBy: { version: "desc" }, select: { version: true, state: true } });
}

/**
 * Adds the next version of a scope.
 *
 * @returns its number
 */
export async function insertOverride(
  tx: Tx,
  draft: OverrideScope & { readonly state: "set" | "withdrawn"; readonly doc: OverrideDoc; readonly reason: string },
  by: { readonly at: Date; readonly actor: string },
): Promise<{ readonly scope: string; readonly version: number }> {
  const reference = referenceDigest(draft.component, draft.name, draft.channel);
  const scope = overrideScopeKey(reference, draft.platform, draft.analytic);
  // Two engineers at once: the second waits, and writes the next version.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${scope}))`;
  const version = ((await findNewestOverride(tx, scope))?.version ?? 0) + 1;
  const { component, name, channel, platform, analytic, state, doc, reason } = draft;
  await tx.resolutionOverride.create({ data: { scope, version, reference, component, name, channel, platform, analytic, state, doc, reason, createdAt: by.at, createdBy: by.actor } });
  return { scope, version };
}
