"use client";
import { Play } from "lucide-react";
import { useState, useTransition } from "react";
import { announceJob } from "@/components/jobs/use-jobs";
import { Button } from "@/components/ui/button";

type Start = () => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;

/** Starts a run as a job; the page is fetched again when it has ended. */
export function StartCheck({ start, variant = "plain", children }: { start: Start; variant?: "primary" | "plain"; children: string }) {
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const [pending, run] = useTransition();
  const submit = () =>
    run(async () => {
      const result = await start();
      if (result.ok) announceJob();
      setSaid(result.ok ? { text: "Checking; the page follows.", wrong: false } : { text: result.message, wrong: true });
    });
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className={said?.wrong === true ? "text-xs font-medium text-attn" : "text-xs text-ink-2"}>{said?.text}</span>
      <Button variant={variant} disabled={pending} onClick={submit}>
        <Play size={14} aria-hidden />
        {children}
      </Button>
    </span>
  );
}
