"use client";
import { CartesianGrid, ComposedChart, Line, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { formatCount } from "@/lib/shared/format-number";
import { shortMoney } from "./plan-words";

const AXIS = { fontSize: 12, fill: "var(--ink-3)" };

/** Efficient plans as steps, what collecting the most referenced first wins beside them, and where the choice stands. */
export function FrontierChart({ doc, cost, value, summary }: { doc: PlanDoc; cost: number; value: number; summary: string }) {
  const most = Math.max(doc.points.at(-1)?.cost ?? 0, cost);
  const points = doc.points.map((point) => ({ cost: point.cost, points: point.value / 10_000_000 }));
  const naive = [{ cost: 0, points: 0 }, ...doc.naive.filter((step) => step.cost <= most).map((step) => ({ cost: step.cost, points: step.value / 10_000_000 }))];
  return (
    <div role="img" aria-label={summary} className="relative min-h-[250px] flex-1">
      <div className="absolute inset-0 overflow-hidden">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 250 }}>
          <ComposedChart margin={{ top: 12, right: 16, bottom: 4, left: -22 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="cost" type="number" domain={[0, most]} allowDuplicatedCategory={false} tickFormatter={(amount: number) => shortMoney(amount, "").trim()} tick={AXIS} tickLine={false} axisLine={{ stroke: "var(--line-2)" }} minTickGap={28} />
            <YAxis dataKey="points" type="number" domain={[0, "auto"]} tick={AXIS} tickLine={false} axisLine={false} width={52} tickFormatter={(points: number) => formatCount(points)} allowDecimals={false} />
            <Line data={naive} dataKey="points" type="stepAfter" stroke="var(--ink-3)" strokeWidth={1.25} strokeDasharray="3 3" dot={false} activeDot={false} isAnimationActive={false} />
            <Line data={points} dataKey="points" type="stepAfter" stroke="var(--accent)" strokeWidth={1.75} dot={{ r: 2.5, fill: "var(--surface)", stroke: "var(--accent)", strokeWidth: 1.25 }} activeDot={false} isAnimationActive={false} />
            <ReferenceLine x={cost} stroke="var(--ink-3)" strokeDasharray="2 2" />
            <ReferenceDot x={cost} y={value / 10_000_000} r={5} fill="var(--accent)" stroke="var(--surface)" strokeWidth={1.5} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}

/** What the lines mean. */
export function FrontierKey({ proven }: { proven: boolean }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 px-3 text-xs text-ink-2 md:px-4">
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0.5 w-3.5 bg-accent" /> {proven ? "exact optimum" : "best found"}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0 w-3.5 border-t border-dashed border-ink-3" /> most referenced first
      </li>
    </ul>
  );
}
