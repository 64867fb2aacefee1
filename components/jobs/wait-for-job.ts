"use client";
import type { JobView } from "@/lib/jobs/job-types";
import { announceJob } from "./use-jobs";

const PAUSE_MS = 500;

/**
 * Waits until a job has ended, asking for it twice a second.
 *
 * @throws Error with the job's own reason when it failed or was cancelled, or when the server does not answer
 */
export async function waitForJob(id: string, onProgress: (text: string) => void): Promise<JobView> {
  announceJob();
  for (;;) {
    const response = await fetch(`/api/jobs/${id}`, { cache: "no-store" });
    if (!response.ok) throw new Error(`The server did not say how the job stands (${response.status}).`);
    const job: JobView = await response.json();
    if (job.state === "done") return job;
    if (job.state === "failed" || job.state === "cancelled") throw new Error(job.error ?? `The job is ${job.state}.`);
    onProgress(job.progress.text);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
