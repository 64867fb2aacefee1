"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { announceJob } from "@/components/jobs/use-jobs";
import { Checkbox } from "@/components/ui/checkbox";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";

/** Bundles are sent one after another; each becomes a job. The release is read from the bundle unless one is named. */
export function CatalogUpload() {
  const [release, setRelease] = useState("");
  const [replace, setReplace] = useState(false);
  const [keep, setKeep] = useState(false);
  const [state, setState] = useState<{ name: string; sent: number; total: number; error: string | null } | null>(null);
  const send = async (files: File[]) => {
    for (const file of files) {
      setState({ name: file.name, sent: 0, total: file.size, error: null });
      try {
        await sendFile(file, { kind: "catalog", ...(release.trim() ? { release: release.trim() } : {}), ...(replace ? { replace: "yes" } : {}), ...(keep ? { keepCurrent: "yes" } : {}) }, (sent, total) => setState({ name: file.name, sent, total, error: null }));
        announceJob();
      } catch (error) {
        setState({ name: file.name, sent: 0, total: file.size, error: error instanceof Error ? error.message : String(error) });
        return;
      }
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <FileDrop title="Drop ATT&CK bundles, or choose" hint="enterprise, mobile or ICS; one release each. A bundle that is cut off changes nothing." accept=".json,.gz" onFiles={send}>
        <Input aria-label="Release, when the bundle does not say" placeholder="Release, if not in the bundle" value={release} onChange={(event) => setRelease(event.target.value)} className="w-52" />
        <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          Replace a release of the same number
        </Checkbox>
        <Checkbox checked={keep} onChange={(event) => setKeep(event.target.checked)}>
          Leave the current release as it is, to look at the effect first (the starter catalog always gives way)
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
