import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { listSiemRules, releaseAlerts, setMatches } from "@/lib/detection/siem/store";
import type { SiemRuleRow } from "@/lib/detection/siem/stored-siem";
import type { Db } from "@/lib/db/client";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findRuleByWord } from "./rules/find-rule-by-word";
import { rematchSiem } from "./siem/rematch";

/** listed: a SIEM's rule by our id of it, by its id there or by its name; rule: ours, by id, Sigma id or title; null: what was decided by hand is undone. */
export interface SiemLink {
  readonly system: string | null; // null: whichever lists it
  readonly listed: string;
  readonly rule: string | null;
}

export interface LinkedSiemRule {
  readonly system: string;
  readonly name: string;
  readonly rule: string | null; // ours, after the change
  readonly matchedBy: SiemRuleRow["matchedBy"];
}

/**
 * Says by hand which of our rules a SIEM's rule is, or undoes that: then it is looked for again by Sigma id and title. Alerts of
 * its name follow. What was decided by hand outlives every later list.
 *
 * @throws SightlineError NOT_FOUND, CONFLICT where several are meant or there is nothing to undo
 */
export async function linkSiemRule(ctx: OperationContext, { system, listed, rule: word }: SiemLink): Promise<LinkedSiemRule> {
  authorize(ctx, "siem.import", "none");
  const row = await findListed(ctx.db, system, listed);
  const rule = word === null ? null : await findRuleByWord(ctx.db, word);
  if (rule?.kind === "filter") throw new SightlineError("INVALID", "A filter is deployed nowhere by itself.", { field: "rule" });
  if (rule === null && row.matchedBy !== "hand") throw new SightlineError("CONFLICT", `"${row.name}" was not linked by hand, so there is nothing to undo.`, { field: "listed", remedy: "Link it to another rule to overrule what was found." });
  return withTransaction(ctx.db, async (tx) => {
    await setMatches(tx, [{ id: row.id, ruleId: rule?.id ?? null, matchedBy: rule === null ? "" : "hand" }]);
    await releaseAlerts(tx, row);
    await rematchSiem(tx);
    const now = (await listSiemRules(tx, { system: row.system })).find(({ id }) => id === row.id) ?? row;
    await emitAudit(tx, ctx, { action: rule === null ? "siem.unlink" : "siem.link", target: `siem/${row.system}`, detail: { name: row.name, externalId: row.externalId, before: row.ruleId, rule: now.ruleId, matchedBy: now.matchedBy } });
    return { system: row.system, name: row.name, rule: now.ruleId, matchedBy: now.matchedBy };
  });
}

async function findListed(db: Db, system: string | null, word: string): Promise<SiemRuleRow> {
  const wanted = word.trim().toLowerCase();
  const all = (await listSiemRules(db)).filter((row) => system === null || row.system.toLowerCase() === system.trim().toLowerCase());
  const exact = all.filter(({ id, externalId }) => id === word || externalId.toLowerCase() === wanted);
  const [found, second] = exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase() === wanted);
  if (found === undefined) throw new SightlineError("NOT_FOUND", `No SIEM${system === null ? "" : ` named "${system}"`} lists a rule "${word}".`, { field: "listed", remedy: "See sightline siem list." });
  if (second !== undefined) throw new SightlineError("CONFLICT", `Several listed rules are called "${word}".`, { field: "listed", remedy: "Name the system, and the rule by its id there." });
  return found;
}
