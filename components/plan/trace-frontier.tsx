"use client";
import { Play } from "lucide-react";
import { useState, useTransition } from "react";
import { announceJob } from "@/components/jobs/use-jobs";
import { Button } from "@/components/ui/button";

type Start = (assessment: number) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;

/** Starts tracing as a job; the page follows when it has ended. */
export function TraceFrontier({ assessment, running, start }: { assessment: number; running: boolean; start: Start }) {
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const [pending, run] = useTransition();
  const submit = () =>
    run(async () => {
      const answer = await start(assessment);
      if (answer.ok) announceJob();
      setSaid(answer.ok ? { text: "Tracing; the page follows.", wrong: false } : { text: answer.message, wrong: true });
    });
  return (
    <span className="inline-flex items-center gap-2">
      <Button variant="primary" disabled={pending || running || (said !== null && !said.wrong)} onClick={submit}>
        <Play size={14} aria-hidden />
        Trace the plans
      </Button>
      <span role="status" className={said?.wrong === true ? "text-xs font-medium text-attn" : "text-xs text-ink-2"}>
        {said?.text ?? (running ? "They are being traced; the page follows." : "")}
      </span>
    </span>
  );
}
