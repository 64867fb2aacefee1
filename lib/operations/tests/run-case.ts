import { describeMisses, type DocumentMiss } from "@/lib/detection/tests/choose-miss";
import { decideTest, type SampleFacts, type TestVerdict } from "@/lib/detection/tests/decide-test";
import type { DetectionTest, Hit, SampleOutcome, TestDetail, TestMiss } from "@/lib/detection/tests/detection-test";
import { findAlerts, type AlertWindow } from "@/lib/detection/tests/find-alerts";
import { SightlineError } from "@/lib/shared/errors";
import type { JobRun } from "../job-handlers";
import { explainInWorker } from "../detection/explain-in-worker";
import { evaluateSample, toContent, type AskedFiles, type RuleHit } from "./evaluate-sample";
import type { TestCase } from "./load-cases";
import { placeOf } from "./load-rule-scopes";
import { readSample, type ReadSample, type SampleSource } from "./read-sample";

const SHOWN_EVENTS = 20;
const SHOWN_HOSTS = 200;

/** What came of a test, before it is written. */
export interface CaseOutcome {
  readonly verdict: TestVerdict;
  readonly detail: TestDetail;
}

interface Looked {
  readonly outcome: Omit<SampleOutcome, "alerts">;
  readonly facts: Omit<SampleFacts, "alerts">;
  readonly window: AlertWindow;
  readonly refused: TestDetail["refused"];
  readonly evaluated: number;
}

/**
 * Runs one test: both samples past the linked rules with the segment's values, alerts of the SIEM beside them, and where
 * nothing matched, once more with the values as they come, and the nearest miss. Writes nothing.
 *
 * @throws SightlineError CANCELLED or UNAVAILABLE; what is wrong with samples or rules is the outcome
 */
export async function runCase(run: Pick<JobRun, "ctx" | "signal">, given: TestCase): Promise<CaseOutcome> {
  const tuned = given.values.filter(({ version }) => version !== null).map(({ name }) => name);
  const base = { gone: given.gone, linked: given.linked.length, tuned };
  const detail = { hostsStated: given.roster === null, values: [...given.values] };
  const nothing = { positive: null, negative: null, untuned: null, miss: null, evaluated: 0 };
  const ended = (verdict: TestVerdict, rest: Omit<TestDetail, "code" | "because" | "hostsStated" | "values">): CaseOutcome => ({ verdict, detail: { ...detail, code: verdict.code, because: verdict.because, ...rest } });
  if (given.gone.length > 0) return ended(decideTest({ ...base, ...nothing, unreadable: null }), { positive: null, negative: null, miss: null, refused: [] });
  try {
    const [attack, benign] = [sourceOf(given, given.test.positive), sourceOf(given, given.test.negative)];
    const read = await readSample(run.ctx, attack);
    const other = await readSample(run.ctx, benign);
    const [positive, negative] = await Promise.all([look(run, given, attack, read), look(run, given, benign, other)]);
    const alerts = findAlerts(given.alerts, new Set(given.linked.map(({ id }) => id)), positive.window, negative.window);
    const silent = positive.facts.hits.length === 0 && alerts.positive.length === 0 && positive.facts.own > 0;
    const untuned = silent && tuned.length > 0 ? await untunedHits(run, given, attack, read) : null;
    const miss = silent && (untuned ?? []).length === 0 ? await nearestMiss(run, given, attack) : null;
    const verdict = decideTest({ ...base, unreadable: null, evaluated: positive.evaluated, positive: { ...positive.facts, alerts: alerts.positive }, negative: { ...negative.facts, alerts: alerts.negative }, untuned, miss });
    return ended(verdict, { positive: { ...positive.outcome, alerts: [...alerts.positive] }, negative: { ...negative.outcome, alerts: [...alerts.negative] }, miss, refused: [...unfitting(given), ...positive.refused] });
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
    return ended(decideTest({ ...base, ...nothing, unreadable: error.sentence() }), { positive: null, negative: null, miss: null, refused: unfitting(given) });
  }
}

function sourceOf({ test, segment }: TestCase, { digest, name, format, host }: DetectionTest["negative"]): SampleSource {
  return { digest, name, format, host, zone: segment.zone, reference: Date.parse(test.createdAt) };
}

