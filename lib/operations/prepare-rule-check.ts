import { withTransaction } from "@/lib/db/with-transaction";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { InlineJob } from "./run-job-inline";

export const RULE_CHECK = "rules-check";

/** The job that decides for every rule and segment whether it can fire. T is fixed here, so that a run repeated after a crash is the same one. */
export function prepareRuleCheck(ctx: OperationContext): InlineJob {
  authorize(ctx, "rule.check", "all");
  const at = ctx.clock().toISOString();
  return { kind: RULE_CHECK, title: `Check whether rules can fire at ${at}`, input: { at } };
}

/** The same, put into the queue. @returns the job's id */
export async function startRuleCheck(ctx: OperationContext): Promise<string> {
  authorize(ctx, "rule.check", "all");
  return withTransaction(ctx.db, (tx) => enqueueJob(tx, { ...prepareRuleCheck(ctx), actor: ctx.actor.name, now: ctx.clock() }));
}
