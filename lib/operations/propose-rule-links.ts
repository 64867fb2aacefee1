import { withTransaction } from "@/lib/db/with-transaction";
import { proposeLinks } from "@/lib/detection/rules/propose-links";
import { listRules, listRuleSources, lockRuleSource, replaceProposals } from "@/lib/detection/rules/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readLinkCatalog } from "./rules/read-link-catalog";

export interface ProposedLinks {
  readonly proposed: number; // new ones
  readonly undecided: number; // that stand now
  readonly unmapped: readonly { readonly tag: string; readonly rules: number }[]; // technique tags that no imported release knows
  readonly unplaced: number; // rules with a technique tag whose logsource names no platform
}

/** Proposes links again for every imported rule, after a catalogue was imported. What was decided stays; proposals that nothing carries any more go. */
export async function proposeRuleLinks(ctx: OperationContext): Promise<ProposedLinks> {
  authorize(ctx, "rule.link", "none");
  const sources = (await listRuleSources(ctx.db)).filter(({ kind }) => kind === "imported");
  const catalog = sources.length === 0 ? null : await readLinkCatalog(ctx.db);
  const unmapped = new Map<string, number>();
  let [proposed, undecided, unplaced] = [0, 0, 0];
  for (const source of sources) {
    if (catalog === null) break;
    const found = proposeLinks(await listRules(ctx.db, { sourceIds: [source.id] }), catalog.analytics, catalog.index);
    const written = await withTransaction(ctx.db, async (tx) => {
      await lockRuleSource(tx, source.name);
      return replaceProposals(tx, source.id, found.links, ctx.clock());
    });
    proposed += written.fresh;
    undecided += written.open;
    unplaced += found.unplaced.length;
    for (const { tag, rules } of found.unmapped) unmapped.set(tag, (unmapped.get(tag) ?? 0) + rules.length);
  }
  return { proposed, undecided, unplaced, unmapped: [...unmapped].map(([tag, rules]) => ({ tag, rules })).sort((a, b) => (a.tag < b.tag ? -1 : 1)) };
}
