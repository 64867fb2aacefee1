import { KeptLink } from "@/components/layout/kept-link";
import { StatusGlyph } from "@/components/status/status-glyph";
import { STATUS_LOOK } from "@/components/status/status-table";
import { classNames } from "@/components/ui/class-names";
import type { StripCell } from "@/lib/reports/analytic-view";

/** Every segment where this analytic or a sibling applies; choosing one switches everything below. */
export function SegmentStrip({ strip, analytic, chosen }: { strip: readonly StripCell[]; analytic: string; chosen: string | null }) {
  return (
    <nav aria-label="Segments" className="grid grid-cols-2 overflow-hidden rounded-lg border bg-line sm:grid-cols-3 lg:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]" style={{ gap: 1 }}>
      {strip.map((cell) => {
        const on = cell.analytic === analytic && cell.segmentId === chosen;
        return (
          <KeptLink
            key={cell.segmentId}
            href={`/analytics/${cell.analytic}?segment=${cell.segmentId}`}
            scroll={false}
            aria-current={on ? "true" : undefined}
            className={classNames("flex min-w-0 flex-col gap-1 bg-surface px-3 py-2 -outline-offset-2 hover:bg-hover", on && "bg-accent-soft shadow-[inset_0_0_0_1.5px_var(--accent)] hover:bg-accent-soft")}
          >
            <span className="flex items-center gap-2 text-xs font-medium">
              <StatusGlyph status={cell.status} flags={cell.flags} size={18} silent />
              <span className="truncate" title={cell.segment}>
                {cell.segment}
              </span>
            </span>
            <span className="text-xs">
              {STATUS_LOOK[cell.status].word}, {cell.met}/{cell.of} <code className="text-ink-3">{cell.analytic}</code>
            </span>
          </KeptLink>
        );
      })}
    </nav>
  );
}
