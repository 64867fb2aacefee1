"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { Button } from "@/components/ui/button";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import type { SiemImport } from "@/lib/operations/preview-siem";
import { SiemOutcome } from "./siem-outcome";

export interface SentList {
  readonly fileName: string;
  readonly digest: string;
}
type Answer = { readonly ok: true; readonly data: SiemImport } | { readonly ok: false; readonly message: string };
export interface SiemActions {
  readonly preview: (system: string, lists: readonly SentList[]) => Promise<Answer>;
  readonly apply: (system: string, lists: readonly SentList[], expect: string) => Promise<Answer>;
}

/** Sends lists of a SIEM, shows what they would change, and applies that and nothing else. */
export function SiemUpload({ actions, systems }: { actions: SiemActions; systems: readonly string[] }) {
  const [system, setSystem] = useState(systems[0] ?? "");
  const [sent, setSent] = useState<readonly SentList[]>([]);
  const [shown, setShown] = useState<SiemImport | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const attempt = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setError(null);
    try {
      await work();
    } catch (caught) {
      setError(caught instanceof Error ? caught.message : String(caught));
    }
    setBusy(null);
  };
  const take = (answer: Answer) => {
    if (answer.ok) setShown(answer.data);
    else setError(answer.message);
  };
  const send = (files: File[]) =>
    attempt("Reading the lists", async () => {
      setShown(null);
      const lists: SentList[] = [];
      for (const file of files) {
        const { digest } = await sendFile(file, { kind: "siem" }, () => {});
        if (digest !== undefined) lists.push({ fileName: file.name, digest });
      }
      setSent(lists);
      take(await actions.preview(system, lists));
    });
  const pending = shown !== null && shown.importId === null && shown.alerts.new === null;
  return (
    <div className="flex flex-col gap-2">
      <FileDrop title="Drop a SIEM’s rules or alerts, or choose" hint="Splunk saved searches (REST JSON, CSV, savedsearches.conf), Sentinel analytics rules (JSON), Elastic rules (NDJSON), CSV with name,enabled; alerts as CSV with rule,host,time." accept=".json,.ndjson,.csv,.conf,.txt" disabled={busy !== null} onFiles={send}>
        <Input aria-label="Which SIEM it is" placeholder="Which SIEM, such as splunk" list="siem-systems" value={system} onChange={(event) => setSystem(event.target.value)} className="w-56" />
        <datalist id="siem-systems">
          {systems.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </FileDrop>
      <div aria-live="polite">
        {busy === null ? null : <p className="text-xs text-ink-2">{busy}</p>}
        {error === null ? null : (
          <p role="alert" className="text-xs font-medium text-attn">
            {error}
          </p>
        )}
        {shown === null ? null : (
          <SiemOutcome outcome={shown}>
            {pending ? (
              <span className="flex gap-2">
                <Button variant="primary" disabled={busy !== null} onClick={() => attempt("Importing", async () => take(await actions.apply(system, sent, shown.digest)))}>
                  Import
                </Button>
                <Button variant="ghost" onClick={() => setShown(null)}>
                  Leave it
                </Button>
              </span>
            ) : (
              <Button variant="ghost" onClick={() => setShown(null)}>
                Close
              </Button>
            )}
          </SiemOutcome>
        )}
      </div>
    </div>
  );
}
