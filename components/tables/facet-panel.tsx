"use client";
import type { Flag, Status } from "@/lib/assessment/status";
import { memo } from "react";
import { Glyph, StatusGlyph } from "@/components/status/status-glyph";
import { FLAG_LOOK, FLAG_ORDER, STATUS_LOOK, STATUS_ORDER } from "@/components/status/status-table";
import { Checkbox } from "@/components/ui/checkbox";
import { formatCount } from "@/lib/shared/format-number";
import type { Facet, FilteredAnalytics } from "./filter-analytics";

const TITLES: Readonly<Record<Facet, string>> = { status: "Status", flag: "Flags", platform: "Platform", tactic: "Tactic", component: "Data component", basis: "Basis of references" };
const ORDER: readonly Facet[] = ["status", "flag", "platform", "tactic", "component", "basis"];

function isStatus(value: string): value is Status {
  return value in STATUS_LOOK;
}
function isFlag(value: string): value is Flag {
  return value in FLAG_LOOK;
}

/** What can be narrowed, with the number of cells each choice would leave. Every value that occurs at all stays in its place, at zero too. */
export const FacetPanel = memo(function FacetPanel({ all, counts, chosen, onToggle }: { all: FilteredAnalytics["counts"]; counts: FilteredAnalytics["counts"]; chosen: Readonly<Record<Facet, readonly string[]>>; onToggle: (facet: Facet, value: string, on: boolean) => void }) {
  return (
    <div className="py-1">
      {ORDER.map((facet) => {
        const values = listValues(facet, all[facet], chosen[facet]);
        if (values.length === 0) return null;
        return (
          <details key={facet} open className="border-b px-3 pt-2 pb-1.5 last:border-0">
            <summary className="cursor-pointer px-1 pb-1 text-xs font-medium text-ink">{TITLES[facet]}</summary>
            <div className="max-h-60 overflow-y-auto">
              {values.map((value) => (
                <Checkbox key={value} checked={chosen[facet].includes(value)} onChange={(event) => onToggle(facet, value, event.target.checked)}>
                  {isStatus(value) && facet === "status" ? <StatusGlyph status={value} size={16} silent /> : null}
                  {isFlag(value) && FLAG_LOOK[value].glyph ? (
                    <span className="text-attn">
                      <Glyph id={FLAG_LOOK[value].glyph ?? ""} />
                    </span>
                  ) : null}
                  <span className="truncate" title={value}>
                    {isStatus(value) && facet === "status" ? STATUS_LOOK[value].word : isFlag(value) && facet === "flag" ? FLAG_LOOK[value].word : value}
                  </span>
                  <span className="ml-auto text-xs text-ink-3">{formatCount(counts[facet].get(value) ?? 0)}</span>
                </Checkbox>
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
});

/** Statuses and flags in their own order, the rest by number of cells in the whole table; what is chosen is listed even when nothing has it. */
function listValues(facet: Facet, counts: ReadonlyMap<string, number>, chosen: readonly string[]): string[] {
  const known = new Set([...counts.keys(), ...chosen]);
  if (facet === "status") return STATUS_ORDER.filter((status) => known.has(status));
  if (facet === "flag") return FLAG_ORDER.filter((flag) => known.has(flag));
  return [...known].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
}
