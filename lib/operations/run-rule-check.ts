import { z } from "zod";
import { freshWindow } from "@/lib/assessment/build-scoring-input";
import { countPopulation } from "@/lib/assessment/count-population";
import { readPolicy } from "@/lib/assessment/decisions/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { CHECK_STATES, type CheckState } from "@/lib/detection/check/check-types";
import { completeCheckRun, discardCheckRun, insertCheckRun, writeChecks } from "@/lib/detection/check/store";
import { checkCountsSchema, type CheckedSegment, type StoredCheck } from "@/lib/detection/check/stored-check";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { TuningVersion } from "@/lib/detection/tuning/rule-tuning";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import { valuesInForce } from "@/lib/detection/tuning/values-in-force";
import { listDatasetViews } from "@/lib/events/store";
import { findSegment, listSegmentsForScoring } from "@/lib/inventory/store";
import type { SegmentForScoring } from "@/lib/inventory/types";
import type { Json } from "@/lib/shared/canonical-json";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { openCheck, type OpenCheck } from "./check/check-in-worker";
import { nameOfPlace, placeOf, readRuleSet, type StoredRuleSet } from "./check/read-rule-set";
import { readSegmentSample } from "./check/read-segment-sample";
import { refuseExceeded, rowsOfSegment } from "./check/rows-of-segment";
import type { JobRun } from "./job-handlers";

export const ruleCheckInputSchema = z.object({ at: z.iso.datetime() });
export type RuleCheckInput = z.infer<typeof ruleCheckInputSchema>;

/** What a run came to; counts are of rule x segment. */
export const ruleCheckOutcomeSchema = z.object({ run: z.string(), at: z.iso.datetime(), rules: z.number().int(), segments: z.number().int(), counts: checkCountsSchema });
export type RuleCheckOutcome = z.infer<typeof ruleCheckOutcomeSchema>;

const STEPS = 100;

/**
 * Decides for every stored rule and every live segment whether it can fire, and keeps the answers as one run: visible in the last, short
 * transaction.
 *
 * The rules are read and weighed in a thread: one that takes too much is refused by name, and the others are decided.
 *
 * @throws SightlineError NOT_FOUND without a rule or a segment; TOO_LARGE when many rules take too much
 */
export async function runRuleCheck(run: JobRun, input: RuleCheckInput): Promise<RuleCheckOutcome> {
  authorize(run.ctx, "rule.check", "all");
  const { ctx } = run;
  const at = new Date(input.at);
  run.progress(0, STEPS, "Reading rules");
  const stored = await readRuleSet(ctx);
  if (stored.all.length === 0) throw new SightlineError("NOT_FOUND", "No rules are imported.", { remedy: "Run sightline rules import PATH first." });
  const segments = await listSegmentsForScoring(ctx.db);
  if (segments.length === 0) throw new SightlineError("NOT_FOUND", "There is no segment.", { remedy: "Create one, or run sightline segments import FILE.csv." });
  const window = freshWindow(at.getTime(), await readPolicy(ctx.db));
  const versions = await listTuningVersions(ctx.db);
  const files = stored.sources.reduce((sum, source) => sum + source.files.length, 0);
  const check = openCheck(stored, { signal: run.signal, onFile: (done) => run.progress((30 * done) / files, STEPS, `Reading ${files} rule files`) });
  try {
    await check.read();
    const decided = await decideSegments(run, input, stored.all, check, { segments, window, versions });
    const inputDigest = await digestInputs(run, input, stored, versions);
    return await keepRun(run, input, decided, { inputDigest, freshFrom: new Date(window.from), rules: stored.all.length });
  } finally {
    await check.close();
  }
}

/** What came of every segment, rows of rules without a source included. */
interface Decided {
  readonly looked: readonly CheckedSegment[];
  readonly rows: readonly StoredCheck[];
}

