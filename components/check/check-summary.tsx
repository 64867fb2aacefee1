"use client";
import type { CheckView, ShownState } from "@/lib/reports/rule-check-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { CheckGlyph } from "./check-glyph";
import { CHECK_LOOK } from "./check-words";
import type { CheckRow } from "./filter-checks";

/** How many rules are in which state at best, what changed, and what was looked at. Each number narrows the table. */
export function CheckSummary({ view, rows, segment, onState, onChange }: { view: CheckView; rows: readonly CheckRow[]; segment: number | null; onState: (state: ShownState | null) => void; onChange: (change: string) => void }) {
  const where = segment === null ? "in at least one segment" : `in ${view.segments[segment]?.name ?? ""}`;
  const looked = segment === null ? view.segments : view.segments.slice(segment, segment + 1);
  const records = looked.reduce((sum, one) => sum + one.records, 0);
  const examples = looked.reduce((sum, one) => sum + one.examples, 0);
  const unlooked = looked.reduce((sum, one) => sum + one.unlooked, 0);
  const silent = rows.filter(({ change }) => change === "silent").length;
  return (
    <div className="flex flex-col gap-1 border-b bg-surface px-3 py-2 md:px-4">
      <p>
        <strong>{formatCount(rows.filter(({ able }) => able > 0).length)}</strong> of {counted(rows.length, "rule")} can fire {where}.{" "}
        {view.before === null ? null : silent === 0 ? (
          `None became silent since ${formatTime(Date.parse(view.before))}.`
        ) : (
          <button type="button" className="font-medium text-attn underline-offset-2 hover:underline" onClick={() => onChange("silent")}>
            {counted(silent, "rule")} became silent since {formatTime(Date.parse(view.before))}.
          </button>
        )}
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5" aria-label="Rules by their best state">
        {view.states.map((state) => {
          const count = rows.filter(({ best }) => best === state).length;
          return count === 0 ? null : (
            <li key={state}>
              <button type="button" className="inline-flex min-h-6 items-center gap-1.5 text-ink-2 underline-offset-2 hover:underline" onClick={() => onState(state)}>
                <CheckGlyph state={state} silent size={13} />
                {CHECK_LOOK[state].word} <strong className="text-ink">{formatCount(count)}</strong>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="text-xs text-ink-3">
        Checked {formatTime(Date.parse(view.at))} on {counted(examples, "example")} of {counted(records, "record")} from production and exercises{unlooked > 0 ? `; ${counted(unlooked, "record")} had no example that could be read` : ""}. A rule can fire where one record fills every field that it needs; what stands in the fields is not judged.
      </p>
    </div>
  );
}
