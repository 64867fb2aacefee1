import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { Titles } from "./plan-words";

const MOST = 8;

/** Sources on which observed cells hang alone: nothing else proves one of their requirements. */
export function DependenceCard({ doc, titles }: { doc: PlanDoc; titles: Titles }) {
  const most = Math.max(1, ...doc.dependences.map(({ lost }) => lost));
  return (
    <Card className="pb-1">
      <CardHeader title="Sole-source dependence" note="observed cells lost if it ceases" />
      {doc.dependences.length === 0 ? <p className="px-3 py-2 text-ink-2 md:px-4">No observed cell hangs on a single source.</p> : null}
      <ul className="mt-2 text-xs">
        {doc.dependences.slice(0, MOST).map(({ segment, family, lost, of }) => {
          const where = doc.segments[segment];
          return (
            <li key={`${segment} ${family}`} className="grid grid-cols-[minmax(0,1fr)_72px_84px] items-center gap-x-2 border-t px-3 py-1.5 md:px-4">
              <KeptLink href={`/telemetry/${where?.id ?? ""}/${family}`} className="min-w-0 hover:underline">
                <span className="block truncate font-medium" title={titles[family] ?? family}>{titles[family] ?? family}</span>
                <span className="block truncate text-ink-3">{where?.name}</span>
              </KeptLink>
              <span aria-hidden className="h-1.5 rounded-[2px] bg-surface-3">
                <i className="block h-full rounded-[2px] bg-ink-3" style={{ width: `${Math.round((lost / most) * 100)}%` }} />
              </span>
              <span className="text-right whitespace-nowrap">
                <b className="font-semibold">{formatCount(lost)}</b> <span className="text-ink-3">of {formatCount(of)}</span>
              </span>
            </li>
          );
        })}
      </ul>
      {doc.dependences.length > MOST ? <p className="border-t px-3 py-1.5 text-xs text-ink-3 md:px-4">and {counted(doc.dependences.length - MOST, "dependence")} of fewer cells</p> : null}
    </Card>
  );
}
