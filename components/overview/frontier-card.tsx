"use client";
import { parseAsInteger, useQueryState } from "nuqs";
import { FrontierChart, FrontierKey } from "@/components/charts/frontier";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Prose } from "@/components/ui/prose";
import type { OverviewFrontier } from "@/lib/reports/overview-view";

/** The efficient frontier, small: its chosen point moves by the arrow keys, and the sentence with it. */
export function FrontierCard({ frontier }: { frontier: OverviewFrontier }) {
  const { points, naive, knee, proven } = frontier;
  const [at, setAt] = useQueryState("at", parseAsInteger.withOptions({ history: "replace", shallow: true }));
  const position = at !== null && at >= 0 && at < points.length ? at : knee;
  const point = points[position];
  if (point === undefined) return null;
  return (
    <Card className="flex flex-col">
      <CardHeader
        title="Investment frontier"
        note={point.consists || "points by cost a year"}
        say={<Prose of={point.say} />}
        action={
          <KeptLink href={at === null ? "/plan" : `/plan?at=${position}`} className="text-xs text-accent underline">
            Open the plan
          </KeptLink>
        }
      />
      <FrontierChart plans={points} naive={naive} cost={point.cost} value={point.value} className="mx-1 mt-1 min-h-[100px] flex-1 print:min-h-[150px]" summary={`${points.length} efficient plans. The chosen one: ${point.label}.`} />
      <div className="flex flex-wrap items-center gap-x-3 px-3 pb-1.5 md:px-4">
        <FrontierKey proven={proven} />
        {points.length > 1 ? (
          <label className="ml-auto flex max-w-full items-center gap-2 text-xs text-ink-2 print:hidden">
            <span className="sr-only">Plan on the frontier</span>
            <span className="whitespace-nowrap" title="what the next plan adds, in points">
              {point.next}
            </span>
            <input type="range" min={0} max={points.length - 1} value={position} onChange={(event) => void setAt(Number(event.target.value))} aria-valuetext={point.label} className="block h-6 w-36 accent-(--accent)" />
          </label>
        ) : null}
      </div>
    </Card>
  );
}
