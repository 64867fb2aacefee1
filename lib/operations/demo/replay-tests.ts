import { SightlineError } from "@/lib/shared/errors";
import { addTest, addTestSchema, prepareAddTest } from "../add-test";
import type { JobRun } from "../job-handlers";
import { keepUpload } from "../keep-upload";
import { listTunings } from "../list-tunings";
import { prepareTuningPreview, previewTuning, tuningChangeSchema } from "../preview-tuning";
import { writeTuning } from "../tuning/write-tuning";
import type { DemoTest, DemoTuning } from "./demo-content";
import type { DemoContent } from "./read-demo-content";
import { renderDemoSample } from "./render-demo-sample";

/** Attaches a test of the demonstration and runs it; one that is there already stays as it is. */
export async function replayTest(run: JobRun, content: DemoContent, test: DemoTest, t0: number): Promise<void> {
  const { analytic, segment, origin } = test;
  const keep = (sample: DemoTest["positive"]) => keepUpload(run.ctx, renderDemoSample(content, { ...sample, segment, options: {} }, t0), sample.file);
  const job = await prepareAddTest(run.ctx, { analytic, segment, origin, positive: await keep(test.positive), negative: await keep(test.negative) });
  try {
    await addTest(run, addTestSchema.parse(job.input));
  } catch (error) {
    if (!(error instanceof SightlineError && error.code === "CONFLICT")) throw error;
  }
}

/** Sets a value of the demonstration, its effect measured as for anybody; one that is set already stays as it is. @param expires ISO date */
export async function replayTuning(run: JobRun, { inDays: _, ...request }: DemoTuning, expires: string): Promise<void> {
  const known = await listTunings(run.ctx, { segment: request.segment, analytic: request.analytic });
  if (known.some(({ name, reason }) => name === request.name && reason === request.reason)) return;
  const job = await prepareTuningPreview(run.ctx, { ...request, expires });
  await writeTuning(run.ctx, await previewTuning(run, tuningChangeSchema.parse(job.input)));
}
