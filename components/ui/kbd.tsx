import type { ReactNode } from "react";

/** One key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="inline-block min-w-[18px] rounded-sm border bg-surface px-1 text-center font-sans text-xs text-ink-3">{children}</kbd>;
}
