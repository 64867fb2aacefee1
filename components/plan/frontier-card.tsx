"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { FrontierChart, FrontierKey } from "@/components/charts/frontier";
import { Card, CardHeader } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { shortMoney } from "@/lib/shared/format-money";
import { counted } from "@/lib/shared/format-number";
import { formatPoints } from "@/lib/shared/format-share";
import type { Plan } from "./use-plan";

/** The efficient frontier; the arrow keys move along its points. */
export function FrontierCard({ doc, plan }: { doc: PlanDoc; plan: Plan }) {
  const { points, currency } = doc;
  const [point, next] = [points[plan.point], points[plan.point + 1]];
  const say = doc.whole ? "No plan lies above the line." : "Plans between two points may lie above the steps, never above the line that joins them.";
  return (
    <Card className="flex flex-col">
      <CardHeader title="Efficient frontier" note={`points of the headline, ${counted(points.length, "plan")}`} />
      <div className="px-3 md:px-4">
        <FrontierKey proven={doc.proven} />
      </div>
      <div className="mt-2 flex flex-1 flex-col px-1">
        <FrontierChart plans={points} naive={doc.naive} cost={plan.cost} value={plan.gains.value} className="min-h-[250px] flex-1" summary={`Efficient plans from nothing to ${shortMoney(points.at(-1)?.cost ?? 0, currency)} a year for ${formatPoints(points.at(-1)?.points ?? 0)} points.`} />
      </div>
      <p className="px-3 pb-2 text-xs text-ink-3 md:px-4">
        {say} {doc.nested ? "Each plan keeps what the one before it bought." : "Some plans give up what a smaller one bought: settle the budget first."}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-2 border-t px-3 py-2 md:px-4">
        <IconButton label="A smaller plan" disabled={plan.point === 0} onClick={() => plan.choosePoint(plan.point - 1)}>
          <ChevronLeft size={15} aria-hidden />
        </IconButton>
        <label className="min-w-0 flex-1">
          <span className="sr-only">Point of the frontier</span>
          <input type="range" min={0} max={points.length - 1} value={plan.point} onChange={(event) => plan.choosePoint(Number(event.target.value))} aria-valuetext={`${shortMoney(point?.cost ?? 0, currency)}, ${formatPoints(point?.points ?? 0)} points`} className="block h-6 w-full accent-(--accent)" />
        </label>
        <IconButton label="A larger plan" disabled={plan.point >= points.length - 1} onClick={() => plan.choosePoint(plan.point + 1)}>
          <ChevronRight size={15} aria-hidden />
        </IconButton>
        <span className="text-xs whitespace-nowrap text-ink-2">
          {shortMoney(point?.cost ?? 0, currency)}
          {next === undefined ? "" : `; ${shortMoney(next.cost - (point?.cost ?? 0), currency)} more: ${formatPoints(next.points - (point?.points ?? 0))}`}
        </span>
      </div>
    </Card>
  );
}
