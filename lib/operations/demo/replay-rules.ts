import type { Tx } from "@/lib/db/client";
import { listRuleLinks, listRules, listRuleSources, lockRuleSource, removeRules } from "@/lib/detection/rules/store";
import { decideRuleLinks } from "../decide-rule-links";
import { importRules, importRulesSchema } from "../import-rules";
import type { JobRun } from "../job-handlers";
import { keepRuleFiles } from "../keep-rule-files";
import { prepareRulesImport } from "../prepare-rules-import";
import { DEMO_ACTOR } from "./demo-actor";
import type { DemoRules } from "./demo-content";
import type { DemoContent } from "./read-demo-content";

/** The source of the demonstration's own rules; they go when it goes. */
export const DEMO_RULES = "Example Security Operations";

/** Imports the demonstration's own rules and accepts links; what is decided already stays as it is. @throws Error for a link to a file that is not there */
export async function replayRules(run: JobRun, content: DemoContent, { accepted, reason }: DemoRules): Promise<void> {
  const { ctx } = run;
  const files = (await content.rules()).map(({ path, content: bytes }) => ({ path, open: async function* () { yield bytes; } }));
  const upload = await keepRuleFiles(ctx, files, "example-rules");
  await importRules(run, importRulesSchema.parse((await prepareRulesImport(ctx, [upload], { source: DEMO_RULES })).input));
  const byPath = new Map((await listRules(ctx.db)).filter((rule) => rule.source === DEMO_RULES).map((rule) => [rule.path, rule.id]));
  const decided = new Set((await listRuleLinks(ctx.db, { state: "accepted" })).map(({ ruleId, analytic }) => `${ruleId} ${analytic}`));
  const links = accepted.map(({ rule, analytic }) => {
    const ruleId = byPath.get(rule);
    if (ruleId === undefined) throw new Error(`demonstration: no rule ${rule}`);
    return { ruleId, analytic };
  });
  const open = links.filter(({ ruleId, analytic }) => !decided.has(`${ruleId} ${analytic}`));
  if (open.length > 0) await decideRuleLinks(ctx, { state: "accepted", links: open, reason });
}

/** Takes the demonstration's rules out of every later evaluation; a source of that name that somebody imported last stays. @returns how many they were */
export async function removeDemoRules(tx: Tx, at: Date): Promise<number> {
  const source = (await listRuleSources(tx)).find(({ name }) => name === DEMO_RULES);
  if (source?.lastImport?.actor !== DEMO_ACTOR) return 0;
  await lockRuleSource(tx, source.name);
  return removeRules(tx, source.id, at);
}
