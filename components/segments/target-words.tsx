import { PartOfWhole } from "@/components/metric/metric";
import type { TargetStand } from "@/lib/reports/target-stand";
import { counted } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";
import { pointSize } from "@/lib/shared/format-share";

/** In two lines: the share to reach and how far it is, then by when and who answers for it. */
export function TargetWords({ target }: { target: TargetStand | null }) {
  if (target === null) return <span className="text-ink-3">none</span>;
  return (
    <span className="flex flex-col items-end leading-4 whitespace-nowrap">
      <span>
        <span className="font-medium">
          <PartOfWhole measure="target" millionths={target.value} title="observable share to reach" />
        </span>
        , <TargetDistance target={target} />
      </span>
      <span className="max-w-52 truncate text-xs text-ink-3" title={target.owner === "" ? undefined : `answered for by ${target.owner}`}>
        {target.date === null ? "no day" : `by ${formatIsoDay(target.date)}`} · {target.owner === "" ? "nobody answers for it" : target.owner}
      </span>
    </span>
  );
}

/** How far: in words, and loud only where the day is over. */
export function TargetDistance({ target: { state, short, daysLeft } }: { target: TargetStand }) {
  if (state === "no-evidence") return <span className="text-ink-2">no evidence to compare</span>;
  if (state === "reached") return <span className="text-ink-2">reached</span>;
  const points = `${pointSize(short ?? 0)} points short`;
  if (state === "missed") return <span className="font-medium text-attn">{points}, {counted(-(daysLeft ?? 0), "day")} late</span>;
  return <span className="text-ink-2" title={daysLeft === null ? undefined : `${counted(daysLeft, "day")} left`}>{points}</span>;
}
