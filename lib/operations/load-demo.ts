import { z } from "zod";
import { withTransaction } from "@/lib/db/with-transaction";
import type { DatasetView } from "@/lib/events/dataset-types";
import { findSegmentByName } from "@/lib/inventory/store";
import type { Json } from "@/lib/shared/canonical-json";
import { expandPattern } from "@/lib/shared/expand-pattern";
import { compileTemplate } from "@/lib/shared/expand-template";
import { seededRandom } from "@/lib/shared/seeded-random";
import { parseDuration } from "@/lib/shared/template-time";
import { applyInventory } from "./apply-inventory";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { DEMO_ACTOR } from "./demo/demo-actor";
import type { DemoSample, DemoStep } from "./demo/demo-content";
import { writeDemoSetting } from "./demo/demo-setting";
import { readDemoContent, type DemoContent } from "./demo/read-demo-content";
import { renderDemoMeasurement } from "./demo/render-demo-measurement";
import { renderDemoSample } from "./demo/render-demo-sample";
import { replayChecks } from "./demo/replay-checks";
import { replayDecisions } from "./demo/replay-decisions";
import { replayGaps } from "./demo/replay-gaps";
import { replayGround } from "./demo/replay-ground";
import { replayOverride } from "./demo/replay-override";
import { replayPlan } from "./demo/replay-plan";
import { replayRules } from "./demo/replay-rules";
import { replayTest, replayTuning } from "./demo/replay-tests";
import { importEvents, importEventsSchema } from "./import-events";
import { importLayer } from "./import-layer";
import { importRoster } from "./import-roster";
import type { JobRun } from "./job-handlers";
import { keepUpload } from "./keep-upload";
import { listAssessments } from "./list-assessments";
import { listDatasets } from "./list-datasets";
import { loadPacks } from "./load-packs";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareEventsImport } from "./prepare-events-import";
import { runAssessment } from "./run-assessment";

export const loadDemoSchema = z.object({ t0: z.iso.datetime() });
export interface DemoLoaded {
  readonly t0: string;
  readonly segments: number;
  readonly files: number;
  readonly records: number;
  readonly refused: number;
  readonly assessments: number;
}

const DAY_MS = 86_400_000;
const dayAfter = (ms: number, days: number) => new Date(ms + days * DAY_MS).toISOString().slice(0, 10);

/**
 * Replays four weeks of a demonstration fleet that end at T0: the same operations that people use, in the order in which
 * they would have used them, with a clock that stands at each step's time. Every operation finds what it did before, so a
 * load that was broken off goes on where it stopped and doubles nothing.
 *
 * @throws SightlineError of the operations it calls
 */
export async function loadDemo(run: JobRun, input: z.infer<typeof loadDemoSchema>): Promise<DemoLoaded> {
  authorize(run.ctx, "demo.load", "all");
  const content = await readDemoContent();
  const t0 = Date.parse(input.t0);
  const { steps } = content.replay;
  const total = steps.reduce((sum, step) => sum + step.samples.length + 2, 1);
  let done = 0;
  for (const step of steps) {
    const at = t0 + parseDuration(step.at);
    // The assessment is the last thing of a step. Going back before it would put older inventories over newer ones.
    if (await isAssessed(run.ctx, at)) {
      done += step.samples.length + 2;
      continue;
    }
    const part = (): JobRun => ({ ...run, ctx: replayed(run.ctx, at), progress: (_done, _total, text) => run.progress(done, total, text) });
    run.progress(done, total, step.title);
    await setUp(part(), content, step, at, t0);
    done += 1;
    for (const sample of step.samples) {
      run.signal.throwIfAborted();
      run.progress(done, total, `Importing ${sample.file}`);
      await importSample(part(), content, sample, t0);
      done += 1;
    }
    if (step.rules !== undefined) await replayRules(part(), content, step.rules);
    for (const override of step.overrides) await replayOverride(part().ctx, override);
    for (const test of step.tests) await replayTest(part(), content, test, t0);
    for (const tuning of step.tunings) await replayTuning(part(), tuning, dayAfter(t0, tuning.inDays));
    await replayGaps(part().ctx, step.gaps, (days) => dayAfter(t0, days));
    await replayChecks(part(), content, step, at);
    for (const file of step.layers) await importLayer(part().ctx, { fileName: file, content: await content.layer(file), demo: true });
    run.progress(done, total, `Assessing ${new Date(at).toISOString().slice(0, 10)}`);
    await runAssessment(part(), { at: new Date(at).toISOString(), domains: ["enterprise"] });
    done += 1;
  }
  run.progress(done, total, "Tracing the efficient plans");
  await replayPlan({ ...run, ctx: replayed(run.ctx, t0), progress: () => {} }, content);
  await withTransaction(run.ctx.db, async (tx) => {
    await run.confirm(tx);
    await writeDemoSetting(tx, { t0: input.t0, ready: true });
  });
  run.progress(total, total, "The demonstration fleet is loaded");
  const datasets = await listDatasets(run.ctx);
  const sum = (count: (dataset: DatasetView) => number) => datasets.reduce((n, dataset) => n + count(dataset), 0);
  return { t0: input.t0, segments: content.fleet.segments.length, files: datasets.length, records: sum(({ records }) => records), refused: sum(({ refused }) => refused), assessments: steps.length };
}

