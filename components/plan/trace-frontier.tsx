"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { waitForJob } from "@/components/jobs/wait-for-job";
import { Button } from "@/components/ui/button";

type Start = (assessment: number) => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;

/**
 * Starts tracing as a job, says how far it is, and draws the page anew when it has ended.
 *
 * @param running the job that traces already; null: none does
 */
export function TraceFrontier({ assessment, running, start }: { assessment: number; running: string | null; start: Start }) {
  const [job, setJob] = useState(running);
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const [pending, begin] = useTransition();
  const router = useRouter();
  useEffect(() => {
    if (job === null) return;
    let left = false;
    waitForJob(job, (text) => left || setSaid({ text: text || "Waiting for its turn", wrong: false })).then(
      () => left || router.refresh(),
      (problem: unknown) => {
        if (left) return;
        setSaid({ text: problem instanceof Error ? problem.message : String(problem), wrong: true });
        setJob(null);
      },
    );
    return () => void (left = true);
  }, [job, router]);
  const submit = () =>
    begin(async () => {
      const answer = await start(assessment);
      if (answer.ok) setJob(answer.data);
      setSaid(answer.ok ? null : { text: answer.message, wrong: true });
    });
  return (
    <span className="inline-flex items-center gap-2">
      <Button variant="primary" disabled={pending || job !== null} onClick={submit}>
        <Play size={14} aria-hidden />
        Trace the plans
      </Button>
      <span role="status" className={said?.wrong === true ? "text-xs font-medium text-attn" : "text-xs text-ink-2"}>
        {said?.text ?? (job === null ? "" : "Tracing")}
      </span>
    </span>
  );
}
