import { packFits } from "@/lib/assessment/pin-joins";
import type { PackManifest } from "@/lib/detection/packs/pack-schema";
import { listPackRows } from "@/lib/detection/packs/store";
import { listRules, listRuleSources } from "@/lib/detection/rules/store";
import { packView, type PackRuleView, type PackView } from "@/lib/reports/packs-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/**
 * One pack with all that it holds.
 *
 * @param input.version null: the one in force
 * @throws SightlineError NOT_FOUND
 */
export async function getPackView(ctx: OperationContext, input: { readonly analytic: string; readonly version: number | null }): Promise<PackView> {
  authorize(ctx, "pack.read", "none");
  const analytic = input.analytic.trim().toUpperCase();
  const rows = await listPackRows(ctx.db, { analytics: [analytic] });
  const row = rows.find(({ current, version }) => (input.version === null ? current : version === input.version));
  if (row === undefined) throw new SightlineError("NOT_FOUND", `There is no pack of ${analytic}${input.version === null ? "" : ` with the version ${input.version}`}.`);
  const published = (await loadPinnedAnalytics(ctx, null, [analytic])).get(analytic);
  return packView(row, rows, { rules: row.current ? await rulesOf(ctx, analytic, row.manifest) : [], fits: published === undefined ? null : packFits(row.manifest, published) });
}

/** The stored rules of the pack in force, what alerts first. */
async function rulesOf(ctx: Pick<OperationContext, "db">, analytic: string, { signals }: PackManifest): Promise<PackRuleView[]> {
  const sources = (await listRuleSources(ctx.db)).filter(({ pack }) => pack === analytic).map(({ id }) => id);
  if (sources.length === 0) return [];
  const rules = (await listRules(ctx.db, { sourceIds: sources })).filter(({ state }) => state === "active");
  const shown = rules.map(({ id, name, title, kind, level, refusal }): PackRuleView => ({ id, name: name ?? "", title, kind, level, signal: name !== null && signals.includes(name), refused: refusal?.message ?? null }));
  return shown.sort((a, b) => Number(b.signal) - Number(a.signal) || (a.name < b.name ? -1 : 1));
}
