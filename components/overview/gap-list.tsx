import type { ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import type { GapFacts } from "@/lib/reports/overview-facts";
import { shortMoney } from "@/lib/shared/format-money";
import { counted } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { spellTimes } from "@/lib/shared/format-time";

/** The largest gaps, each with what would close it, what that is worth and what it costs. more: stands under them. */
export function GapList({ gaps, say, currency, limit, more }: { gaps: readonly GapFacts[]; say: ReactNode; currency: string; limit: number; more?: ReactNode }) {
  return (
    <Card>
      <CardHeader
        title="Largest gaps"
        how="gap-points"
        note="by points of the observable share lost to each, with cost a year"
        say={say}
        action={
          <KeptLink href="/gaps" className="text-accent underline">
            All gaps
          </KeptLink>
        }
      />
      <ul className="mt-2">
        {gaps.slice(0, limit).map((gap) => (
          <li key={`${gap.segmentId} ${gap.kind} ${gap.what}`} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-t px-3 py-1.5 leading-[17px] md:grid-cols-[68px_minmax(0,1fr)_64px_92px] md:px-4 print:grid-cols-[60px_minmax(0,1fr)_60px_76px]">
            <span className="text-xs text-ink-3 max-md:col-span-2 print:col-span-1">{gap.kind}</span>
            <span className="min-w-0">
              <KeptLink href={gap.key === null ? `/segments/${gap.segmentId}` : `/gaps/${gap.key}`} className="block truncate hover:underline print:whitespace-normal" title={`${gap.what} in ${gap.segment}`}>
                <span className="font-medium">{gap.what}</span> in {gap.segment}
              </KeptLink>
              <span className="block truncate text-xs text-ink-2 print:hidden" title={gap.why}>
                {spellTimes(gap.why)}
              </span>
            </span>
            <span className="hidden text-right text-xs whitespace-nowrap md:block print:block">{gap.cost === null ? "–" : shortMoney(gap.cost, currency)}</span>
            <span className="text-right">
              <span className="font-semibold">{pointSize(gap.points)}</span> <span className="text-xs text-ink-3">pts</span>
              <span className="block text-xs text-ink-3">{counted(gap.cells, "cell")}</span>
            </span>
          </li>
        ))}
        {gaps.length > limit && !more ? <li className="border-t px-4 py-1.5 text-xs text-ink-3">and {gaps.length - limit} smaller gaps</li> : null}
      </ul>
      {more}
    </Card>
  );
}
