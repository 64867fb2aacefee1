import { z } from "zod";
import { CHECK_STATES } from "@/lib/detection/check/check-types";
import { completeChecks } from "@/lib/detection/check/complete-checks";
import { describeCheck, isStale } from "@/lib/detection/check/describe-check";
import { listChecks, listCheckRuns } from "@/lib/detection/check/store";
import { listRules } from "@/lib/detection/rules/store";
import { findSegmentByName } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { readServedAnalytics } from "./check/read-served-analytics";
import type { OperationContext } from "./context";

/** A row of `rules check --json`. hosts of `of`: those that sent records which the rule is shown and which fill all it needs. */
export const ruleCheckRowSchema = z.object({
  rule: z.string(), // our id of the rule
  id: z.string().nullable(), // its Sigma id
  title: z.string(),
  source: z.string(),
  file: z.string(),
  author: z.string().nullable(),
  segment: z.string(),
  state: z.enum(CHECK_STATES),
  field: z.string().nullable(), // the first that stands in the way
  hosts: z.number().int(),
  of: z.number().int(),
  kinds: z.array(z.string()),
  analytics: z.array(z.string()), // by accepted links, its own and those of correlations that it is a stage of
  newest: z.string().nullable(),
  stale: z.boolean(), // it could fire on records that are no longer fresh
  why: z.string(),
});
export type RuleCheckRow = z.infer<typeof ruleCheckRowSchema>;

/**
 * What the newest run found, by rule and segment.
 *
 * @param segment a segment's name, else all
 * @throws SightlineError NOT_FOUND for an unknown segment, or when nothing was checked yet
 */
export async function listRuleChecks(ctx: OperationContext, { segment }: { readonly segment?: string } = {}): Promise<RuleCheckRow[]> {
  authorize(ctx, "rule.read", "none");
  const wanted = segment === undefined ? null : await findSegmentByName(ctx.db, segment);
  if (segment !== undefined && wanted === null) throw new SightlineError("NOT_FOUND", `There is no segment "${segment}".`, { field: "segment", remedy: "See sightline segments list." });
  if (wanted !== null) authorize(ctx, "rule.read", [wanted.id]);
  const [run] = await listCheckRuns(ctx.db, 1);
  if (run === undefined) throw new SightlineError("NOT_FOUND", "Nobody has checked yet whether rules can fire.", { remedy: "Run sightline rules check." });
  const visible = run.segments.map(({ id }) => id).filter((id) => (wanted === null ? ctx.segments === "all" || ctx.segments.includes(id) : id === wanted.id));
  const rules = (await listRules(ctx.db)).filter(({ kind }) => kind !== "filter");
  const rows = await listChecks(ctx.db, run.id, { segmentIds: visible });
  const analytics = await readServedAnalytics(ctx.db);
  const segments = new Map(run.segments.map((one) => [one.id, one]));
  return completeChecks(run, rules, rows, visible).map(({ rule, check }) => {
    const place = segments.get(check.segmentId);
    if (place === undefined) throw new Error("a check of a segment that its run did not look at");
    const { state, field, hosts, hostsOf, detail } = check;
    return {
      rule: rule.id, id: rule.sigmaId, title: rule.title, source: rule.source, file: rule.path, author: rule.author, segment: place.name, state, field, hosts, of: hostsOf,
      kinds: detail.kinds, analytics: [...(analytics.get(rule.id) ?? [])], newest: detail.newest, stale: isStale(check, run), why: describeCheck(rule, check, place),
    };
  });
}
