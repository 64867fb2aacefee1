import { KeptLink } from "@/components/layout/kept-link";
import { Delta, PartOfWhole } from "@/components/metric/metric";
import { formatCount, formatSigned } from "@/lib/shared/format-number";
import type { CompareView } from "@/lib/reports/compare-view";
import { compareHref } from "./compare-links";

/** The difference of the weighted observed share, divided over the groups of inputs in their fixed order: each bar begins where the last one ended. */
export function Waterfall({ view }: { view: CompareView }) {
  const { from, to, steps } = view;
  const start = from.observed ?? 0;
  const ends = steps.reduce<number[]>((so, { points }) => [...so, (so.at(-1) ?? start) + points], []);
  const all = [start, ...ends];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max((high - low) * 0.08, 1_000);
  const [left, right] = [Math.max(0, low - room), Math.min(1_000_000, high + room)];
  const at = (value: number): number => ((value - left) / Math.max(1, right - left)) * 100;
  return (
    <div className="px-3 pt-2 pb-3 md:px-4">
      <div className="grid grid-cols-[6.5rem_minmax(0,1fr)_5.5rem_4.5rem] items-baseline gap-x-3 text-xs text-ink-2 max-md:grid-cols-[5rem_minmax(0,1fr)_4.5rem]">
        <span>Group of inputs</span>
        <span className="flex justify-between text-ink-3" aria-hidden>
          <PartOfWhole measure="chart-scale" millionths={left} title="left end of the scale, weighted observed share" />
          <PartOfWhole measure="chart-scale" millionths={right} title="right end of the scale, weighted observed share" />
        </span>
        <span className="text-right">Share</span>
        <span className="text-right max-md:hidden">Cells</span>
      </div>
      <ol className="mt-1">
        <End label={view.a.label} at={at(start)} value={from.observed} k={from.k} n={from.n} />
        {steps.map((step, index) => {
          const [begin, end] = [ends[index - 1] ?? start, ends[index] ?? start];
          return (
            <li key={step.part} className="grid grid-cols-[6.5rem_minmax(0,1fr)_5.5rem_4.5rem] items-center gap-x-3 border-t py-1 max-md:grid-cols-[5rem_minmax(0,1fr)_4.5rem]">
              <KeptLink href={compareHref(view, { part: step.part }, "#cells")} className="font-medium hover:underline" title="its cells">
                {step.label}
              </KeptLink>
              <span className="relative h-5" aria-hidden>
                <span className="absolute inset-y-0 border-l border-dashed border-line-2" style={{ left: `${at(begin)}%` }} />
                <span
                  className={`absolute inset-y-1 rounded-xs ${step.points === 0 ? "bg-line-2" : step.points > 0 ? "bg-(--st-observed)" : "border border-(--st-observed) bg-surface"}`}
                  style={{ left: `${at(Math.min(begin, end))}%`, width: `max(2px, ${at(Math.max(begin, end)) - at(Math.min(begin, end))}%)` }}
                />
              </span>
              <span className="text-right whitespace-nowrap" title={`${formatSigned(step.points)} millionths of the share`}>
                {step.points === 0 ? <span className="text-ink-3">0</span> : <Delta millionths={step.points} />}
              </span>
              <span className="text-right max-md:hidden" title={`observed cells; applicable ones ${formatSigned(step.applicable)}`}>
                {step.cells === 0 ? <span className="text-ink-3">0</span> : formatSigned(step.cells)}
              </span>
              <span className="col-span-full text-xs text-ink-2 md:col-start-2">{step.inputs.length === 0 ? <span className="text-ink-3">nothing differs</span> : <Inputs lines={step.inputs} />}</span>
            </li>
          );
        })}
        <End label={view.b.label} at={at(to.observed ?? 0)} value={to.observed} k={to.k} n={to.n} last />
      </ol>
    </div>
  );
}

function End({ label, at, value, k, n, last }: { label: string; at: number; value: number | null; k: number; n: number; last?: boolean }) {
  return (
    <li className={`grid grid-cols-[6.5rem_minmax(0,1fr)_5.5rem_4.5rem] items-center gap-x-3 py-1 max-md:grid-cols-[5rem_minmax(0,1fr)_4.5rem] ${last ? "border-t-2 border-line-2" : ""}`}>
      <span className="font-semibold">{label}</span>
      <span className="relative h-5" aria-hidden>
        <span className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-xs bg-ink" style={{ left: `${at}%` }} />
      </span>
      <span className="text-right font-semibold">
        {value === null ? "no evidence" : <PartOfWhole measure="observed-share" millionths={value} title={`weighted observed share, ${formatCount(k)} of ${formatCount(n)} cells`} />}
      </span>
      <span className="text-right text-xs whitespace-nowrap text-ink-2 max-md:hidden">
        {formatCount(k)} of {formatCount(n)}
      </span>
    </li>
  );
}

const SHOWN = 4;

function Inputs({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.slice(0, SHOWN).join(" · ")}
      {lines.length > SHOWN ? (
        <details className="inline-block">
          <summary className="ml-1 cursor-pointer text-accent">and {formatCount(lines.length - SHOWN)} more</summary>
          {lines.slice(SHOWN).join(" · ")}
        </details>
      ) : null}
    </>
  );
}
