"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { waitForJob } from "@/components/jobs/wait-for-job";
import { Button } from "@/components/ui/button";
import { counted } from "@/lib/shared/format-number";

type Start = () => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;

/** A difference that takes longer than a page waits: computed by a job, and shown when that is done. */
export function LargeComparison({ start, cells, title }: { start: Start; cells: number; title: string }) {
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, run] = useTransition();
  const router = useRouter();
  const submit = () =>
    run(async () => {
      setError(null);
      setText("waiting for its turn");
      const started = await start();
      if (!started.ok) return setError(started.message);
      try {
        await waitForJob(started.data, setText);
        router.refresh();
      } catch (problem) {
        setError(problem instanceof Error ? problem.message : String(problem));
      }
    });
  return (
    <section className="flex flex-col items-start gap-2 rounded-lg border border-dashed border-line-2 bg-surface px-5 py-6">
      <h2>{title} was not compared yet</h2>
      <p className="max-w-[68ch] text-ink-2">{counted(cells, "cell")} of both are scored again between the two, group of inputs by group of inputs. That takes a while once; afterwards it is kept.</p>
      <Button variant="primary" onClick={submit} disabled={pending}>
        Compare
      </Button>
      {error === null ? text === null ? null : <p role="status" className="text-xs text-ink-2">{text}</p> : <p role="alert" className="text-xs text-attn">{error}</p>}
    </section>
  );
}
