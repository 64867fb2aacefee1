import { randomUUID } from "node:crypto";
import type { Db, Tx } from "@/lib/db/client";
import type { NewJob } from "./job-types";

/** Puts a job into the queue, in the transaction that decided it; it runs once that is committed. @returns its id. */
export async function enqueueJob(tx: Db | Tx, job: NewJob): Promise<string> {
  const id = randomUUID();
  await tx.$executeRaw`
    insert into "Job" (id, kind, title, input, state, "createdAt", actor)
    values (${id}, ${job.kind}, ${job.title}, ${JSON.stringify(job.input)}::jsonb, 'queued', ${job.now}, ${job.actor})`;
  return id;
}
