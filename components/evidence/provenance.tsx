import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

/** Where something stands and how it came here, as label and value. Long values break, never vanish. */
export function Provenance({ rows, className }: { rows: readonly (readonly [label: string, value: ReactNode])[]; className?: string }) {
  return (
    <dl className={classNames("grid grid-cols-[80px_minmax(0,1fr)] gap-x-2 gap-y-0.5 text-xs leading-[18px]", className)}>
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">{label}</dt>
          <dd className="font-mono [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
