"use client";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import type { MatrixLayerRow } from "@/lib/reports/matrix-layer";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import type { LayerActions } from "./layer-actions";

const DIGITS = 12; // of a digest; the whole of it is in the title

/** Layers that were imported: from which file, when and by whom; one of them can be laid over. */
export function LayerList({ layers, domain, chosen, onChoose, remove }: { layers: readonly MatrixLayerRow[]; domain: string; chosen: string | null; onChoose: (id: string | null) => void; remove: LayerActions["remove"] }) {
  if (layers.length === 0) return <p className="pt-2 text-xs text-ink-2">None was imported yet. One that is can be laid over the matrix: where it says more, or less, than is proven here.</p>;
  return (
    <ul aria-label="Imported layers" className="mt-2">
      {layers.map((layer) => (
        <LayerLine key={layer.id} layer={layer} domain={domain} on={chosen === layer.id} onChoose={onChoose} remove={remove} />
      ))}
    </ul>
  );
}

function LayerLine({ layer, domain, on, onChoose, remove }: { layer: MatrixLayerRow; domain: string; on: boolean; onChoose: (id: string | null) => void; remove: LayerActions["remove"] }) {
  const { id, name, attack, fileName, fileDigest, techniques, marked, refused, refusals, importedAt, importedBy } = layer;
  const fits = layer.domain === domain;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-t py-2">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <h4 className="font-medium [overflow-wrap:anywhere]">{name}</h4>
          <Pill>
            {layer.domain}
            {attack === null ? "" : ` ${attack}`}
          </Pill>
        </div>
        <p className="text-xs text-ink-2">
          {formatCount(marked)} of {counted(techniques, "technique")} marked; {formatTime(Date.parse(importedAt))} by {importedBy}
        </p>
        <p className="text-xs [overflow-wrap:anywhere] text-ink-3">
          {fileName}, SHA-256{" "}
          <span className="font-mono" title={fileDigest}>
            {fileDigest.slice(0, DIGITS)}…
          </span>
        </p>
        {refused === 0 ? null : (
          <details className="text-xs">
            <summary className="cursor-pointer text-attn">{counted(refused, "entry", "entries")} not understood</summary>
            <ul className="max-h-32 overflow-y-auto text-ink-2">
              {refusals.map(({ position, field, message }) => (
                <li key={position}>
                  <span className="font-mono">{["techniques", String(position), field].filter((part) => part !== "").join(".")}</span>: {message}
                </li>
              ))}
              {refused > refusals.length ? <li>and {formatCount(refused - refusals.length)} more</li> : null}
            </ul>
          </details>
        )}
      </div>
      <div className="flex items-center gap-1.5">
        <Button aria-pressed={on} aria-label={`Lay ${name} over`} disabled={!fits} title={fits ? undefined : `It is of ${layer.domain}, this matrix of ${domain}`} variant={on ? "primary" : "plain"} onClick={() => onChoose(on ? null : id)}>
          {on ? "Laid over" : "Lay over"}
        </Button>
        <ConfirmButton
          variant="ghost"
          label={
            <>
              Remove<span className="sr-only"> {name}</span>
            </>
          }
          title={`Remove ${name}?`}
          description="The layer goes from this list; the file itself stays kept, and the audit log says who removed it."
          confirm="Remove it"
          act={async () => {
            const result = await remove(id);
            if (result.ok && on) onChoose(null);
            return result.ok ? { ok: true } : { ok: false, message: result.message };
          }}
        />
      </div>
    </li>
  );
}
