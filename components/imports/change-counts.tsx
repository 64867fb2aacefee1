import type { ImportChanges } from "@/lib/inventory/types";
import { formatCount } from "@/lib/shared/format-number";

/** New, changed, unchanged, removed and refused as one ruled strip: what applying does, before it is done. */
export function ChangeCounts({ changes, refused, unit }: { changes: ImportChanges; refused: number; unit: string }) {
  const parts = [
    { label: `new ${unit}`, count: changes.added },
    { label: "changed", count: changes.changed },
    { label: "unchanged", count: changes.unchanged },
    { label: "removed", count: changes.removed },
    { label: "segments created", count: changes.segmentsCreated },
    { label: "rows refused", count: refused, attention: refused > 0 },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden border-t bg-line sm:grid-cols-3 lg:grid-cols-6">
      {parts.map((part) => (
        <div key={part.label} className="bg-surface px-4 py-2">
          <dd className={part.attention ? "text-base font-semibold text-attn" : "text-base font-semibold"}>{formatCount(part.count)}</dd>
          <dt className="text-xs text-ink-3">{part.label}</dt>
        </div>
      ))}
    </dl>
  );
}
