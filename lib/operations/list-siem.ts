import { z } from "zod";
import { countAlerts, listSiemRules } from "@/lib/detection/siem/store";
import { listRules } from "@/lib/detection/rules/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** A row of `siem list --json`: a rule that a SIEM lists. Times are ISO 8601; null is what nobody said. */
export const siemRowSchema = z.object({
  system: z.string(),
  id: z.string(), // there
  name: z.string(),
  rule: z.string().nullable(), // our id
  title: z.string().nullable(), // ours
  matchedBy: z.enum(["sigma-id", "title", "hand", ""]),
  enabled: z.boolean().nullable(),
  schedule: z.string(),
  lastRun: z.string().nullable(),
  lastAlert: z.string().nullable(),
  alerts: z.number().int(), // imported, of our rule
  tags: z.array(z.string()),
  query: z.string(),
  asOf: z.string(),
});
export type SiemRow = z.infer<typeof siemRowSchema>;

/** Every rule that a SIEM lists, with the one of ours that it is. */
export async function listSiem(ctx: OperationContext): Promise<SiemRow[]> {
  authorize(ctx, "siem.read", "none");
  const titles = new Map((await listRules(ctx.db, { state: "any" })).map(({ id, title }) => [id, title]));
  const alerts = await countAlerts(ctx.db);
  return (await listSiemRules(ctx.db)).map(({ system, externalId, name, ruleId, matchedBy, enabled, schedule, lastRun, lastAlert, tags, query, asOf }) => ({
    system, id: externalId, name, rule: ruleId, title: ruleId === null ? null : (titles.get(ruleId) ?? null), matchedBy, enabled, schedule,
    lastRun: iso(lastRun), lastAlert: iso(lastAlert), alerts: ruleId === null ? 0 : (alerts.get(ruleId)?.alerts ?? 0), tags: [...tags], query, asOf: new Date(asOf).toISOString(),
  }));
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
