import { z } from "zod";
import { cellJsonSchema } from "@/lib/assessment/cell-json";
import { reportJsonSchema } from "@/lib/assessment/report-json";
import { STATUSES } from "@/lib/assessment/status";
import { DOMAINS } from "@/lib/catalog/types";
import { exportEvidence } from "@/lib/operations/export-evidence";
import { findAssessment } from "@/lib/operations/find-assessment";
import { getJob } from "@/lib/operations/get-job";
import { getReport } from "@/lib/operations/get-report";
import { listAssessments } from "@/lib/operations/list-assessments";
import { listCells } from "@/lib/operations/list-cells";
import { startAssessment } from "@/lib/operations/prepare-assessment";
import { streamCells } from "@/lib/operations/stream-cells";
import { fileEndpoint, jsonEndpoint, linesEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { assessmentId, assessmentParameter, assessmentSchema, jobSchema } from "../schemas";

const TAG = "Assessments";

const cellFilter = {
  segment: z.string().describe("only this segment: its name or id").optional(),
  analytic: z.string().describe("only this analytic, such as AN1316").optional(),
  status: z.array(z.enum(STATUSES)).describe("only cells of these statuses").optional(),
};

/** Running assessments and reading what they decided. */
export const ASSESSMENT_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listAssessments",
    method: "GET",
    path: "/assessments",
    tag: TAG,
    summary: "Assessments, newest first",
    query: z.strictObject({ limit: z.int().min(1).max(5_000).default(100) }),
    response: z.object({ items: z.array(assessmentSchema) }),
    run: async (ctx, { query }) => ({ items: await listAssessments(ctx, query) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "startAssessment",
    method: "POST",
    path: "/assessments",
    tag: TAG,
    summary: "Start an assessment",
    says: "Runs as a job: poll the address in Location until its state is done; its result then names the assessment.",
    body: z.strictObject({ at: z.string().describe("ISO time with a zone; default: now").optional(), domains: z.array(z.enum(DOMAINS)).describe("default: enterprise").optional() }),
    response: jobSchema,
    status: 202,
    run: async (ctx, { body }) => getJob(ctx, await startAssessment(ctx, body)),
    locate: ({ id }) => `/api/v1/jobs/${id}`,
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getReport",
    method: "GET",
    path: "/assessments/{assessment}",
    tag: TAG,
    summary: "Headline numbers, fleet and per segment",
    says: "Fractions 0 to 1, each with k of n and its interval; null where there is nothing to divide by.",
    parameters: assessmentParameter,
    response: reportJsonSchema,
    run: (ctx, { path }) => getReport(ctx, assessmentId(path.assessment)),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listCells",
    method: "GET",
    path: "/assessments/{assessment}/cells",
    tag: TAG,
    summary: "Cells, page by page",
    says: "By analytic, then segment, not-applicable cells included. A page ends with an analytic; pass its `next` as `after` for the following one.",
    parameters: assessmentParameter,
    query: z.strictObject({ ...cellFilter, after: z.string().describe("`next` of the page before").optional(), limit: z.int().min(1).max(10_000).default(1_000).describe("a page ends with the analytic that reaches this many cells") }),
    response: z.object({ assessment: z.int(), items: z.array(cellJsonSchema), next: z.string().nullable() }),
    run: (ctx, { path, query }) => listCells(ctx, { ...query, assessment: assessmentId(path.assessment) }),
  }),
  linesEndpoint({
    ...TAKES_NOTHING,
    id: "streamCells",
    method: "GET",
    path: "/assessments/{assessment}/cells.ndjson",
    tag: TAG,
    summary: "All cells, one JSON document per line",
    parameters: assessmentParameter,
    query: z.strictObject(cellFilter),
    response: cellJsonSchema,
    run: (ctx, { path, query }) => streamCells(ctx, { ...query, assessment: assessmentId(path.assessment) }),
  }),
  fileEndpoint({
    ...TAKES_NOTHING,
    id: "exportEvidence",
    method: "GET",
    path: "/assessments/{assessment}/evidence",
    tag: TAG,
    summary: "The auditor's package",
    says: "Made while it is sent, and entered in the audit log. Verify it with `sightline evidence verify`.",
    mediaType: "application/zip",
    parameters: assessmentParameter,
    run: async (ctx, { path }) => exportEvidence(ctx, { assessment: (await findAssessment(ctx, assessmentId(path.assessment))).id }),
  }),
];