/** Matches count in the attack sample on hosts of the segment only, in the benign one wherever they are. */
async function look(run: Pick<JobRun, "ctx" | "signal">, given: TestCase, source: SampleSource, read: ReadSample): Promise<Looked> {
  const isOwn = ownHosts(given);
  const attack = source.digest === given.test.positive.digest;
  const hits: RuleHit[] = [];
  const refused: TestDetail["refused"] = [];
  let asked = 0;
  for (const { scope, tuned } of given.rules) {
    const found = await evaluateSample({ ...tuned, chosen: scope.chosen }, toContent(run.ctx, source), run.signal);
    hits.push(...found.hits.filter(({ events }) => !attack || events.every((event) => isOwn(read.hostOf.get(event) ?? ""))));
    refused.push(...found.refused.map(({ rule, message }) => ({ title: rule.title, message })));
    asked += scope.chosen.size;
  }
  const hosts = [...new Set(read.hostOf.values())].filter((host) => host !== "").sort();
  const own = [...read.hostOf].filter(([, host]) => isOwn(host));
  const times = (attack ? own : [...read.hostOf]).flatMap(([number]) => read.timeOf.get(number) ?? []);
  const first = times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
  const last = times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
  const ownNames = hosts.filter(isOwn);
  const summed = sumHits(hits, read);
  const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    outcome: { records: read.records, own: own.length, hosts: ownNames.slice(0, SHOWN_HOSTS), foreign: hosts.filter((host) => !isOwn(host)).slice(0, SHOWN_HOSTS), first: iso(first), last: iso(last), hits: summed },
    facts: { records: read.records, own: own.length, hits: summed },
    window: { hosts: attack ? ownNames : hosts, first, last },
    refused,
    evaluated: asked - refused.length,
  };
}

/** Without a roster every host is the segment's, as stated; with one, a record without a host is nobody's. */
function ownHosts({ roster }: Pick<TestCase, "roster">): (host: string) => boolean {
  return roster === null ? () => true : (host) => host !== "" && roster.has(host);
}

function sumHits(hits: readonly RuleHit[], read: ReadSample): Hit[] {
  const byRule = new Map<string, RuleHit[]>();
  for (const hit of hits) byRule.set(hit.rule.id, [...(byRule.get(hit.rule.id) ?? []), hit]);
  return [...byRule.values()].flatMap((own): Hit[] => {
    const [first] = own;
    if (first === undefined) return [];
    const events = [...new Set(own.flatMap((hit) => hit.events))];
    const hosts = [...new Set(events.map((event) => read.hostOf.get(event) ?? ""))].filter((host) => host !== "").sort();
    return [{ rule: first.rule.id, title: first.rule.title, author: first.rule.author, count: own.length, events: events.slice(0, SHOWN_EVENTS), hosts: hosts.slice(0, SHOWN_EVENTS) }];
  });
}

async function untunedHits(run: Pick<JobRun, "ctx" | "signal">, given: TestCase, source: SampleSource, read: ReadSample): Promise<Hit[]> {
  const isOwn = ownHosts(given);
  const hits: RuleHit[] = [];
  for (const { scope, untuned } of given.rules) hits.push(...(await evaluateSample({ ...untuned, chosen: scope.chosen }, toContent(run.ctx, source), run.signal)).hits.filter(({ events }) => events.every((event) => isOwn(read.hostOf.get(event) ?? ""))));
  return sumHits(hits, read);
}

async function nearestMiss(run: Pick<JobRun, "ctx" | "signal">, given: TestCase, source: SampleSource): Promise<TestMiss | null> {
  const found: (TestMiss & { readonly distance: number })[] = [];
  for (const { scope, tuned } of given.rules) {
    for (const { file, document, text, event, distance } of await missesOf(run, tuned, source)) {
      const rule = scope.chosen.get(placeOf(file, document));
      if (rule !== undefined) found.push({ rule: rule.id, title: rule.title, text, event, distance });
    }
  }
  const [nearest] = found.sort((a, b) => a.distance - b.distance);
  return nearest === undefined ? null : { rule: nearest.rule, title: nearest.title, text: nearest.text, event: nearest.event };
}

/** An explanation is a help, not a verdict: where it takes too much, there is none. */
async function missesOf(run: Pick<JobRun, "ctx" | "signal">, rules: AskedFiles, source: SampleSource): Promise<readonly DocumentMiss[]> {
  try {
    const { documents, explained } = await explainInWorker({ rules: rules.files, placeholders: rules.placeholders, renames: rules.renames ?? [], contents: [toContent(run.ctx, source)] }, { signal: run.signal });
    return describeMisses(documents, explained);
  } catch (error) {
    if (error instanceof SightlineError && error.code === "TOO_LARGE") return [];
    throw error;
  }
}

function unfitting({ rules }: TestCase): TestDetail["refused"] {
  return rules.flatMap(({ tuned }) => tuned.unfit.map((name) => ({ title: `%${name}%`, message: "The segment's value is outside the pack's bounds; the default holds." })));
}
