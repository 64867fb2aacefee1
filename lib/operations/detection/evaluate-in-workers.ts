import type { RuleDocument } from "@/lib/detection/list-documents";
import { mergeLooks } from "@/lib/detection/route/watch-fields";
import { correlateInWorker } from "./correlate-in-worker";
import { deadline } from "./deadline";
import { evaluateContent, type ContentFindings } from "./evaluate-content";
import { EVALUATION_LIMITS, type EvaluatedInput, type Evaluation, type EvaluationRequest, type EvaluationWatch } from "./evaluation";
import { MatchPool } from "./match-pool";

/**
 * Rules and correlations over files of events, in threads with limits: what `detect` finds, whatever the rules hold. A rule
 * (rule file, correlation) that takes more time or memory than the limits allow, or matches more than can be listed, is
 * stopped: it is refused by name in `documents`, nothing of it is among the matches, and the others go on. Small inputs take
 * one thread, large ones several; the result is the same.
 *
 * @throws SightlineError CANCELLED when the signal fires, TOO_LARGE when the rules or the events together need more than the limits
 */
export async function evaluateInWorkers(request: EvaluationRequest, watch: EvaluationWatch): Promise<Evaluation> {
  const limits = { ...EVALUATION_LIMITS, ...watch.limits };
  const pool = new MatchPool(request, limits, "match", deadline(watch.signal, limits.totalMs));
  try {
    const begun = await pool.start();
    const { documents, unrouted } = begun;
    const inputs: EvaluatedInput[] = [];
    const found: ContentFindings[] = [];
    let first = 1;
    for await (const content of request.contents) {
      const own = await evaluateContent(pool, content, first, found.flatMap(({ matches }) => matches ?? []), watch);
      inputs.push(own.input);
      found.push(own);
      first += own.input.records;
    }
    const { result, dragged, unfollowed } = await correlateInWorker(pool, found, begun);
    const unread = pool.stops.files.map(({ position, reason }) => unreadFile(request.rules[position]?.file ?? "", reason));
    const stops = pool.stops.list(documents, dragged);
    return {
      ...result,
      matches: found.flatMap((own) => own.matches?.list(own.input.first - 1, pool.stops.rules) ?? []),
      unrouted,
      inputs,
      documents: [...markStopped(documents, stops), ...unread],
      stopped: [...unread.map(({ file, error }) => ({ file, title: null, reason: error ?? "" })), ...stops.map(({ document, reason }) => ({ file: documents[document]?.file ?? "", title: documents[document]?.title ?? null, reason }))],
      ...placesOf(documents),
      unanswered: mergeLooks(found.flatMap(({ matches }) => matches?.looks ?? [])).flatMap((gap) => {
        const rules = gap.rules.filter((rule) => !pool.stops.rules.has(rule));
        return rules.length === 0 ? [] : [{ ...gap, rules }];
      }),
      unfollowed,
    };
  } finally {
    await pool.end();
  }
}

function markStopped(documents: readonly RuleDocument[], stops: readonly { readonly document: number; readonly reason: string }[]): RuleDocument[] {
  const marked = [...documents];
  for (const { document, reason } of stops) {
    const known = marked[document];
    if (known !== undefined) marked[document] = { ...known, error: reason, message: reason, meta: null };
  }
  return marked;
}

function unreadFile(file: string, error: string): RuleDocument {
  return { file, document: 0, kind: null, id: null, name: null, title: null, meta: null, rule: null, correlation: null, error, message: error, remedy: null, line: null, column: null, unrouted: false, warnings: [] };
}

function placesOf(documents: readonly RuleDocument[]): { ruleAt: number[]; correlationAt: number[] } {
  const ruleAt: number[] = [];
  const correlationAt: number[] = [];
  for (const [place, { rule, correlation }] of documents.entries()) {
    if (rule !== null) ruleAt[rule] = place;
    if (correlation !== null) correlationAt[correlation] = place;
  }
  return { ruleAt, correlationAt };
}
