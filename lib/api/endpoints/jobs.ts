import { z } from "zod";
import { JOB_STATES } from "@/lib/jobs/job-types";
import { cancelJob } from "@/lib/operations/cancel-job";
import { getJob } from "@/lib/operations/get-job";
import { listJobs } from "@/lib/operations/list-jobs";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { jobSchema } from "../schemas";

const TAG = "Jobs";
const jobParameter = z.strictObject({ job: z.string().max(100).describe("id of a job") });

/** Long work: what runs, how far it is, and how to stop it. */
export const JOB_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listJobs",
    method: "GET",
    path: "/jobs",
    tag: TAG,
    summary: "Jobs, newest first",
    query: z.strictObject({ limit: z.int().min(1).max(500).default(50), state: z.array(z.enum(JOB_STATES)).describe("only jobs in these states").optional() }),
    response: z.object({ items: z.array(jobSchema) }),
    run: async (ctx, { query: { limit, state } }) => ({ items: await listJobs(ctx, { limit, ...(state === undefined ? {} : { states: state }) }) }),
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "getJob", method: "GET", path: "/jobs/{job}", tag: TAG, summary: "One job with its progress and result", parameters: jobParameter, response: jobSchema, run: (ctx, { path }) => getJob(ctx, path.job) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "cancelJob",
    method: "DELETE",
    path: "/jobs/{job}",
    tag: TAG,
    summary: "Ask a job to stop",
    says: "It stops at its next safe point; nothing is left half-written.",
    parameters: jobParameter,
    response: jobSchema,
    status: 202,
    run: async (ctx, { path }) => {
      await cancelJob(ctx, path.job);
      return getJob(ctx, path.job);
    },
  }),
];
