import { Card, CardHeader } from "@/components/ui/card";
import { ForgetFolder, type ForgetFolderAction } from "./forget-folder";
import type { EventsImportView } from "@/lib/operations/get-events-import-view";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** Folders that scheduled searches drop files into: whether anybody looks, what they delivered, and what was refused. */
export function WatchedFolders({ folders, segmentNames, forget }: { folders: EventsImportView["watched"]; segmentNames: Readonly<Record<string, string>>; forget: ForgetFolderAction }) {
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
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pb-2 text-xs text-ink-2">
            <p className="min-w-0 grow">{families.length === 0 ? "It has delivered no records yet." : `Delivers ${families.join(", ")}.`}</p>
            <ForgetFolder id={id} folder={folder} families={families} forget={forget} />
          </div>
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
