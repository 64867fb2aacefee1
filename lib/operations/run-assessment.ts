import { z } from "zod";
import { assess } from "@/lib/assessment/assess";
import { buildScoringInput } from "@/lib/assessment/build-scoring-input";
import { columnsOf, packColumns } from "@/lib/assessment/cell-columns";
import { ensureDefaultPolicy } from "@/lib/assessment/decisions/store";
import { DAY_MS } from "@/lib/assessment/instants";
import type { InputParts } from "@/lib/assessment/input-parts";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { completeAssessment, discardAssessment, insertAssessment, removeIncomplete, writeCells } from "@/lib/assessment/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { DOMAINS } from "@/lib/catalog/types";
import { withTransaction } from "@/lib/db/with-transaction";
import { listTests } from "@/lib/detection/tests/store";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { groupGaps } from "@/lib/gaps/group-gaps";
import { rankGaps } from "@/lib/gaps/rank-gaps";
import { writeRankedGaps } from "@/lib/gaps/ranked/store";
import type { SegmentSources } from "@/lib/reports/segment-sources";
import { openTelemetry } from "@/lib/reports/telemetry-evidence";
import { describeSources, listCitedFamilies } from "@/lib/reports/telemetry-map";
import { canonicalChunks } from "@/lib/shared/canonical-chunks";
import type { Json } from "@/lib/shared/canonical-json";
import { raiseAlerts, readEarlierPicture } from "./alerts/raise-alerts";
import { keepInput } from "./assessment/keep-input";
import { authorize } from "./authorize";
import { reconcileBacklog } from "./gaps/reconcile-backlog";
import type { JobRun } from "./job-handlers";
import { loadPinnedInputs } from "./load-pinned-inputs";
import { runCases } from "./tests/run-cases";

export const runAssessmentSchema = z.object({ at: z.iso.datetime(), domains: z.array(z.enum(DOMAINS)).min(1) });
export type RunAssessmentInput = z.infer<typeof runAssessmentSchema>;

/** What `assess` prints; cells counts every cell, not-applicable ones included. */
export const assessmentOutcomeSchema = z.object({ assessment: z.number().int(), at: z.iso.datetime(), ranAt: z.iso.datetime(), cells: z.number().int(), runLater: z.boolean(), inputDigest: z.string(), resultDigest: z.string() });
export type AssessmentOutcome = z.infer<typeof assessmentOutcomeSchema>;

const STEPS = 100;
const PUBLISH_MS = 600_000; // backlog and alerts of a large fleet on a busy machine: giving up would lose the whole assessment

/**
 * Runs one assessment: runs the tests that are due, reads what it pins, decides every cell, keeps input and result as files by their digests, writes the
 * cells in short transactions, and shows the whole at the end in one step, in which the backlog of gaps follows it.
 *
 * @throws SightlineError of loadPinnedInputs, before anything of the assessment is written
 */
