"use client";
import { Info } from "lucide-react";
import { useId } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { classNames } from "@/components/ui/class-names";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import { formatTime } from "@/lib/shared/format-time";
import { MEASURES, type MeasureCard, type MeasureId } from "./measures";
import { useShownAssessment } from "./shown-assessment";

/** What one figure was made from, in words with their counts. */
export type MeasureInputs = readonly (readonly [label: string, value: string])[];

/**
 * The "i" beside a headline figure or in a table's head: what is measured, by which formula, from what, as of when and under
 * which policy. Not on paper: there the foot of the page says it.
 */
export function HowComputed({ measure, inputs = [], className }: { measure: MeasureId; inputs?: MeasureInputs; className?: string }) {
  const heading = useId();
  const card: MeasureCard = MEASURES[measure];
  return (
    <PopoverRoot>
      <PopoverTrigger aria-label={`How computed: ${card.title}`} className={classNames("-my-2 inline-grid size-6 shrink-0 place-items-center rounded-md align-middle text-ink-3 hover:bg-hover hover:text-ink print:hidden", className)}>
        <Info size={14} aria-hidden />
      </PopoverTrigger>
      <PopoverContent aria-labelledby={heading} className="w-90 text-left text-xs leading-[18px] font-normal whitespace-normal text-ink-2 print:hidden">
        <h2 id={heading} className="text-base text-ink">
          {card.title}
        </h2>
        <p className="mt-0.5 text-pretty">{card.says}</p>
        <dl className="mt-2 grid grid-cols-[84px_minmax(0,1fr)] gap-x-3 gap-y-1 border-t pt-2 [&_dt]:text-ink-3">
          <dt>Formula</dt>
          <dd className="text-pretty text-ink">{card.formula}</dd>
          {card.bounds === undefined ? null : (
            <>
              <dt>Interval</dt>
              <dd className="text-pretty">{card.bounds}</dd>
            </>
          )}
          {inputs.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd className="text-ink">{value}</dd>
            </div>
          ))}
          {card.assessed ? <OfWhat /> : null}
        </dl>
      </PopoverContent>
    </PopoverRoot>
  );
}

/** Date, assessment, release, policy and weights that belong to a figure. */
function OfWhat() {
  const shown = useShownAssessment();
  if (shown === null) return null;
  return (
    <>
      <dt>As of</dt>
      <dd>
        {formatTime(shown.at)}
        {shown.runLater ? ", run later" : ""}
      </dd>
      <dt>Assessment</dt>
      <dd>
        <KeptLink href={`/assessments/${shown.id}`} className="text-accent underline">
          {shown.label}
        </KeptLink>
        , {shown.releases}
      </dd>
      <dt>Policy</dt>
      <dd>
        <KeptLink href={`/policy#version-${shown.policy}`} className="text-accent underline">
          version {shown.policy}
        </KeptLink>
        , which held then
      </dd>
      <dt>Weights</dt>
      <dd>
        <KeptLink href="/weights" className="text-accent underline">
          {shown.weights}
        </KeptLink>
        {" profile"}
      </dd>
    </>
  );
}
