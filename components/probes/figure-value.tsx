import { PartOfWhole } from "@/components/metric/metric";
import type { Figure } from "@/lib/events/probes/probe";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatDuration } from "@/lib/shared/format-duration";

/** A probe's number with what it rests on: a share of n records, a duration or a count. */
export function FigureValue({ value, unit, n }: Pick<Figure, "unit" | "n"> & { value: number | null }) {
  if (value === null) return <span className="text-ink-3">–</span>;
  return (
    <span className="whitespace-nowrap">
      <span className="font-medium">{unit === "millionths" ? <PartOfWhole measure="probe-share" millionths={value} title={n === undefined ? "a share" : `of ${counted(n, "record")}`} /> : unit === "ms" ? formatDuration(value) : formatCount(value)}</span>
      {n === undefined ? null : <span className="text-xs text-ink-3"> n {formatCount(n)}</span>}
    </span>
  );
}