/** Every step looks first whether it was done: it starts over safely. */
export const resumable = true;

/** Replays the demonstration as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await loadDemo(run, loadDemoSchema.parse(input)));
}

function replayed(ctx: OperationContext, at: number): OperationContext {
  return { ...ctx, actor: { name: DEMO_ACTOR, authenticated: false }, clock: () => new Date(at) };
}

async function setUp(run: JobRun, content: DemoContent, step: DemoStep, at: number, t0: number): Promise<void> {
  const { ctx } = run;
  if (step.catalog !== undefined) await loadStarterCatalog(ctx, step.catalog);
  if (step.segments) {
    await loadPacks({ ...run, ctx, progress: () => {} });
    for (const { target, ...form } of content.fleet.segments) {
      if ((await findSegmentByName(ctx.db, form.name)) !== null) continue;
      await createSegment(ctx, { ...form, target: target && { value: target.value, date: dayAfter(t0, target.inDays), owner: target.owner } }, { demo: true });
    }
    for (const { segment, platform, hosts } of content.fleet.rosters) {
      const rows = hosts.flatMap(expandPattern).map((host) => `${host},${platform}`);
      await importRoster(ctx, { segment, source: { fileName: `${segment}, roster.csv`, content: Buffer.from(`host,platform\n${rows.join("\n")}\n`) } });
    }
  }
  await replayGround(ctx, content.fleet, step, (days) => dayAfter(t0, days));
  for (const { file, format, segment, hosts, days } of step.inventories) {
    const scope = { variables: new Map<string, string>(), lists: {}, counters: new Map<string, number>(), random: seededRandom(file), atMs: at };
    await applyInventory(ctx, { source: { fileName: file, content: Buffer.from(compileTemplate(await content.inventory(file))(scope)) }, format, ...(segment !== undefined && { segment, hosts, asOf: dayAfter(at, days ?? 0) }) });
  }
  for (const measurement of step.measurements) {
    await applyInventory(ctx, { source: { fileName: measurement.file, content: await renderDemoMeasurement(content, measurement, t0) }, format: "measurement-zip" });
  }
  await replayDecisions(ctx, step, (days) => dayAfter(t0, days));
}

async function importSample(run: JobRun, content: DemoContent, sample: DemoSample, t0: number): Promise<void> {
  const upload = await keepUpload(run.ctx, renderDemoSample(content, sample, t0), sample.file);
  const extraction = sample.extraction && { ...sample.extraction, when: run.ctx.clock().toISOString() };
  const job = await prepareEventsImport(run.ctx, upload, { segment: sample.segment, options: { ...sample.options, ...(extraction && { extraction }) } });
  await importEvents(run, importEventsSchema.parse(job.input));
}

async function isAssessed(ctx: OperationContext, at: number): Promise<boolean> {
  const iso = new Date(at).toISOString();
  return (await listAssessments(ctx)).some((assessment) => assessment.at === iso && assessment.actor === DEMO_ACTOR);
}
