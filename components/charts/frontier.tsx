"use client";
import { CartesianGrid, ComposedChart, Line, ReferenceDot, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { classNames } from "@/components/ui/class-names";
import { shortMoney } from "@/lib/shared/format-money";
import { formatCount } from "@/lib/shared/format-number";

const AXIS = { fontSize: 12, fill: "var(--ink-3)" };

/** What a plan costs in money a year and wins, in thousandths of a millionth of the headline. */
interface Won {
  readonly cost: number;
  readonly value: number;
}

/**
 * Efficient plans as steps, what collecting the most referenced first wins beside them, and where the choice stands (cost, value).
 * Takes the height that className gives it.
 */
export function FrontierChart({ plans, naive, cost, value, summary, className }: { plans: readonly Won[]; naive: readonly Won[]; cost: number; value: number; summary: string; className: string }) {
  const most = Math.max(plans.at(-1)?.cost ?? 0, cost);
  const toPoints = (one: Won) => ({ cost: one.cost, points: one.value / 10_000_000 });
  const points = plans.map(toPoints);
  const decimals = (points.at(-1)?.points ?? 0) < 4 ? 1 : 0;
  const beside = [{ cost: 0, points: 0 }, ...naive.filter((step) => step.cost <= most).map(toPoints)];
  return (
    <div role="img" aria-label={summary} className={classNames("relative", className)}>
      <div className="absolute inset-0 overflow-hidden">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 210 }}>
          <ComposedChart margin={{ top: 12, right: 16, bottom: 4, left: -22 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="cost" type="number" domain={[0, most]} allowDuplicatedCategory={false} tickFormatter={(amount: number) => shortMoney(amount, "")} tick={AXIS} tickLine={false} axisLine={{ stroke: "var(--line-2)" }} minTickGap={28} />
            <YAxis dataKey="points" type="number" domain={[0, "auto"]} tick={AXIS} tickLine={false} axisLine={false} width={52} tickFormatter={(amount: number) => formatCount(amount, decimals)} allowDecimals={decimals > 0} />
            <Line data={beside} dataKey="points" type="stepAfter" stroke="var(--ink-3)" strokeWidth={1.25} strokeDasharray="3 3" dot={false} activeDot={false} isAnimationActive={false} />
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
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-ink-2">
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0.5 w-3.5 bg-accent" /> {proven ? "exact optimum" : "best found"}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0 w-3.5 border-t border-dashed border-ink-3" /> most referenced first
      </li>
    </ul>
  );
}
