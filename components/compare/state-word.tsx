import { StatusWord } from "@/components/status/status-word";
import type { CellState } from "@/lib/assessment/compare/comparison";

/** A status with its glyph, or that the cell was not part of the assessment. */
export function StateWord({ state, size = 14 }: { state: CellState; size?: number }) {
  return state === "not-assessed" ? (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2" title="the analytic or the segment was not part of the assessment">
      <span aria-hidden className="inline-block text-center text-ink-3" style={{ width: size }}>
        ·
      </span>
      not assessed
    </span>
  ) : (
    <StatusWord status={state} size={size} />
  );
}
