import { StatusGlyph, statusTitle } from "@/components/status/status-glyph";
import { classNames } from "@/components/ui/class-names";
import type { SegmentCell } from "@/lib/reports/matrix-technique-view";
import { formatCount } from "@/lib/shared/format-number";

const SHOWN = 60;

/** One technique in every segment where it applies: glyph, name and k of n. Choosing one shows the matrix of that segment. */
export function SegmentMultiples({ segments, current, hrefOf }: { segments: readonly SegmentCell[]; current: string | null; hrefOf: (segment: string) => string }) {
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(92px,1fr))] gap-1.5">
        {segments.slice(0, SHOWN).map(({ id, name, status, flags, k, n }) => (
          <li key={id}>
            <a
              href={hrefOf(id)}
              aria-current={id === current ? "true" : undefined}
              title={`${name}: ${statusTitle(status, flags)}, ${formatCount(k)} of ${formatCount(n)} observed`}
              className={classNames("flex items-center gap-1.5 rounded-md border px-1.5 py-1 hover:bg-hover", id === current && "border-accent bg-accent-soft")}
            >
              <StatusGlyph status={status} flags={flags} size={18} />
              <span className="min-w-0 text-xs leading-[14px]">
                <span className="block truncate">{name}</span>
                <span className="block text-ink-3">
                  {formatCount(k)}/{formatCount(n)}
                </span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {segments.length > SHOWN ? <p className="mt-1 text-xs text-ink-3">{formatCount(segments.length - SHOWN)} more segments in the table of analytics</p> : null}
    </>
  );
}
