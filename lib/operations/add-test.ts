import { z } from "zod";
import { emitAudit } from "@/lib/audit/emit-audit";
import { findEntities } from "@/lib/catalog/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { TEST_ORIGINS } from "@/lib/detection/tests/detection-test";
import { insertTest, listTests as listRows } from "@/lib/detection/tests/store";
import { testRowSchema, type TestRow } from "@/lib/detection/tests/test-row";
import { formatById, CHOICES } from "@/lib/events/formats/index";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { findSegment, findSegmentByName, listRoster } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { UnpackedFile } from "./events/unpack-upload";
import type { JobRun } from "./job-handlers";
import type { KeptUpload } from "./keep-upload";
import { listTests } from "./list-tests";
import type { InlineJob } from "./run-job-inline";
import { checkSample, unpackSample } from "./tests/check-sample";
import { runCases } from "./tests/run-cases";

export const TEST_ADD = "test-add";

const uploadSchema = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative(), fileName: z.string().min(1).max(2000) });
export const addTestSchema = z.object({
  analytic: z.string(),
  segmentId: z.string(),
  positive: uploadSchema,
  negative: uploadSchema,
  origin: z.enum(TEST_ORIGINS),
  format: z.string().nullable(), // of both; null: by content
  host: z.string().max(255).nullable(), // of records that name none
});
export type AddTestInput = z.infer<typeof addTestSchema>;
export const addedTestSchema = testRowSchema;

/** What people say about a test; segment by name or id, the samples already kept. */
export interface AddTestRequest {
  readonly analytic: string;
  readonly segment: string;
  readonly origin?: string; // default production
  readonly format?: string;
  readonly host?: string;
}

/** Whether such a test could be attached, before a sample is sent or kept. @throws SightlineError NOT_FOUND or INVALID naming the field */
export async function checkTest(ctx: OperationContext, request: AddTestRequest): Promise<Pick<AddTestInput, "analytic" | "segmentId" | "origin" | "format" | "host"> & { readonly segment: string }> {
  authorize(ctx, "test.write", "none");
  const segment = (await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment));
  if (segment === null || segment.retiredAt !== null) throw new SightlineError("NOT_FOUND", `There is no segment named "${request.segment}".`, { field: "segment", remedy: "See sightline segments list." });
  authorize(ctx, "test.write", [segment.id]);
  const analytic = request.analytic.trim().toUpperCase();
  if (!(await findEntities(ctx.db, [analytic])).some(({ kind }) => kind === "analytic")) throw new SightlineError("NOT_FOUND", `No imported catalogue holds an analytic "${request.analytic}".`, { field: "analytic" });
  const asked = request.origin?.trim().toLowerCase() || "production";
  const origin = TEST_ORIGINS.find((known) => known === asked);
  if (asked === "lab" || asked === "public") throw new SightlineError("INVALID", `A ${asked} sample never shows what happens in ${segment.name}: it proves no cell.`, { field: "origin", remedy: "Attach records of a host of the segment, from production or from an exercise there; lab and public samples belong into packs and rules." });
  if (origin === undefined) throw new SightlineError("INVALID", `"${asked}" is not an origin.`, { field: "origin", remedy: `Known are ${TEST_ORIGINS.join(" and ")}.` });
  const format = request.format?.trim() || null;
  if (format !== null && formatById(format) === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format", remedy: `Known are ${CHOICES.map(({ id }) => id).join(", ")}.` });
  return { analytic, segmentId: segment.id, segment: segment.name, origin, format, host: request.host?.trim() || null };
}

/** Checks what can be checked before the samples are read, and gives the job that attaches the test and runs it. */
export async function prepareAddTest(ctx: OperationContext, request: AddTestRequest & { readonly positive: KeptUpload; readonly negative: KeptUpload }): Promise<InlineJob> {
  authorize(ctx, "test.write", "none");
  const { segment, ...checked } = await checkTest(ctx, request);
  const { positive, negative } = request;
  return { kind: TEST_ADD, title: `Attach a test of ${checked.analytic} to ${segment}`, input: z.json().parse(addTestSchema.parse({ ...checked, positive, negative })) };
}

