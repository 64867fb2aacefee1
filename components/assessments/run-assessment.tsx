"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { readRefusal } from "@/components/forms/read-refusal";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import type { JobView } from "@/lib/jobs/job-types";
import { announceJob } from "@/components/jobs/use-jobs";

type Run = (at: string) => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;

/** Runs an assessment as a job and shows it until it ends; a refusal stays beside the field. */
export function RunAssessment({ run, initiallyOpen = false, variant = "primary" }: { run: Run; initiallyOpen?: boolean; variant?: "primary" | "plain" }) {
  const [open, setOpen] = useState(initiallyOpen);
  const [at, setAt] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [job, setJob] = useState<JobView | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();

  useEffect(() => {
    if (jobId === null) return;
    const timer = setInterval(async () => {
      const response = await fetch(`/api/jobs/${jobId}`, { cache: "no-store" }).catch(() => null);
      if (!response?.ok) return;
      const next: JobView = await response.json();
      setJob(next);
      if (next.state === "queued" || next.state === "running") return;
      clearInterval(timer);
      setJobId(null);
      if (next.state === "done") {
        setOpen(false);
        setJob(null);
        router.refresh();
      } else setError(next.error ?? "The assessment was cancelled.");
    }, 700);
    return () => clearInterval(timer);
  }, [jobId, router]);

  const submit = () =>
    start(async () => {
      setError(null);
      const result = await run(at);
      if (result.ok) {
        setJobId(result.data);
        announceJob();
      } else setError(readRefusal(result).message);
    });

  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={variant}>
          <Play size={14} aria-hidden />
          Run an assessment
        </Button>
      </DialogTrigger>
      <DialogContent title="Run an assessment" description="Every analytic in every segment, at one moment. Inputs are pinned by digest; the result never changes.">
        <form
          className="flex flex-col gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="As of" hint="Empty: now. Otherwise a time such as 2026-11-21T09:00:00Z; more than a day back is labelled “as of, run later”." error={error ?? undefined}>
            {(parts) => <Input {...parts} value={at} onChange={(event) => setAt(event.target.value)} placeholder="now" />}
          </Field>
          {jobId ? (
            <div role="status">
              <Progress label="Assessment" done={job?.progress.done ?? 0} total={job?.progress.total ?? null} />
              <p className="pt-1 text-xs text-ink-2">{job?.progress.text || "waiting for its turn"}</p>
            </div>
          ) : null}
          <DialogActions>
            <Button type="submit" variant="primary" disabled={pending || jobId !== null}>
              {jobId ? "Running" : "Run"}
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
