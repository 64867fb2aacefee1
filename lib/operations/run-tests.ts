import { z } from "zod";
import { listTests as listRows } from "@/lib/detection/tests/store";
import { testRowSchema, type TestRow } from "@/lib/detection/tests/test-row";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { JobRun } from "./job-handlers";
import { listTests } from "./list-tests";
import type { InlineJob } from "./run-job-inline";
import { runCases } from "./tests/run-cases";

export const TESTS_RUN = "tests-run";

const runTestsSchema = z.object({ analytic: z.string().nullable(), segmentId: z.string().nullable(), test: z.string().nullable(), onlyDue: z.boolean().default(false) }); // null: all
export type RunTestsInput = z.infer<typeof runTestsSchema>;

/** What `tests run` prints: the tests as they stand after it. */
export const ranTestsSchema = z.array(testRowSchema);

/** Which tests to run; what is left out means all. segment by name or id. */
export interface TestsRequest {
  readonly analytic?: string;
  readonly segment?: string;
  readonly test?: string; // id
  readonly onlyDue?: boolean; // leaves out those that would run with the same today; none is no fault then
}

/**
 * Checks a request and gives the job that runs it.
 *
 * @throws SightlineError NOT_FOUND for a segment that does not exist
 */
export async function prepareTestsRun(ctx: OperationContext, request: TestsRequest): Promise<InlineJob> {
  authorize(ctx, "test.write", "none");
  const segment = request.segment === undefined ? undefined : ((await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment)));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment named "${request.segment ?? ""}".`, { field: "segment" });
  const analytic = request.analytic?.trim().toUpperCase() ?? null;
  const input: RunTestsInput = { analytic, segmentId: segment?.id ?? null, test: request.test ?? null, onlyDue: request.onlyDue ?? false };
  return { kind: TESTS_RUN, title: `Run tests${analytic === null ? "" : ` of ${analytic}`}${segment === undefined ? "" : ` in ${segment.name}`}`, input };
}

/** The same, put into the queue. @returns the job's id */
export async function startTestsRun(ctx: OperationContext, request: TestsRequest): Promise<string> {
  authorize(ctx, "test.write", "none");
  return enqueueJob(ctx.db, { ...(await prepareTestsRun(ctx, request)), actor: ctx.actor.name, now: ctx.clock() });
}

/** Runs tests, due or not unless only those are asked for. @throws SightlineError NOT_FOUND when there is none */
export async function runTests(run: JobRun, { analytic, segmentId, test, onlyDue }: RunTestsInput): Promise<TestRow[]> {
  authorize(run.ctx, "test.write", segmentId === null ? "none" : [segmentId]);
  const segmentIds = segmentId === null ? run.ctx.segments : [segmentId];
  const tests = await listRows(run.ctx.db, { segmentIds, ...(analytic === null ? {} : { analytic }), ...(test === null ? {} : { id: test }) });
  if (tests.length === 0 && !onlyDue) throw new SightlineError("NOT_FOUND", "There is no such test.", { remedy: "Attach one with sightline tests add." });
  await runCases(run, tests, { onlyDue });
  const ids = new Set(tests.map(({ id }) => id));
  return (await listTests(run.ctx, analytic === null ? {} : { analytic })).filter(({ id }) => ids.has(id));
}

/** A run is written whole or not at all; a second one adds another, which is what was asked for. */
export const resumable = true;

/** Runs tests as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await runTests(run, runTestsSchema.parse(input)));
}
