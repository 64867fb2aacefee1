import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** A view option that is on or off, as a chip of 24 px. */
export function ToggleChip({ on, onChange, title, children }: { on: boolean; onChange: (on: boolean) => void; title?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      title={title}
      onClick={() => onChange(!on)}
      className={classNames("inline-flex h-6 shrink-0 items-center gap-1 rounded-full border px-2.5 text-xs whitespace-nowrap", on ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line-2 bg-surface text-ink-2 hover:bg-hover")}
    >
      {children}
      {on ? <Check size={12} aria-hidden /> : null}
    </button>
  );
}
