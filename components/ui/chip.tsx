import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A filter that is on, or an offer to add one. 24 px high; with onRemove the cross is a target of its own. */
export function Chip({ active, onRemove, removeLabel, className, children, ...rest }: ComponentProps<"span"> & { active?: boolean; onRemove?: () => void; removeLabel?: string; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex h-6 max-w-full items-center gap-1.5 rounded-full border px-2 text-xs whitespace-nowrap",
        active ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line-2 bg-surface text-ink-2",
        onRemove && "pr-0",
        className,
      )}
      {...rest}
    >
      <span className="truncate">{children}</span>
      {onRemove ? (
        <button type="button" aria-label={removeLabel ?? "Remove filter"} onClick={onRemove} className="grid size-6 place-items-center rounded-full">
          <X size={12} aria-hidden />
        </button>
      ) : null}
    </span>
  );
}

/** A quiet label beside a title: format names, counts, "current". */
export function Pill({ className, ...rest }: ComponentProps<"span">) {
  return <span className={classNames("rounded-sm bg-surface-3 px-1.5 text-xs whitespace-nowrap text-ink-3", className)} {...rest} />;
}
