"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { announceJob } from "@/components/jobs/use-jobs";
import { Checkbox } from "@/components/ui/checkbox";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";

/** Rule files and archives are sent one after another; each becomes a job. */
export function RulesUpload() {
  const [source, setSource] = useState("");
  const [adds, setAdds] = useState(false);
  const [state, setState] = useState<{ name: string; sent: number; total: number; error: string | null } | null>(null);
  const send = async (files: File[]) => {
    const parameters = { kind: "rules", ...(source.trim() === "" ? {} : { source: source.trim() }), ...(adds ? { adds: "yes" } : {}) };
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
      <FileDrop title="Drop Sigma rules, or choose" hint="A zip or tar.gz is the whole of its source: what it holds no more is removed. Single files are added." accept=".yml,.yaml,.zip,.gz,.tgz,.tar" onFiles={send}>
        <Input aria-label="Source the rules belong to" placeholder="Source, else by the file’s name" value={source} onChange={(event) => setSource(event.target.value)} className="w-56" />
        <Checkbox checked={adds} onChange={(event) => setAdds(event.target.checked)}>
          Keep what an archive does not hold
        </Checkbox>
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
