import { Card, CardHeader } from "@/components/ui/card";
import type { InventoryImport } from "@/lib/inventory/types";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { ChangeCounts } from "./change-counts";
import { LossList, RefusalList } from "./refusal-list";

const UNITS = { inventory: "claims", segments: "segments", roster: "hosts" } as const;

/** Applied imports, newest first; each opens to what it refused and could not carry over. */
export function ImportHistory({ imports, empty }: { imports: readonly InventoryImport[]; empty: string }) {
  return (
    <Card className="overflow-hidden">
      <div className="pb-3">
        <CardHeader title="Applied" note={imports.length > 0 ? counted(imports.length, "import") : undefined} say={imports.length === 0 ? empty : undefined} />
      </div>
      {imports.map((entry) => (
        <details key={entry.id} className="border-t">
          <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 px-4 py-1.5 hover:bg-hover">
            <span className="min-w-0 truncate font-medium">{entry.fileName}</span>
            <span className="text-xs text-ink-3">
              {entry.format} · {formatTime(Date.parse(entry.at))} · {entry.actor}
            </span>
            <span className="ml-auto text-xs text-ink-2">
              {formatCount(entry.understood)} understood
              {entry.refusals.length > 0 ? <strong className="text-attn">, {formatCount(entry.refusals.length)} refused</strong> : null}
            </span>
          </summary>
          <ChangeCounts changes={entry.changes} refused={entry.refusals.length} unit={entry.format.startsWith("measurement-") ? "measurements" : UNITS[entry.kind]} />
          <RefusalList refused={entry.refusals} of={`${entry.fileName}, ${formatTime(Date.parse(entry.at))}`} />
          <LossList losses={entry.losses} />
          <p className="border-t px-4 py-2 font-mono text-xs break-all text-ink-3">sha256 {entry.fileDigest}</p>
        </details>
      ))}
    </Card>
  );
}
