"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { JobOutcome } from "@/components/jobs/job-outcome";
import { announceJob } from "@/components/jobs/use-jobs";
import { FileDrop } from "@/components/ui/file-drop";
import { Progress } from "@/components/ui/progress";
import type { JobView } from "@/lib/jobs/job-types";

interface Upload {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  readonly error: string | null;
  readonly job: string | null; // once all of it was sent
}

/** A pack as a zip is sent; its import is a job, which runs its tests first. What came of it stands here, when the page's jobs know it. */
export function PackUpload({ jobs }: { jobs: readonly JobView[] }) {
  const [state, setState] = useState<Upload | null>(null);
  const job = jobs.find(({ id }) => id === state?.job);
  const send = async ([file]: File[]) => {
    if (file === undefined) return;
    const shown = (sent: number, total: number, error: string | null = null, started: string | null = null) => setState({ name: file.name, sent, total, error, job: started });
    shown(0, file.size);
    try {
      const sent = await sendFile(file, { kind: "pack" }, (done, total) => shown(done, total));
      announceJob();
      shown(file.size, file.size, null, sent.job ?? "");
    } catch (error) {
      shown(0, file.size, error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <FileDrop title="Drop a pack, or choose" hint="A zip with pack.yaml, rules and samples. It stands in place of ours for its analytic; its own tests run before it is taken." accept=".zip" multiple={false} onFiles={(files) => void send(files)} />
      {state === null ? null : (
        <div className="rounded-lg border bg-surface px-4 py-2" aria-live="polite">
          <div className="truncate font-medium">{state.name}</div>
          <Outcome state={state} job={job} />
        </div>
      )}
    </div>
  );
}

function Outcome({ state: { name, sent, total, error, job: started }, job }: { state: Upload; job: JobView | undefined }) {
  const refused = error ?? (job?.state === "failed" || job?.state === "cancelled" ? (job.error ?? "It was cancelled.") : null);
  if (refused !== null) {
    return (
      <p role="alert" className="text-xs font-medium [overflow-wrap:anywhere] text-attn">
        {job === undefined ? "" : "Nothing was changed. "}
        {refused}
      </p>
    );
  }
  if (job?.state === "done") return <JobOutcome job={job} />;
  return started === null ? <Progress label={`Sending ${name}`} done={sent} total={total} className="mt-1" /> : <p className="text-xs text-ink-2">Sent: its rules are read and its tests run before it is taken.</p>;
}
