import { printPredicate } from "../print-predicate";
import { QueryRefusal } from "../query-types";
import { searchText } from "../targets/splunk-search";
import { splLiteral, whereDialect } from "../targets/splunk-where";
import { NOTHING } from "../text-shape";
import type { CorrelationPlan } from "./plan-correlation";

const MOST_IN_WINDOW = 10_000; // max_stream_window

/**
 * A window that slides, by streamstats over records in the order of time. How its own time_window treats the edge is not
 * documented, so times are compared here: at least N records within a span means that the one N-1 before is not older than
 * the span; rules together, that the latest record of each is not.
 */
export function correlateSplunk({ counts, branches, stages, least, spanSeconds }: CorrelationPlan): string {
  const [first] = branches;
  if (first === undefined) throw new QueryRefusal("The correlation has no rules.");
  if (counts === "values") throw new QueryRefusal("SPL counts distinct values (value_count) only in windows whose edge is not documented.");
  if (least > MOST_IN_WINDOW) throw new QueryRefusal(`Splunk's streamstats looks back over ${MOST_IN_WINDOW} records, and the correlation asks for ${least}.`);
  if (branches.some(({ source }) => source.from !== first.source.from)) throw new QueryRefusal("The correlation's rules ask different sources, which one search of SPL cannot tell apart afterwards.");
  if (branches.some(({ keys }) => keys.some(({ ref }, i) => ref !== first.keys[i]?.ref))) throw new QueryRefusal("The correlation's rules group by different fields (aliases), which one pass of streamstats cannot do.");
  const conditions = branches.map(({ source, condition }) => {
    const sought = source.condition === null ? null : searchText(source.condition, source);
    return { where: printPredicate(condition, whereDialect(source.escaped), source), search: searchText(condition, source) ?? sought };
  });
  const searches = [...new Set(conditions.map(({ search }) => search))];
  const keys = first.keys.map((_, i) => `key_${i + 1}`);
  const by = keys.length === 0 ? "" : ` by ${keys.join(", ")}`;
  const head = [
    `${first.source.from}${searches.includes(null) ? "" : `\n (${searches.join(" OR ")})`}`,
    ...conditions.map(({ where }, i) => `| eval stage_${i + 1}=if(${where}, 1, 0)`),
    `| where ${conditions.map((_, i) => `stage_${i + 1}=1`).join(" OR ")}`,
    ...first.keys.map(({ ref }, i) => `| eval key_${i + 1}=lower(${ref})`),
    ...keys.map((key) => `| where isnotnull(${key}) AND NOT in(trim(${key}), ${NOTHING.map(splLiteral).join(", ")})`),
    "| sort 0 _time",
  ];
  if (counts === "records") return [...head, `| streamstats global=f window=${least} count as found first(_time) as since${by}`, `| where found=${least} AND round(_time-since, 6)<=${spanSeconds}`].join("\n");
  const each = Array.from({ length: stages }, (_, i) => i + 1);
  return [
    ...head,
    ...each.map((stage) => `| eval at_${stage}=if(stage_${stage}=1, _time, null())`),
    `| streamstats window=0 ${each.map((stage) => `max(at_${stage}) as last_${stage}`).join(" ")}${by}`,
    `| eval found=${each.map((stage) => `if(isnotnull(last_${stage}) AND round(_time-last_${stage}, 6)<=${spanSeconds}, 1, 0)`).join("+")}`,
    `| where found>=${least}`,
  ].join("\n");
}
