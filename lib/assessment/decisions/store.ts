import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { digestOf } from "@/lib/shared/digest";
import { DEFAULT_POLICY } from "../default-policy";
import { policySchema, type Policy, type ScoringInput } from "../scoring-input";

/** Writes and reads PolicyVersion and Exclusion: what people decided that a verdict depends on. Nothing else writes them. */

/** The newest policy; the defaults are version 1 until somebody changes them. */
export async function readPolicy(db: Db | Tx): Promise<Policy> {
  const row = await db.policyVersion.findFirst({ orderBy: { version: "desc" } });
  return row === null ? DEFAULT_POLICY : policySchema.parse(row.doc);
}

/** Writes version 1 when it is not there yet: every version an assessment names has a row. */
export async function ensureDefaultPolicy(tx: Tx, at: Date): Promise<void> {
  await tx.policyVersion.createMany({ data: [{ version: 1, doc: DEFAULT_POLICY, digest: digestOf(DEFAULT_POLICY), createdAt: at, createdBy: "sightline", reason: "defaults" }], skipDuplicates: true });
}

/** @throws Prisma's unique violation when somebody wrote this version meanwhile */
export async function insertPolicy(tx: Tx, policy: Policy, by: { readonly at: Date; readonly actor: string; readonly reason: string }): Promise<void> {
  await tx.policyVersion.create({ data: { version: policy.version, doc: policy, digest: digestOf(policy), createdAt: by.at, createdBy: by.actor, reason: by.reason } });
}

export interface PolicyVersionRow {
  readonly policy: Policy;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** Every version of the policy that was written, newest first. */
export async function listPolicies(db: Db | Tx): Promise<PolicyVersionRow[]> {
  const rows = await db.policyVersion.findMany({ orderBy: { version: "desc" } });
  return rows.map((row) => ({ policy: policySchema.parse(row.doc), at: row.createdAt.toISOString(), by: row.createdBy, reason: row.reason }));
}

export interface ExclusionDraft {
  readonly analytic: string;
  readonly segmentId: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string; // ISO date, the last day it holds
}

export interface ExclusionRow extends ExclusionDraft {
  readonly id: string;
  readonly segment: string; // name
  readonly createdAt: string;
  readonly createdBy: string;
  readonly approvedBy: string | null; // a second person; nobody before there are accounts
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** Writes an exclusion. @returns its id */
export async function insertExclusion(tx: Tx, draft: ExclusionDraft, by: { readonly at: Date; readonly actor: string }): Promise<string> {
  const row = await tx.exclusion.create({ data: { ...draft, expires: new Date(`${draft.expires}T00:00:00.000Z`), createdAt: by.at, createdBy: by.actor }, select: { id: true } });
  return row.id;
}

const namesSchema = z.array(z.object({ id: z.string(), name: z.string() }));

/** Every exclusion, expired ones included, newest first. */
export async function listExclusionRows(db: Db | Tx): Promise<ExclusionRow[]> {
  const [rows, segments] = await Promise.all([db.exclusion.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] }), db.segment.findMany({ select: { id: true, name: true } })]);
  const names = new Map(namesSchema.parse(segments).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    analytic: row.analytic,
    segmentId: row.segmentId,
    segment: names.get(row.segmentId) ?? "",
    reason: row.reason,
    owner: row.owner,
    expires: row.expires.toISOString().slice(0, 10),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    approvedBy: row.approvedBy,
    withdrawn: row.withdrawnAt === null ? null : { at: row.withdrawnAt.toISOString(), by: row.withdrawnBy ?? "", reason: row.withdrawnReason ?? "" },
  }));
}

/** Ends an exclusion before its last day. @returns false when it is not there, or was withdrawn already */
export async function withdrawExclusionRow(tx: Tx, id: string, by: { readonly at: Date; readonly actor: string; readonly reason: string }): Promise<boolean> {
  return (await tx.exclusion.updateMany({ where: { id, withdrawnAt: null }, data: { withdrawnAt: by.at, withdrawnBy: by.actor, withdrawnReason: by.reason } })).count > 0;
}

/** Deletes the exclusions of segments that are taken away. */
export async function deleteExclusionsOf(tx: Tx, segmentIds: readonly string[]): Promise<number> {
  return (await tx.exclusion.deleteMany({ where: { segmentId: { in: [...segmentIds] } } })).count;
}

/** The same in the words of a ScoringInput at a time T in ms; those withdrawn by then do not count. */
export function toExclusionInputs(rows: readonly ExclusionRow[], at: number): ScoringInput["exclusions"] {
  return rows.filter(({ withdrawn }) => withdrawn === null || Date.parse(withdrawn.at) > at).map(({ segmentId, analytic, reason, owner, expires }) => ({ segment: segmentId, analytic, reason, owner, expires }));
}
