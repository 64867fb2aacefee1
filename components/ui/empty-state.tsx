import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Stands where the first block would: says what is missing and holds the next action. */
export function EmptyState({ icon: Icon, title, children, action }: { icon?: LucideIcon; title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="flex flex-col items-start gap-2 rounded-lg border border-dashed border-line-2 bg-surface px-5 py-6">
      {Icon ? <Icon size={20} className="text-ink-3" aria-hidden /> : null}
      <h2>{title}</h2>
      <div className="max-w-[68ch] text-ink-2">{children}</div>
      {action ? <div className="flex flex-wrap gap-2 pt-2">{action}</div> : null}
    </section>
  );
}
