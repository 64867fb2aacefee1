"use client";
import { Ban, Check, CircleX, Clock, RefreshCw, X, type LucideIcon } from "lucide-react";
import { ProgressShare } from "@/components/metric/metric";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import type { JobState, JobView } from "@/lib/jobs/job-types";
import { formatTime } from "@/lib/shared/format-time";
import { JobOutcome } from "./job-outcome";
import { announceJob, isOpen, useJobs } from "./use-jobs";

const LOOK: Readonly<Record<JobState, { icon: LucideIcon; className: string }>> = {
  queued: { icon: Clock, className: "" },
  running: { icon: RefreshCw, className: "border-accent text-accent" },
  done: { icon: Check, className: "" },
  failed: { icon: CircleX, className: "border-attn text-attn" },
  cancelled: { icon: Ban, className: "" },
};

/** Running jobs with progress and a way to stop them, then what ended. A failed one says why. */
export function JobList({ initial, kinds }: { initial: readonly JobView[]; kinds?: readonly string[] }) {
  const jobs = useJobs(initial).filter((job) => !kinds || kinds.includes(job.kind));
  const open = jobs.filter(isOpen);
  const ended = jobs.filter((job) => !isOpen(job));
  return (
    <section aria-label="Jobs" className="flex min-h-0 flex-col">
      <header className="flex items-center gap-2 border-b px-4 py-3">
        <h2>Jobs</h2>
        {open.length > 0 ? <span className="rounded-sm bg-surface-3 px-1.5 text-xs text-ink-3">{open.length} running</span> : null}
      </header>
      {jobs.length === 0 ? <p className="px-4 py-3 text-xs text-ink-3">Nothing has run yet.</p> : null}
      <ul>{open.map((job) => <JobLine key={job.id} job={job} />)}</ul>
      {ended.length > 0 ? <h3 className="px-4 pt-3 pb-1 text-ink-3">Ended</h3> : null}
      <ul>{ended.slice(0, 12).map((job) => <JobLine key={job.id} job={job} />)}</ul>
    </section>
  );
}

function JobLine({ job }: { job: JobView }) {
  const { icon: Icon, className } = LOOK[job.state];
  const cancel = async () => {
    const response = await fetch(`/api/jobs/${job.id}`, { method: "DELETE" });
    if (!response.ok) toast("The job could not be stopped; it may have ended.");
    announceJob();
  };
  return (
    <li className="flex gap-2.5 border-b px-4 py-2 leading-[17px]">
      <span className={classNames("grid size-[22px] shrink-0 place-items-center rounded-full border border-line-2 text-ink-3", className)} title={job.state}>
        <Icon size={13} aria-hidden />
        <span className="sr-only">{job.state}</span>
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-2">
          <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">{job.title}</span>
          {job.state === "running" ? <ProgressShare done={job.progress.done} total={job.progress.total} /> : null}
          {isOpen(job) ? (
            <IconButton label={`Stop: ${job.title}`} className="-my-1 size-6" disabled={job.cancelRequested} onClick={cancel}>
              <X size={14} aria-hidden />
            </IconButton>
          ) : null}
        </div>
        {job.state === "running" ? <Progress label={job.title} done={job.progress.done} total={job.progress.total} className="my-1" /> : null}
        <div className={classNames("text-xs", job.state === "failed" ? "text-attn" : "text-ink-2")}>
          {job.cancelRequested && isOpen(job) ? "stopping" : job.state === "failed" ? job.error : isOpen(job) ? job.progress.text || "waiting for its turn" : job.state === "cancelled" ? "cancelled" : job.kind === "events-import" ? "done" : job.progress.text || "done"}
        </div>
        {job.state === "done" ? <JobOutcome job={job} /> : null}
        {job.finishedAt ? <div className="text-xs text-ink-3">{formatTime(Date.parse(job.finishedAt))}</div> : null}
      </div>
    </li>
  );
}
