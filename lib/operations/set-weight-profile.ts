import { insertWeightProfile } from "@/lib/assessment/weights/store";
import { weighUses } from "@/lib/assessment/weights/weigh-uses";
import { decaySchema, readProfileName } from "@/lib/assessment/weights/weight-profile";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readThreatGroups } from "./assessment/read-threat-groups";

export interface GroupProfileRequest {
  readonly name: string;
  readonly groups: readonly string[]; // ids, names or aliases, any case
  readonly asOf?: string; // ISO date from which uses age; default: today
  readonly fullDays?: number; // default 365
  readonly declineDays?: number; // default 1,460
  readonly floor?: number; // 0..1, default 0
  readonly reason?: string;
}

/** What was written. */
export interface WrittenProfile {
  readonly name: string;
  readonly version: number;
  readonly techniques: number; // that weigh something else than one
}

/**
 * Writes the next version of a profile from what chosen threat groups of the current catalogues use. It counts only when it
 * is chosen.
 *
 * @throws SightlineError INVALID naming the field; NOT_FOUND naming the groups that no current catalogue holds
 */
export async function setWeightProfile(ctx: OperationContext, request: GroupProfileRequest): Promise<WrittenProfile> {
  authorize(ctx, "weights.write", "none");
  const name = readProfileName(request.name);
  const { asOf, fullDays = 365, declineDays = 1_460, floor = 0 } = request;
  const decay = decaySchema.safeParse({ asOf: asOf ?? ctx.clock().toISOString().slice(0, 10), fullDays, declineDays, floor: Math.round(floor * 1_000_000) });
  if (!decay.success) {
    const issue = decay.error.issues[0];
    throw new SightlineError("INVALID", `${issue?.message ?? "The value is out of range"}.`, { field: issue?.path.join("."), remedy: "asOf is a day such as 2026-11-21, the days whole numbers up to 36500, floor a share from 0 to 1." });
  }
  const { groups, releases } = await readThreatGroups(ctx);
  if (groups.length === 0) {
    throw new SightlineError("NOT_FOUND", "The current catalogue holds no threat group: detection-only bundles and the starter catalogue have none.", { remedy: "Import MITRE's full bundle; one that an earlier version imported, again with --replace." });
  }
  const wanted = [...new Set(request.groups.map((word) => word.trim()).filter((word) => word !== ""))];
  if (wanted.length === 0) throw new SightlineError("INVALID", "A profile of threat groups needs at least one.", { field: "groups", remedy: "Name them by id, such as G0034." });
  const chosen = new Map<string, (typeof groups)[number]>();
  const unknown: string[] = [];
  for (const word of wanted) {
    const key = word.toLowerCase();
    const found = groups.find(({ id }) => id.toLowerCase() === key) ?? groups.find((group) => [group.name, ...group.aliases].some((own) => own.toLowerCase() === key));
    if (found) chosen.set(found.id, found);
    else unknown.push(word);
  }
  if (unknown.length > 0) throw new SightlineError("NOT_FOUND", `The current catalogues hold no threat group ${unknown.map((word) => `"${word}"`).join(", ")}.`, { field: "groups", remedy: "sightline weights groups lists them." });
  const listed = [...chosen.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const techniques = weighUses(listed, decay.data);
  const source = { kind: "groups" as const, releases, groups: listed.map((group) => ({ id: group.id, name: group.name, uses: group.uses.length })), decay: decay.data };
  const reason = request.reason?.trim() ?? "";
  return withTransaction(ctx.db, async (tx) => {
    const version = await insertWeightProfile(tx, { name, source, techniques }, { at: ctx.clock(), actor: ctx.actor.name, reason });
    await emitAudit(tx, ctx, { action: "weights.set", target: `weights/${name}/${version}`, detail: { groups: listed.map(({ id }) => id), ...decay.data, reason } });
    return { name, version, techniques: Object.keys(techniques).length };
  });
}
