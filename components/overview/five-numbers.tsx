import type { ReactNode } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { KeptLink } from "@/components/layout/kept-link";
import { Prose } from "@/components/ui/prose";
import { Metric } from "@/components/metric/metric";
import type { OverviewView } from "@/lib/reports/overview-view";
import { formatCount } from "@/lib/shared/format-number";
import { BestActions } from "./best-actions";

/** The five numbers, each with what it counts and how it is computed behind "i": beside the number, or in the head of a tile that has none. */
export function FiveNumbers({ view }: { view: OverviewView }) {
  const { weakest, troubles } = view;
  const troubled = troubles.silent + troubles.contradicted;
  return (
    <div className="grid grid-cols-2 rounded-lg border bg-surface lg:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,1.9fr)] print:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,1.7fr)]">
      <Tile label="Observable share" className="col-span-2 lg:col-span-1 print:col-span-1">
        <Metric measure="observed-share" {...view.observed} kWord="observed" />
      </Tile>
      <Tile label="Validated share">
        <Metric measure="validated-share" {...view.validated} kWord="tested" />
      </Tile>
      <Tile label="Weakest critical segment">
        {weakest ? (
          <>
            <Metric measure="weakest-segment" value={weakest.observed.value} low={weakest.observed.low} high={weakest.observed.high} k={weakest.observed.k} n={weakest.observed.n} target={weakest.target?.value ?? null} />
            <div className="truncate text-xs text-ink-3">
              <KeptLink href={`/segments/${weakest.id}`} className="text-accent underline" title={weakest.name}>
                {weakest.name}
              </KeptLink>
            </div>
            <div className="text-xs text-ink-3" title={weakest.target ? `observable share to reach; ${weakest.target.owner} answers for it` : undefined}>
              <Prose of={weakest.say} />
            </div>
          </>
        ) : (
          <Nothing>no segment of criticality 4 or 5</Nothing>
        )}
      </Tile>
      <Tile label="Silent or contradicted" className="col-span-2 lg:col-span-1 print:col-span-1" how="silent-contradicted">
        <div className="mt-1.5 flex items-baseline gap-1.5">
          <span className={`text-2xl font-semibold tracking-[-0.03em] ${troubled > 0 ? "text-attn" : ""}`}>{formatCount(troubled)}</span>
          <span className="text-ink-2">{troubled === 1 ? "source" : "sources"}</span>
        </div>
        <div className="mt-1 text-xs text-ink-3">
          {troubles.silent} silent · {troubles.contradicted} contradicted
        </div>
        <div className="text-xs text-ink-3">
          {view.alerts.open === 0 ? (
            <Prose of={view.alertsSay} />
          ) : (
            <KeptLink href="/alerts" className="text-accent underline [&_strong]:text-accent" title={view.alerts.heaviest ? `Open today, ${view.alerts.critical} of segments of criticality 4 and 5. ${view.alerts.heaviest.segment}: ${view.alerts.heaviest.title}` : undefined}>
              <Prose of={view.alertsSay} />
            </KeptLink>
          )}
        </div>
        <ul className="text-xs text-ink-2">
          {troubles.names.slice(0, troubled > 2 ? 1 : 2).map((name) => (
            <li key={name} className="truncate" title={name}>
              {name}
            </li>
          ))}
          {troubled > 2 ? (
            <li className="truncate text-ink-3" title={troubles.names.slice(1).join("; ")}>
              and {formatCount(troubled - 1)} more
            </li>
          ) : null}
        </ul>
      </Tile>
      <Tile label="Best action per kind" className="col-span-2 lg:col-span-1 print:col-span-1" how="best-action">
        {view.actions.length === 0 ? <Nothing>no gap that a collection could close</Nothing> : <BestActions actions={view.actions} currency={view.currency} />}
      </Tile>
    </div>
  );
}

function Tile({ label, how, className, children }: { label: string; how?: MeasureId; className?: string; children: ReactNode }) {
  return (
    <div className={`min-w-0 border-t border-l px-3 py-2 first:border-t-0 max-lg:nth-[2n]:border-l-0 max-lg:first:border-l-0 max-lg:last:border-l-0 md:px-4 lg:border-t-0 lg:first:border-l-0 print:border-t-0 print:px-2 print:not-first:border-l! ${className ?? ""}`}>
      <div className="flex items-center justify-between text-xs font-medium text-ink-2">
        <h2 className="text-xs font-medium tracking-normal">{label}</h2>
        {how === undefined ? null : <HowComputed measure={how} className="-mr-1.5" />}
      </div>
      {children}
    </div>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="mt-2 text-base text-ink-2">{children}</p>;
}

