"use client";
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis, CartesianGrid, Tooltip } from "recharts";
import { classNames } from "@/components/ui/class-names";
import { formatDay, formatTime } from "@/lib/shared/format-time";
import { percentDigits } from "@/lib/shared/format-share";

/** One assessment. Shares in millionths; marks name what moved the ground under the number. */
export interface TrendPoint {
  readonly at: number;
  readonly label: string;
  readonly observed: number | null;
  readonly validated: number | null;
  readonly ceiling: number | null;
  readonly low?: number | null; // lower bound; absent: not drawn
  readonly uniform?: number | null; // each cell counted once; absent: not drawn
  readonly mark?: string;
}

/** Observed and validated share over assessments, with the unproven band up to the ceiling hatched. Takes the height that className gives it. */
export function Trend({ points, className, summary }: { points: readonly TrendPoint[]; className: string; summary: string }) {
  const data = points.map((point) => ({
    ...point,
    o: point.observed === null ? null : point.observed / 10_000,
    v: point.validated === null ? null : point.validated / 10_000,
    l: point.low === null || point.low === undefined ? null : point.low / 10_000,
    u: point.uniform === null || point.uniform === undefined ? null : point.uniform / 10_000,
    band: point.observed === null || point.ceiling === null ? null : [point.observed / 10_000, point.ceiling / 10_000],
  }));
  const axis = { fontSize: 12, fill: "var(--ink-3)" };
  return (
    <div role="img" aria-label={summary} className={classNames("relative", className)}>
      {/* Out of the flow: the chart is measured from its frame and never stretches it, not even before it has been measured. */}
      <div className="absolute inset-0 overflow-hidden">
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 300, height: 210 }}>
          <ComposedChart data={data} margin={{ top: 16, right: 12, bottom: 0, left: -20 }} accessibilityLayer={false}>
            <defs>
              <pattern id="unproven" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <line x1="0" y1="0" x2="0" y2="5" stroke="var(--accent)" strokeWidth="1" opacity="0.7" />
              </pattern>
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="at" type="number" domain={["dataMin", "dataMax"]} tickFormatter={formatDay} tick={axis} tickLine={false} axisLine={{ stroke: "var(--line-2)" }} minTickGap={32} padding={{ left: 6, right: 6 }} />
            <YAxis domain={[0, (max: number) => Math.min(100, Math.max(20, Math.ceil(max / 20) * 20))]} tick={axis} tickLine={false} axisLine={false} width={48} tickCount={5} allowDecimals={false} />
            <Tooltip isAnimationActive={false} cursor={{ stroke: "var(--line-2)" }} content={({ payload }) => <Reading point={asPoint(payload?.[0]?.payload)} />} />
            {points.filter((point) => point.mark).map((point) => (
              <ReferenceLine key={point.at} x={point.at} stroke="var(--ink-3)" strokeDasharray="2 2" label={{ value: point.mark ?? "", position: markPosition(point.at, points), fontSize: 12, fill: "var(--ink-2)" }} />
            ))}
            <Area dataKey="band" stroke="var(--accent)" strokeWidth={1} strokeDasharray="3 3" fill="url(#unproven)" isAnimationActive={false} activeDot={false} />
            {points.some(({ low }) => low !== undefined) ? <Line dataKey="l" stroke="var(--accent)" strokeWidth={1.5} strokeDasharray="1 3" strokeLinecap="round" isAnimationActive={false} dot={false} activeDot={false} /> : null}
            {points.some(({ uniform }) => uniform !== undefined) ? <Line dataKey="u" stroke="var(--ink-3)" strokeWidth={1.5} strokeDasharray="6 3" isAnimationActive={false} dot={false} activeDot={false} /> : null}
            <Line dataKey="o" stroke="var(--st-observed)" strokeWidth={2} isAnimationActive={false} dot={{ r: 3, fill: "var(--surface)", stroke: "var(--st-observed)", strokeWidth: 1.5 }} />
            <Line dataKey="v" stroke="var(--st-validated)" strokeWidth={2} isAnimationActive={false} dot={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}

function asPoint(value: unknown): TrendPoint | null {
  return isPoint(value) ? value : null;
}
function isPoint(value: unknown): value is TrendPoint {
  return typeof value === "object" && value !== null && "at" in value && "observed" in value;
}

function Reading({ point }: { point: TrendPoint | null }) {
  if (!point) return null;
  const show = (share: number | null) => (share === null ? "no evidence" : percentDigits(share));
  return (
    <div className="rounded-md border border-line-2 bg-surface px-2 py-1.5 text-xs shadow-pop">
      <div className="font-medium">{point.label}</div>
      <div className="text-ink-3">{formatTime(point.at)}</div>
      <div>observed {show(point.observed)}</div>
      <div>ceiling {show(point.ceiling)}</div>
      {point.low === undefined ? null : <div>lower bound {show(point.low)}</div>}
      {point.uniform === undefined ? null : <div>counted once {show(point.uniform)}</div>}
      <div>validated {show(point.validated)}</div>
    </div>
  );
}

/** What the lines mean, in the words of the page. bounds: the lower bound and the uniform share are drawn too. */
export function TrendKey({ bounds = false }: { bounds?: boolean }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 px-1 pt-1 text-xs text-ink-2">
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0.5 w-3.5 bg-st-observed" /> observed
      </li>
      <li className="inline-flex items-center gap-1.5">
        <i className="h-0.5 w-3.5 bg-(--st-validated)" /> validated
      </li>
      <li className="inline-flex items-center gap-1.5">
        <i className="hatch h-2.5 w-3.5 border-t border-dashed border-accent" /> claimed without proof
      </li>
      {bounds ? (
        <>
          <li className="inline-flex items-center gap-1.5">
            <i className="w-3.5 border-t-2 border-dotted border-accent" /> lower bound
          </li>
          <li className="inline-flex items-center gap-1.5">
            <i className="w-3.5 border-t-2 border-dashed border-ink-3" /> counted once
          </li>
        </>
      ) : null}
    </ul>
  );
}

// A mark near an edge is written towards the middle: over the line it would be cut off.
function markPosition(at: number, points: readonly { readonly at: number }[]): "top" | "insideTopLeft" | "insideTopRight" {
  const [first, last] = [points[0]?.at ?? at, points.at(-1)?.at ?? at];
  const share = last === first ? 0.5 : (at - first) / (last - first);
  return share > 0.85 ? "insideTopRight" : share < 0.15 ? "insideTopLeft" : "top";
}
