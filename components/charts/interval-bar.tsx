import { classNames } from "@/components/ui/class-names";
import { percentDigits } from "@/lib/shared/format-share";

/** Shares in millionths. Solid up to low, hatched up to high, tick at the value; a small mark below stands at the target. */
export function IntervalBar({ value, low, high, target, className }: { value: number; low: number; high: number; target?: number | null; className?: string }) {
  const at = (share: number) => `${Math.max(0, Math.min(100, share / 10_000))}%`;
  return (
    <span // not a div: numbers stand within sentences
      role="img"
      aria-label={`${percentDigits(value)} percent, proven at least ${percentDigits(low)}, at most ${percentDigits(high)}${target ? `, target ${percentDigits(target)}` : ""}`}
      className={classNames("relative block h-2 rounded-[2px] bg-surface-3", className)}
    >
      <i className="absolute inset-y-0 left-0 rounded-l-[2px] bg-accent" style={{ width: at(low) }} />
      <i className="hatch absolute inset-y-0 rounded-r-[2px]" style={{ left: at(low), width: at(Math.max(0, high - low)) }} />
      <i className="absolute -inset-y-0.5 -ml-px w-0.5 rounded-[1px] bg-ink" style={{ left: at(value) }} />
      {target ? <i className="absolute top-full mt-px -ml-1 border-x-4 border-b-[5px] border-x-transparent border-b-ink-3" style={{ left: at(target) }} /> : null}
    </span>
  );
}
