"use client";
import { useState, type ReactNode } from "react";
import { announceJob } from "@/components/jobs/use-jobs";
import { FileDrop } from "@/components/ui/file-drop";
import { Progress } from "@/components/ui/progress";
import { sendFile } from "./send-file";

interface UploadProps {
  readonly title: string;
  readonly hint: string;
  readonly accept: string;
  readonly parameters: Readonly<Record<string, string>>; // what the import is told besides the file
  readonly children: ReactNode; // the controls that say so
}

/** Files are sent one after another; each becomes a job. The first that is refused ends the row, and says why. */
export function UploadFiles({ title, hint, accept, parameters, children }: UploadProps) {
  const [state, setState] = useState<{ name: string; sent: number; total: number; error: string | null } | null>(null);
  const send = async (files: File[]) => {
    for (const file of files) {
      setState({ name: file.name, sent: 0, total: file.size, error: null });
      try {
        await sendFile(file, parameters, (sent, total) => setState({ name: file.name, sent, total, error: null }));
        announceJob();
      } catch (error) {
        setState({ name: file.name, sent: 0, total: file.size, error: error instanceof Error ? error.message : String(error) });
        return;
      }
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <FileDrop title={title} hint={hint} accept={accept} onFiles={send}>
        {children}
      </FileDrop>
      {state ? (
        <div className="rounded-lg border bg-surface px-4 py-2" aria-live="polite">
          <div className="truncate font-medium">{state.name}</div>
          {state.error ? (
            <p role="alert" className="text-xs font-medium text-attn">
              {state.error}
            </p>
          ) : (
            <Progress label={`Sending ${state.name}`} done={state.sent} total={state.total} className="mt-1" />
          )}
        </div>
      ) : null}
    </div>
  );
}
