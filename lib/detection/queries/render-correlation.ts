import type { LinkedCorrelation, RuleSet } from "../sigma/link-rules";
import { planCorrelation } from "./correlations/plan-correlation";
import { QueryRefusal, type RenderOptions, type RenderResult, type TargetId } from "./query-types";
import { checkLength, orRefused } from "./render-rule";
import { targetById } from "./targets/index";

const MOMENTS = "Each row is a moment at which the threshold holds; Sightline fires once per timespan and group. Records of one instant count together.";

const SPL_WINDOW = "Splunk's streamstats keeps what max_stream_window in limits.conf allows (10,000 records); where more match between two rules' records, raise it.";

/**
 * A correlation in a platform's query language: counts of records and of distinct values, and rules together, in windows that
 * slide. Orders, sums, chains and process lineage are refused, and so is every platform that has fixed buckets of time only.
 *
 * @param set that the correlation was linked in (linkRules)
 */
export function renderCorrelation(correlation: LinkedCorrelation, set: Pick<RuleSet, "rules">, target: TargetId, options: RenderOptions = {}): RenderResult {
  const language = targetById(target);
  return orRefused(() => {
    if (language.correlate === null) throw new QueryRefusal(`${language.label} counts in fixed buckets of time only, and Sigma's windows slide: a burst across the edge of a bucket would be missed.`);
    const plan = planCorrelation(correlation, set, language, options);
    const query = language.correlate(plan);
    checkLength(query, language);
    const sources = plan.branches.map(({ source }) => source);
    return { query, notes: [...new Set([...language.about, MOMENTS, ...(target === "splunk" && plan.counts === "stages" ? [SPL_WINDOW] : []), ...sources.flatMap(({ notes }) => notes)])], from: [...new Set(sources.map(({ from }) => from))].join(", "), source: sources[0]?.id ?? null };
  });
}
