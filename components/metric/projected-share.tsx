import { HowComputed } from "@/components/how-computed/how-computed";
import { formatPoints, percentDigits } from "@/lib/shared/format-share";
import { counted, formatCount } from "@/lib/shared/format-number";

/** A share today and what it would be, in millionths, with its cells. Hatched: nobody has seen it. */
export interface ProjectedShareProps {
  readonly now: number | null;
  readonly then: number | null;
  readonly n: number;
  readonly cells: number; // that would become observed
  readonly target?: number | null;
}

/** Solid what is proven, hatched what a choice would add, a mark at the target. */
export function ProjectedBar({ now, then, target, n }: Omit<ProjectedShareProps, "cells">) {
  const at = (share: number): string => `${Math.max(0, Math.min(100, share / 10_000))}%`;
  if (now === null || then === null || n === 0) return <span className="text-xs text-ink-3">no evidence</span>;
  return (
    <span role="img" aria-label={`${percentDigits(now)} percent today, ${percentDigits(then)} percent projected${target ? `, target ${percentDigits(target)}` : ""}`} className="relative block h-3 rounded-[2px] bg-surface-3">
      <i className="absolute inset-y-0 left-0 rounded-l-[2px] bg-accent" style={{ width: at(now) }} />
      {then > now ? <i className="hatch absolute inset-y-0 rounded-r-[2px] border border-accent" style={{ left: at(now), width: at(then - now) }} /> : null}
      {target ? <i className="absolute -inset-y-1 -ml-px w-px bg-ink" style={{ left: at(target) }} /> : null}
    </span>
  );
}

/** "37.5 → 42.1 %", with n and the difference. */
export function ProjectedShare({ now, then, n, cells }: ProjectedShareProps) {
  if (now === null || then === null || n === 0) return <span className="text-ink-3">no evidence</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="text-xl font-semibold tracking-tight whitespace-nowrap">
        {percentDigits(now)} → {percentDigits(then)}
      </span>
      <HowComputed measure="projected-share" inputs={[["Counted", `n = ${counted(n, "cell")}, ${formatCount(cells)} more observed`]]} />
      <span className="text-ink-2">
        % weighted, n = {counted(n, "cell")}, {formatCount(cells)} more observed
      </span>
      <span className="ml-auto font-medium whitespace-nowrap">{formatPoints(then - now)} pts</span>
    </span>
  );
}

/** The same in a table row: two shares, and the cells beside them. */
export function ProjectedRow({ now, then, n }: Omit<ProjectedShareProps, "cells" | "target">) {
  if (now === null || then === null || n === 0) return <span className="text-xs text-ink-3">no evidence</span>;
  return (
    <span className="whitespace-nowrap">
      {then > now ? <span className="text-ink-3">{percentDigits(now)} → </span> : null}
      <span className="font-medium">{percentDigits(then)} %</span>
    </span>
  );
}