/** The same, put into the queue. @returns the job's id */
export async function startAddTest(ctx: OperationContext, request: AddTestRequest & { readonly positive: KeptUpload; readonly negative: KeptUpload }): Promise<string> {
  authorize(ctx, "test.write", "none");
  return enqueueJob(ctx.db, { ...(await prepareAddTest(ctx, request)), actor: ctx.actor.name, now: ctx.clock() });
}

/**
 * Attaches an attack sample and a benign one to an analytic in a segment, and runs the test once. The samples are kept files:
 * no count of records ever includes them.
 *
 * @returns the test with its first run
 * @throws SightlineError naming the file for what is wrong with a sample, CONFLICT for a pair that is attached already
 */
export async function addTest(run: JobRun, input: AddTestInput): Promise<TestRow> {
  authorize(run.ctx, "test.write", [input.segmentId]);
  const { ctx } = run;
  const segment = await findSegment(ctx.db, input.segmentId);
  if (segment === null || segment.retiredAt !== null) throw new SightlineError("NOT_FOUND", "The segment of this test does not exist any more.");
  const { analytic, format, host, origin } = input;
  const [positive, negative] = [await unpackSample(run, named(input.positive)), await unpackSample(run, named(input.negative))];
  if (positive.digest === negative.digest) throw new SightlineError("INVALID", "Both samples have the same content: one holds the attack, the other holds what is usual.", { file: negative.name, field: "negative" });
  const at = ctx.clock();
  const roster = await listRoster(ctx.db, segment.id);
  const sourceOf = ({ digest, name }: UnpackedFile) => ({ digest, name, format, host, zone: segment.timeZone ?? "UTC", reference: at.getTime() });
  await checkSample(run, sourceOf(positive), roster.length === 0 ? null : new Set(roster.map(({ key }) => key)));
  await checkSample(run, sourceOf(negative), null);
  const id = await attach(run, segment, { analytic, positive, negative, format, host, origin, at });
  const [made] = await listRows(ctx.db, { id });
  if (made !== undefined) await runCases(run, [made], { onlyDue: false });
  const row = (await listTests(ctx, { analytic, segment: segment.id })).find((one) => one.id === id);
  if (row === undefined) throw new Error("a test that was attached is not there");
  return row;
}

async function attach(run: JobRun, segment: Segment, draft: { readonly analytic: string; readonly positive: UnpackedFile; readonly negative: UnpackedFile; readonly format: string | null; readonly host: string | null; readonly origin: AddTestInput["origin"]; readonly at: Date }): Promise<string> {
  const { ctx } = run;
  const { analytic, positive, negative, format, host, origin, at } = draft;
  return withTransaction(ctx.db, async (tx) => {
    await run.confirm(tx);
    const twin = (await listRows(tx, { analytic, segmentIds: [segment.id] })).find((test) => test.positive.digest === positive.digest && test.negative.digest === negative.digest);
    if (twin !== undefined) throw new SightlineError("CONFLICT", `This pair of samples is attached to ${analytic} in ${segment.name} already (test ${twin.id}).`, { remedy: "Run it with sightline tests run, or remove it first." });
    await recordKeptFile(tx, positive, positive.name, at);
    await recordKeptFile(tx, negative, negative.name, at);
    const sample = ({ digest, name }: UnpackedFile) => ({ digest, name, format, host });
    const made = await insertTest(tx, { analytic, segmentId: segment.id, positive: { ...sample(positive), origin }, negative: sample(negative) }, { at, actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "test.add", target: `test/${made}`, detail: { analytic, segment: segment.name, origin, positive: positive.digest, negative: negative.digest } });
    return made;
  });
}

function named({ digest, bytes, fileName }: KeptUpload): UnpackedFile {
  return { digest, bytes, name: fileName };
}

/** Runs it as a job; its input is checked again. Not resumable: a second run would meet its own test. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await addTest(run, addTestSchema.parse(input)));
}
