import { counted } from "@/lib/shared/format-number";
import type { CorrelationExplanation } from "../explain/explain-correlation";
import type { ExplainedRule, SampleExplanation } from "../explain/start-explanation";
import type { RuleDocument } from "../list-documents";

/** Why one document did not match a sample, in words; distance: how far it was, 0 for one that matches. */
export interface DocumentMiss {
  readonly file: string;
  readonly document: number;
  readonly distance: number;
  readonly text: string;
  readonly event: number | null;
}

const MOST_VALUE = 80;
const MOST_ITEMS = 3;
const FAR = 1_000;

/** Every rule and correlation that did not match, nearest first. A rule is as far as lines would have to come out otherwise, a correlation as it lacks stages. */
export function describeMisses(documents: readonly Pick<RuleDocument, "file" | "document" | "rule" | "correlation">[], { rules, correlations }: SampleExplanation): DocumentMiss[] {
  const misses = documents.flatMap(({ file, document, rule, correlation }): DocumentMiss[] => {
    if (correlation !== null) return [{ file, document, ...correlationMiss(correlations[correlation]) }];
    return rule === null ? [] : [{ file, document, ...ruleMiss(rules[rule]) }];
  });
  return misses.filter(({ distance }) => distance > 0).sort((a, b) => a.distance - b.distance);
}

function ruleMiss(rule: ExplainedRule | undefined): Omit<DocumentMiss, "file" | "document"> {
  if (rule === undefined || rule.verdict === "no-events") return { distance: FAR, text: "The sample holds no record to look at.", event: null };
  const { event, kind, needed, items, seen, matched } = rule;
  if (matched > 0) return { distance: 0, text: "", event };
  if (seen === 0) return { distance: FAR - 1, text: `no record is of its logsource; the nearest other one is record ${event ?? "none"} (${kind ?? "no kind"}).`, event };
  const deciding = items.filter(({ decides }) => decides);
  const said = deciding.slice(0, MOST_ITEMS).map(({ path, wanted, found, state }) => `${path} wants ${cut(wanted)} and ${state === "absent" ? "the field is not there" : found === null ? "nothing holds it" : `finds ${cut(JSON.stringify(found))}`}`);
  return { distance: needed ?? FAR, text: `of ${counted(seen, "record")} of its logsource, record ${event ?? "none"} of the sample comes nearest: ${said.join("; ")}${deciding.length > MOST_ITEMS ? `; and ${deciding.length - MOST_ITEMS} more` : ""}.`, event };
}

function correlationMiss(explained: CorrelationExplanation | undefined): Omit<DocumentMiss, "file" | "document"> {
  const miss = explained?.nearestMiss;
  if (explained === undefined || miss === null || miss === undefined) return { distance: 0, text: "", event: null };
  const absent = explained.stages.filter(({ reached }) => !reached).length;
  return { distance: absent === 0 ? 0.5 : absent, text: `${absent === 0 ? "" : `${explained.stages.length - absent} of ${explained.stages.length} stages are there. `}${miss.detail}`, event: miss.records.at(-1) ?? null };
}

function cut(text: string): string {
  return text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE - 1)}\u2026` : text;
}
