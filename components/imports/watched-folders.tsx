import { Card, CardHeader } from "@/components/ui/card";
import type { EventsImportView } from "@/lib/operations/get-events-import-view";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** Folders that scheduled searches drop files into: whether anybody looks, what they delivered, and what was refused. */
export function WatchedFolders({ folders, segmentNames }: { folders: EventsImportView["watched"]; segmentNames: Readonly<Record<string, string>> }) {
  if (folders.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <div className="pb-3">
        <CardHeader title="Watched folders" note={counted(folders.length, "folder")} say="What a scheduled search drops there is imported once. A family that a folder delivered and that stops is noticed as silent." />
      </div>
      {folders.map(({ id, segmentId, folder, lookedAt, leaseOwner, families, imported, refused }) => (
        <details key={id} className="border-t" open={refused.length > 0}>
          <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 px-4 py-1.5 hover:bg-hover">
            <code className="min-w-0 [overflow-wrap:anywhere]">{folder}</code>
            <span className="text-xs text-ink-3">{segmentNames[segmentId] ?? ""}</span>
            <span className="ml-auto text-xs text-ink-2">
              {leaseOwner === null ? "not watched now" : "watched"}
              {lookedAt === null ? "" : `, last read ${formatTime(Date.parse(lookedAt))}`} · {counted(imported, "file")} imported
              {refused.length > 0 ? <strong className="text-attn">, {counted(refused.length, "file")} with refusals</strong> : null}
            </span>
          </summary>
          <p className="px-4 pb-2 text-xs text-ink-2">{families.length === 0 ? "It has delivered no records yet." : `Delivers ${families.join(", ")}.`}</p>
          {refused.length > 0 ? (
            <ul className="border-t px-4 py-2 text-xs">
              {refused.map(({ fileName, digest, state, reason, at }) => (
                <li key={digest} title={reason} className="line-clamp-3 py-0.5 [overflow-wrap:anywhere]">
                  <code>{fileName}</code> <span className="text-ink-3">{formatTime(Date.parse(at))}</span> {state === "refused" ? "" : "in part: "}
                  <span className="text-attn">{reason}</span>
                </li>
              ))}
            </ul>
          ) : null}
        </details>
      ))}
    </Card>
  );
}
