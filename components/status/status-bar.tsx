import type { Status } from "@/lib/assessment/status";
import { formatCount } from "@/lib/shared/format-number";
import { Glyph } from "./status-glyph";
import { STATUS_LOOK, STATUS_ORDER } from "./status-table";

/** Cells by status as one bar, most proof first. Parts too narrow for a number keep the glyph, narrower ones keep their title. */
export function StatusBar({ counts, height = 24, label }: { counts: Readonly<Record<Status, number>>; height?: number; label?: string }) {
  const parts = STATUS_ORDER.filter((status) => status !== "not-applicable" && counts[status] > 0);
  const total = parts.reduce((sum, status) => sum + counts[status], 0);
  const words = parts.map((status) => `${formatCount(counts[status])} ${STATUS_LOOK[status].word}`).join(", ");
  if (total === 0) return <div className="text-xs text-ink-3">no applicable analytic</div>;
  return (
    <div role="img" aria-label={`${label ? `${label}: ` : ""}${words}`} className="status-bar flex gap-px overflow-hidden rounded-sm" style={{ height }}>
      {parts.map((status) => {
        const share = counts[status] / total;
        return (
          <span
            key={status}
            title={`${formatCount(counts[status])} ${STATUS_LOOK[status].word}`}
            className={`@container flex min-w-[3px] items-center border-y first:rounded-l-sm first:border-l last:rounded-r-sm last:border-r not-first:border-l not-last:border-r ${STATUS_LOOK[status].className}`}
            style={{ flexGrow: share * 10_000, flexBasis: 0 }}
          >
            <span className="hidden w-full items-center justify-center gap-[3px] @min-[14px]:flex @min-[38px]:justify-start @min-[38px]:pl-[5px]">
              <Glyph id={STATUS_LOOK[status].glyph} size={10} />
              <span className="hidden text-xs leading-3 font-medium @min-[38px]:inline">{formatCount(counts[status])}</span>
            </span>
          </span>
        );
      })}
    </div>
  );
}
