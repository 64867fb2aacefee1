import type { ReactNode } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import { PartOfWhole } from "@/components/metric/metric";
import { Card } from "@/components/ui/card";
import type { TargetChange } from "@/lib/inventory/target-changes";
import type { SegmentTarget } from "@/lib/inventory/types";
import type { TargetStand } from "@/lib/reports/target-stand";
import { counted } from "@/lib/shared/format-number";
import { formatIsoDay, formatTime } from "@/lib/shared/format-time";
import { TargetDistance } from "./target-words";

/** What a segment shall reach, how far it is, who answers for it, and how it came to be. */
export function TargetCard({ target, changes, edit }: { target: TargetStand | null; changes: readonly TargetChange[]; edit: ReactNode }) {
  return (
    <Card className="px-4 py-2.5">
      <div className="-my-1 flex min-h-6 items-center justify-between gap-2">
        <h2 className="text-xs font-medium text-ink-2">
          Target
          <HowComputed measure="target" />
        </h2>
        {edit}
      </div>
      {target === null ? (
        <p className="mt-1.5 text-ink-2">None is set.</p>
      ) : (
        <>
          <div className="mt-1 flex flex-wrap items-baseline gap-x-2">
            <span className="text-xl font-semibold">
              <PartOfWhole measure="target" millionths={target.value} title="observable share to reach" />
            </span>
            <TargetDistance target={target} />
          </div>
          <p className="text-xs text-ink-2">
            {target.date === null ? "no day" : `by ${formatIsoDay(target.date)}`}
            {target.daysLeft !== null && target.daysLeft >= 0 ? `, ${counted(target.daysLeft, "day")} left` : ""}
            {target.owner === "" ? ", nobody answers for it" : `, answered for by ${target.owner}`}
          </p>
        </>
      )}
      {changes.length === 0 ? null : (
        <details className="mt-1 text-xs">
          <summary className="min-h-6 cursor-pointer text-ink-3">{counted(changes.length, "change")}</summary>
          <ol className="grid gap-1 pt-1">
            {changes.map(({ at, by, from, to, reason }) => (
              <li key={at} className="text-pretty">
                <Words of={from} /> → <Words of={to} />
                {reason === "" ? null : <span className="text-ink-2">: {reason}</span>}
                <span className="block text-ink-3">
                  {formatTime(Date.parse(at))}, {by}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}

function Words({ of }: { of: SegmentTarget | null }) {
  if (of === null) return <>none</>;
  return (
    <>
      <PartOfWhole measure="target" millionths={of.value} title="observable share to reach" />
      {of.date === null ? "" : ` by ${formatIsoDay(of.date)}`}
      {of.owner === "" ? "" : `, ${of.owner}`}
    </>
  );
}
