import { Card, CardHeader } from "@/components/ui/card";
import type { RosterHost } from "@/lib/inventory/types";
import { counted, formatCount } from "@/lib/shared/format-number";

/** The roster against what was seen: hosts never seen and foreign ones by name. neverSeen null: not assessed. */
export function HostLists({ roster, neverSeen, foreign, assets }: { roster: readonly RosterHost[]; neverSeen: readonly string[] | null; foreign: readonly string[]; assets: number }) {
  if (roster.length === 0)
    return (
      <Card className="px-4 py-3">
        <h2>Roster</h2>
        <p className="text-ink-2">No roster: that {counted(assets, "host")} belong to it is stated, not checked, and its cells are flagged “hosts unverified”.</p>
      </Card>
    );
  return (
    <Card className="pb-3">
      <CardHeader
        title="Roster"
        note={counted(roster.length, "host")}
        say={neverSeen === null ? "Not assessed yet." : `${formatCount(neverSeen.length)} of ${formatCount(roster.length)} were never seen in fresh records; ${counted(foreign.length, "host")} outside the roster ${foreign.length === 1 ? "was" : "were"} seen and ${foreign.length === 1 ? "proves" : "prove"} nothing.`}
      />
      <div className="grid gap-3 px-4 pt-2 md:grid-cols-3">
        <Names title="Never seen" names={neverSeen ?? []} />
        <Names title="Foreign" names={foreign} />
        <Names title="All hosts" names={roster.map(({ host }) => host)} />
      </div>
    </Card>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <details open={names.length > 0 && names.length <= 12}>
      <summary className="cursor-pointer text-xs font-medium">
        {title} <span className="font-normal text-ink-3">{formatCount(names.length)}</span>
      </summary>
      {names.length === 0 ? <p className="text-xs text-ink-3">none</p> : <p className="max-h-48 overflow-y-auto font-mono text-ink-2 [overflow-wrap:anywhere]">{names.join(", ")}</p>}
    </details>
  );
}
