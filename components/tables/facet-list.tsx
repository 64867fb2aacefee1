"use client";
import { memo, type ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { formatCount } from "@/lib/shared/format-number";

export interface FacetGroup {
  readonly facet: string;
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly label: string; readonly mark?: ReactNode; readonly count: number; readonly chosen: boolean }[];
}

/** What can be narrowed, with how many each choice would leave. Every value that occurs at all stays in its place, at zero too. */
export const FacetList = memo(function FacetList({ groups, onToggle }: { groups: readonly FacetGroup[]; onToggle: (facet: string, value: string, on: boolean) => void }) {
  return (
    <div className="py-1">
      {groups.map(({ facet, title, values }) =>
        values.length === 0 ? null : (
          <details key={facet} open className="border-b px-3 pt-2 pb-1.5 last:border-0">
            <summary className="cursor-pointer px-1 pb-1 text-xs font-medium text-ink">{title}</summary>
            <div className="max-h-60 overflow-y-auto">
              {values.map(({ value, label, mark, count, chosen }) => (
                <Checkbox key={value} checked={chosen} onChange={(event) => onToggle(facet, value, event.target.checked)}>
                  {mark}
                  <span className="truncate" title={label}>
                    {label}
                  </span>
                  <span className="ml-auto text-xs text-ink-3">{formatCount(count)}</span>
                </Checkbox>
              ))}
            </div>
          </details>
        ),
      )}
    </div>
  );
});
