import type { Tx } from "@/lib/db/client";
import type { Json } from "@/lib/shared/canonical-json";

export const JOB_STATES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What to do, written in the transaction that decides it. input is read again by the handler's own schema. */
export interface NewJob {
  readonly kind: string;
  readonly title: string; // for people: "Import sysmon.json into EU servers"
  readonly input: Json;
  readonly actor: string;
  readonly now: Date;
}

/** What a running job is given. Ctx is the operations' context; this layer does not know it. */
export interface JobRun<Ctx> {
  readonly id: string;
  readonly ctx: Ctx;
  readonly attempt: number; // 1 the first time; more after a crash, for resumable handlers
  readonly signal: AbortSignal; // aborted when somebody asked to cancel, or when the lease was lost
  /** Cheap to call often: written about once a second. total null = not known. */
  progress(done: number, total: number | null, text: string): void;
  /**
   * Call in the transaction that makes the result visible: throws CANCELLED when the job was taken over by another process
   * meanwhile (this one had stalled for longer than its lease), so that nothing is written twice.
   */
  confirm(tx: Tx): Promise<void>;
}

/** Does the work of one kind of job; its return value is the job's result. Throw SightlineError for what people caused. */
export type JobHandler<Ctx> = (run: JobRun<Ctx>, input: Json) => Promise<Json>;

export interface JobHandlerModule<Ctx> {
  readonly handler: JobHandler<Ctx>;
  /** True when a second run after a crash starts over safely (nothing is counted twice). Otherwise such a job is failed. */
  readonly resumable?: boolean;
}

export type JobHandlers<Ctx> = Readonly<Record<string, () => Promise<JobHandlerModule<Ctx>>>>;

/** A job as pages and the command line show it; times are ISO 8601. */
export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  readonly progress: { readonly done: number; readonly total: number | null; readonly text: string };
  readonly result: Json;
  readonly error: string | null;
  readonly attempts: number;
  readonly cancelRequested: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly actor: string;
}
