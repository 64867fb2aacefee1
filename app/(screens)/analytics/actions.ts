"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { TestFields } from "@/components/tests/test-actions";
import type { TunedAndTested, TuningFields } from "@/components/tuning/tuning-actions";
import { startAddTest } from "@/lib/operations/add-test";
import { getTuningPreview } from "@/lib/operations/get-tuning-preview";
import { startTuningPreview, type TuningPreview } from "@/lib/operations/preview-tuning";
import { removeTest } from "@/lib/operations/remove-test";
import { startTestsRun } from "@/lib/operations/run-tests";
import { saveTuning, startDueTests } from "@/lib/operations/save-tuning";
import { readTestFields, readTuningFields } from "./read-test-fields";

/** Starts the job that attaches a test and runs it; gives the job's id. */
export async function attachTestAction(fields: TestFields): Promise<ActionResult<string>> {
  return actionResult((ctx) => startAddTest(ctx, readTestFields(fields)));
}

/** Starts the job that runs one test again; gives the job's id. */
export async function runTestAction({ test }: { test: string }): Promise<ActionResult<string>> {
  return actionResult((ctx) => startTestsRun(ctx, { test: String(test) }));
}

/** Takes a test away. */
export async function removeTestAction(test: string): Promise<ActionResult<null>> {
  return actionResult(async (ctx) => {
    await removeTest(ctx, String(test));
    return null;
  });
}

/** Starts the job that measures what a value would do; gives the job's id. */
export async function previewTuningAction(fields: TuningFields): Promise<ActionResult<string>> {
  return actionResult((ctx) => startTuningPreview(ctx, readTuningFields(fields)));
}

/** What that job measured. */
export async function shownTuningAction(job: string): Promise<ActionResult<TuningPreview>> {
  return actionResult((ctx) => getTuningPreview(ctx, String(job)));
}

/** Saves exactly what was shown, and starts the tests that rest on it. */
export async function saveTuningAction(job: string): Promise<ActionResult<TunedAndTested>> {
  return actionResult(async (ctx) => {
    const saved = await saveTuning(ctx, String(job));
    return { version: saved.version, tests: await startDueTests(ctx, saved) };
  });
}
