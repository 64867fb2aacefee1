"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { announceJob } from "@/components/jobs/use-jobs";
import { FileDrop } from "@/components/ui/file-drop";
import { Progress } from "@/components/ui/progress";

/** A pack as a zip is sent; its import is a job, which runs its tests first. */
export function PackUpload() {
  const [state, setState] = useState<{ name: string; sent: number; total: number; error: string | null; done: boolean } | null>(null);
  const send = async ([file]: File[]) => {
    if (file === undefined) return;
    const shown = (sent: number, total: number, error: string | null = null, done = false) => setState({ name: file.name, sent, total, error, done });
    shown(0, file.size);
    try {
      await sendFile(file, { kind: "pack" }, (sent, total) => shown(sent, total));
      announceJob();
      shown(file.size, file.size, null, true);
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
          {state.error === null ? (
            state.done ? (
              <p className="text-xs text-ink-2">Sent: its import is among the jobs.</p>
            ) : (
              <Progress label={`Sending ${state.name}`} done={state.sent} total={state.total} className="mt-1" />
            )
          ) : (
            <p role="alert" className="text-xs font-medium text-attn">
              {state.error}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