export async function runAssessment(run: JobRun, input: RunAssessmentInput): Promise<AssessmentOutcome> {
  authorize(run.ctx, "assessment.run", "all");
  const { ctx } = run;
  const at = new Date(input.at);
  const ranAt = ctx.clock();
  run.progress(0, STEPS, "Reading what the assessment rests on");
  const runLater = Math.abs(ranAt.getTime() - at.getTime()) > DAY_MS;
  // Tests whose rules, values, samples or roster have changed run again first, so that no verdict rests on what was. Of another time they stay as they were.
  if (!runLater) await runCases({ ctx, signal: run.signal, progress: (_done, _total, text) => run.progress(0, STEPS, text) }, await listTests(ctx.db), { onlyDue: true });
  const { scoring, demo } = await readInput(run, { at, domains: input.domains, ...(runLater ? {} : { testedUntil: ctx.clock() }) });
  const { file: inputFile, parts } = await keepInput(ctx.files, canonicalChunks(scoring));
  run.progress(40, STEPS, `Deciding ${scoring.analytics.length * scoring.segments.length} cells`);
  const result = assess(scoring);
  const resultFile = await ctx.files.put(canonicalChunks(result));
  const found = groupGaps(scoring, result);
  const gaps = rankGaps(scoring, result, 100, found);
  const telemetry = describeTelemetry(scoring, result);
  const before = await readEarlierPicture(ctx, scoring.domains);
  run.signal.throwIfAborted();

  const id = await withTransaction(ctx.db, async (tx) => {
    await run.confirm(tx);
    await removeIncomplete(tx, run.id); // what a broken run of this job left
    await recordKeptFile(tx, inputFile, "scoring-input.json", ranAt);
    await recordKeptFile(tx, resultFile, "scoring-result.json", ranAt);
    await ensureDefaultPolicy(tx, ranAt);
    const assessment = await insertAssessment(tx, {
      at,
      ranAt,
      actor: ctx.actor.name,
      domains: scoring.domains,
      releases: scoring.releases,
      policyVersion: scoring.policy.version,
      engine: scoring.engine,
      inputDigest: inputFile.digest,
      resultDigest: resultFile.digest,
      runLater,
      demo,
      report: { fleet: result.fleet, policy: scoring.policy, weights: { profile: scoring.weights.profile, version: scoring.weights.version } },
      analytics: scoring.analytics.map((analytic) => analytic.id),
      inputParts: parts.fleet,
      citedFamilies: telemetry.cited,
      cellColumns: packColumns(columnsOf(scoring, result)),
      jobId: run.id,
      segments: storedSegments(scoring, result, { parts, sources: telemetry.sources }),
    });
    await writeRankedGaps(tx, assessment, gaps);
    return assessment;
  });
  try {
    await writeCells(ctx.db, id, scoring.analytics.map((analytic) => analytic.id), result, (done) => {
      run.signal.throwIfAborted();
      run.progress(50 + Math.floor((45 * done) / Math.max(1, result.cells.length)), STEPS, `Writing ${done} of ${result.cells.length} cells`);
    });
    run.signal.throwIfAborted();
    const cells = scoring.analytics.length * scoring.segments.length;
    await withTransaction(ctx.db, async (tx) => {
      await run.confirm(tx);
      await completeAssessment(tx, id);
      await reconcileBacklog(tx, ctx, { id, runLater, input: scoring, result, found });
      await raiseAlerts(tx, ctx, { id, runLater, input: scoring, result, before });
      await emitAudit(tx, ctx, { action: "assessment.run", target: `assessment/${id}`, detail: { at: at.toISOString(), domains: [...scoring.domains], releases: { ...scoring.releases }, policy: scoring.policy.version, weights: `${scoring.weights.profile} ${scoring.weights.version}`, inputDigest: inputFile.digest, resultDigest: resultFile.digest, cells } });
    }, PUBLISH_MS);
    run.progress(STEPS, STEPS, `${cells} cells decided`);
    return { assessment: id, at: at.toISOString(), ranAt: ranAt.toISOString(), cells, runLater, inputDigest: inputFile.digest, resultDigest: resultFile.digest };
  } catch (error) {
    // A process that dies here leaves rows that nobody sees; the next run of this job removes them.
    await withTransaction(ctx.db, (tx) => discardAssessment(tx, id)).catch(() => {});
    throw error;
  }
}

/** Reads what is pinned and resolves it. What the stores gave is let go here: of a large fleet it is as much again as the input. */
async function readInput({ ctx, signal, progress }: JobRun, wanted: Parameters<typeof loadPinnedInputs>[1]): Promise<{ readonly scoring: ScoringInput; readonly demo: boolean }> {
  const { pinned, demo } = await loadPinnedInputs(ctx, wanted);
  signal.throwIfAborted();
  progress(20, STEPS, `Resolving ${pinned.analytics.length} analytics`);
  return { scoring: buildScoringInput(pinned), demo };
}

/** A crash leaves only an incomplete assessment, which the next run of the same job removes: it starts over safely. */
export const resumable = true;

/** Runs the assessment as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await runAssessment(run, runAssessmentSchema.parse(input)));
}

/** What the telemetry map shows; the evidence that it is read from is let go. */
function describeTelemetry(scoring: ScoringInput, result: ScoringResult): { readonly cited: readonly string[]; readonly sources: readonly SegmentSources[] } {
  const evidence = openTelemetry(scoring, result);
  return { cited: listCitedFamilies(evidence), sources: describeSources(evidence) };
}

function storedSegments(scoring: ScoringInput, result: ScoringResult, { parts, sources }: { readonly parts: InputParts; readonly sources: readonly SegmentSources[] }) {
  const weights = scoring.segments.map(() => 0);
  for (const cell of result.cells) weights[cell.segment] = (weights[cell.segment] ?? 0) + cell.weight;
  return scoring.segments.map((segment, position) => {
    const found = result.segments[position];
    if (found === undefined) throw new Error(`segment ${segment.id} was not scored`);
    const { assets, criticality, target } = segment;
    return {
      id: segment.id,
      name: segment.name,
      doc: { assets, criticality, target, rostered: segment.roster !== null, platforms: [...found.population], headline: found.headline, weight: weights[position] ?? 0, neverSeen: [...found.neverSeen], foreign: [...found.foreign] },
      notApplicable: found.notApplicable.map((rule) => ({ ...rule, analytics: [...rule.analytics] })),
      inputParts: parts.segments.get(segment.id),
      sources: sources[position],
    };
  });
}
