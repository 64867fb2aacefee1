import { ArrowDown, ArrowUp, Equal } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { LayerStand, StandCounts } from "./layer-stands";

const LOOK: Readonly<Partial<Record<LayerStand, { readonly icon: typeof Equal; readonly solid: boolean }>>> = {
  "only-theirs": { icon: ArrowUp, solid: true },
  "only-ours": { icon: ArrowDown, solid: true },
  both: { icon: Equal, solid: false },
};
const ORDER = ["only-theirs", "only-ours", "both"] as const;

/** The sign of a stand: an arrow up where their layer says more than is proven, down where it says less, two lines where both agree. */
export function StandSign({ stand, count }: { stand: LayerStand; count?: number | undefined }) {
  const look = LOOK[stand];
  if (look === undefined) return null;
  const Icon = look.icon;
  return (
    <span aria-hidden className={classNames("inline-flex h-[14px] items-center rounded-sm border px-0.5 text-xs leading-[12px]", look.solid ? "border-transparent bg-ink text-surface" : "border-line-2 bg-surface text-ink-2")}>
      <Icon size={10} strokeWidth={2.5} className="shrink-0" />
      {count}
    </span>
  );
}

/** The signs of a technique, or of a family with how many of it stand so; what agrees is left out beside two disagreements. */
export function StandMarks({ counts, family, className }: { counts: StandCounts; family: boolean; className?: string }) {
  const shown = ORDER.filter((stand) => counts[stand] > 0).slice(0, 2);
  if (shown.length === 0) return null;
  return (
    <span className={classNames("flex flex-col gap-px", className)}>
      {shown.map((stand) => (
        <StandSign key={stand} stand={stand} count={family ? counts[stand] : undefined} />
      ))}
    </span>
  );
}
