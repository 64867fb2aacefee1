"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { FileDrop } from "@/components/ui/file-drop";
import { counted } from "@/lib/shared/format-number";

type Outcome = { readonly ok: boolean; readonly text: string } | null;

/** Keeps somebody's layer and lays it over the matrix, where it is of the same domain. What is wrong with a file is said here, by field. */
export function ImportLayer({ domain, onImported }: { domain: string; onImported: (id: string) => void }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const take = async ([file]: File[]): Promise<void> => {
    if (file === undefined) return;
    setBusy(true);
    setOutcome(null);
    try {
      const { layer } = await sendFile(file, { kind: "layer" }, () => {});
      if (layer === undefined) throw new Error("The server did not say what it read.");
      const same = layer.domain === domain;
      setOutcome({ ok: true, text: [`“${layer.name}” ${layer.again ? "was here already" : "is kept"}`, ...(layer.refused > 0 ? [`${counted(layer.refused, "entry", "entries")} not understood, listed below`] : []), ...(same ? [] : [`it is of ${layer.domain}, this matrix of ${domain}`])].join("; ") });
      if (same) onImported(layer.id);
      router.refresh();
    } catch (error) {
      setOutcome({ ok: false, text: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <FileDrop title="Drop a layer, or choose" hint="A JSON file of ATT&CK Navigator, format 4.0 to 4.5" accept=".json,application/json" multiple={false} disabled={busy} onFiles={(files) => void take(files)} />
      <div aria-live="polite">
        {outcome === null ? null : (
          <p role={outcome.ok ? "status" : "alert"} className={outcome.ok ? "pt-1.5 text-xs text-ink-2" : "pt-1.5 text-xs font-medium text-attn"}>
            {outcome.text}
          </p>
        )}
      </div>
    </>
  );
}
