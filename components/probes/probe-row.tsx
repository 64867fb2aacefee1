import { ChevronRight } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import type { GradedProbe } from "@/lib/events/probes/grade-sources";
import { formatCount } from "@/lib/shared/format-number";
import { FigureValue } from "./figure-value";
import { GradeWord } from "./grade-word";

const MOST_FIGURES = 12;

/** One probe: grade, number and sentence; behind it formula, limits with their reason, further numbers, and records to look at. */
export function ProbeRow({ probe }: { probe: GradedProbe }) {
  return (
    <details className="group border-t">
      <summary className="grid cursor-pointer list-none grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2 gap-y-0.5 px-3 py-1.5 hover:bg-hover md:grid-cols-[14px_150px_minmax(0,176px)_minmax(0,1fr)_auto] md:px-4 [&::-webkit-details-marker]:hidden">
        <ChevronRight size={13} aria-hidden className="self-center text-ink-3 group-open:rotate-90" />
        <span className="font-medium">{probe.label}</span>
        <GradeWord grade={probe.grade} leans={probe.leans} />
        <span className="col-span-2 col-start-2 text-xs text-pretty text-ink-2 md:col-span-1 md:col-start-auto">{probe.says}</span>
        <span className="col-span-2 col-start-2 text-xs md:col-span-1 md:col-start-auto md:text-right">
          {probe.estimated ? <span className="text-ink-3">about </span> : null}
          <FigureValue value={probe.value} unit={probe.unit} n={probe.n} />
        </span>
      </summary>
      <div className="grid gap-x-6 gap-y-2 bg-surface-2 px-4 py-2.5 text-xs md:grid-cols-2 md:pl-9">
        <div>
          <h3 className="font-medium">How it is computed</h3>
          <p className="text-pretty text-ink-2">{probe.formula}</p>
          <p className="mt-1 text-pretty text-ink-2">Needs: {probe.needs}.</p>
          <h3 className="mt-2 font-medium">Limits</h3>
          <ul className="text-ink-2">
            {probe.thresholds.map((threshold) => (
              <li key={threshold.level} className="mt-0.5">
                <GradeWord grade={threshold.level} /> when {threshold.text} <span className="text-ink-3">({threshold.why})</span>.
              </li>
            ))}
            <li className="mt-0.5 text-ink-3">Under 30 records it is indicative.{probe.estimated ? " Shares over keys are estimates here: there are more keys than are followed." : ""}</li>
          </ul>
        </div>
        <div>
          {probe.figures.length > 0 ? (
            <>
              <h3 className="font-medium">Numbers</h3>
              <ul>
                {probe.figures.slice(0, MOST_FIGURES).map((figure) => (
                  <li key={figure.label} className="flex flex-wrap justify-between gap-x-3">
                    <span className="text-ink-2">{figure.label}</span>
                    <FigureValue {...figure} />
                  </li>
                ))}
                {probe.figures.length > MOST_FIGURES ? <li className="text-ink-3">and {formatCount(probe.figures.length - MOST_FIGURES)} more</li> : null}
              </ul>
            </>
          ) : null}
          {probe.examples.length > 0 ? (
            <>
              <h3 className="mt-2 font-medium">Records to look at</h3>
              <ul className="flex flex-wrap gap-x-3">
                {probe.examples.map(({ dataset, number, offset, length }) => (
                  <li key={`${dataset} ${number}`}>
                    <KeptLink href={`/imports/events/${dataset}?record=${number}-${offset}-${length}#record`} className="inline-flex min-h-6 items-center text-accent underline">
                      record {formatCount(number)}
                    </KeptLink>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      </div>
    </details>
  );
}
