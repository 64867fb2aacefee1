import type { DimensionScore } from "@/lib/events/probes/dettect-dimensions";
import { formatCount } from "@/lib/shared/format-number";

/** DeTT&CT's five quality dimensions as computed from the probes. Unknown is a word, never 0. */
export function DimensionList({ dimensions }: { dimensions: readonly DimensionScore[] }) {
  return (
    <div className="px-3 py-2.5 md:px-4">
      <h3 className="text-xs font-medium">
        Quality dimensions of DeTT&amp;CT, computed <span className="font-normal text-ink-3">0 to 5</span>
      </h3>
      <dl className="mt-1 grid gap-x-4 gap-y-1 text-xs sm:grid-cols-[170px_minmax(0,1fr)]">
        {dimensions.map(({ dimension, label, score, n, says }) => (
          <div key={dimension} className="contents">
            <dt className="text-ink-2">
              {label} <b className={score === null ? "font-normal text-ink-3" : "text-ink"}>{score === null ? "unknown" : score}</b>
            </dt>
            <dd className="text-pretty text-ink-3">
              {says} n {formatCount(n)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