async function decideSegments(run: JobRun, input: RuleCheckInput, rules: readonly StoredRule[], check: OpenCheck, { segments, window, versions }: { readonly segments: readonly SegmentForScoring[]; readonly window: { readonly from: number; readonly to: number }; readonly versions: readonly TuningVersion[] }): Promise<Decided> {
  const { ctx } = run;
  const looked: CheckedSegment[] = [];
  const rows: StoredCheck[] = [];
  for (const [i, segment] of segments.entries()) {
    run.signal.throwIfAborted();
    run.progress(30 + (60 * i) / segments.length, STEPS, `Deciding ${rules.length} rules in ${segment.name}`);
    const zone = (await findSegment(ctx.db, segment.id))?.timeZone ?? null;
    const sample = await readSegmentSample(ctx, segment, zone, window);
    const { id, name, assets } = segment;
    const checked = { id, name, assets, population: Object.fromEntries(countPopulation(segment)), records: sample.records, examples: sample.examples.length, unlooked: sample.unlooked };
    looked.push(checked);
    const own = versions.filter(({ segmentId }) => segmentId === id);
    const unset = (rule: StoredRule): string[] => valuesInForce(own, { analytic: "", names: new Map(rule.placeholders.map((name) => [name, null])), day: input.at.slice(0, 10) }).flatMap(({ name: asked, values }) => (values === null && rule.sourceKind === "imported" ? [asked] : []));
    const found = await check.check({ series: sample.series, examples: sample.examples });
    for (const row of rowsOfSegment(rules, (rule) => found.get(nameOfPlace(placeOf(rule))), checked, unset)) rows.push(row);
    await new Promise((resolve) => setImmediate(resolve)); // the heartbeat of the job
  }
  const exceeded = new Map<string, string>();
  for (const rule of rules) {
    const why = check.exceeded(placeOf(rule));
    if (why !== null) exceeded.set(rule.id, why);
  }
  return { looked, rows: exceeded.size === 0 ? rows : refuseExceeded(rows, exceeded) };
}

async function digestInputs({ ctx }: JobRun, input: RuleCheckInput, stored: StoredRuleSet, versions: readonly TuningVersion[]): Promise<string> {
  const datasets = await listDatasetViews(ctx.db, "all");
  return digestOf({ at: input.at, rules: stored.all.map(({ id, digest }) => [id, digest]).sort(), datasets: datasets.map(({ id, contentDigest, deriverInput }) => [id, contentDigest, deriverInput]).sort(), tuning: versions.map(({ id }) => id), mappings: stored.renames.map(({ scopeKey, version }) => `${scopeKey} ${version}`) });
}

/** Keeps the answers as one run: visible in the last, short transaction. */
async function keepRun(run: JobRun, input: RuleCheckInput, { looked, rows }: Decided, about: { readonly inputDigest: string; readonly freshFrom: Date; readonly rules: number }): Promise<RuleCheckOutcome> {
  const { ctx } = run;
  const { inputDigest } = about;
  const counts = countStates(rows);
  const at = new Date(input.at);
  const id = await withTransaction(ctx.db, async (tx) => {
    await run.confirm(tx);
    return insertCheckRun(tx, { at, freshFrom: about.freshFrom, actor: ctx.actor.name, segments: looked, jobId: run.id });
  });
  try {
    run.progress(90, STEPS, "Keeping what was found");
    await writeChecks(ctx.db, id, rows.filter(({ state }) => state !== "no-source"));
    run.signal.throwIfAborted();
    await withTransaction(ctx.db, async (tx) => {
      await run.confirm(tx);
      await completeCheckRun(tx, id, { inputDigest, counts });
      await emitAudit(tx, ctx, { action: "rule.check", target: `rule-check/${id}`, detail: { at: input.at, rules: about.rules, segments: looked.length, inputDigest } });
    });
  } catch (error) {
    await withTransaction(ctx.db, (tx) => discardCheckRun(tx, id)).catch(() => {}); // the database is away: the next run of this job removes it
    throw error;
  }
  run.progress(STEPS, STEPS, `${rows.length} answers`);
  return { run: id, at: input.at, rules: about.rules, segments: looked.length, counts };
}

/** A second run of the same job removes what the first left: it starts over safely. */
export const resumable = true;

/** Runs it as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await runRuleCheck(run, ruleCheckInputSchema.parse(input)));
}

function countStates(rows: readonly StoredCheck[]): Partial<Record<CheckState, number>> {
  return Object.fromEntries(CHECK_STATES.map((state) => [state, rows.filter((row) => row.state === state).length]));
}
