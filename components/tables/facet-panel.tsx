"use client";
import { useMemo } from "react";
import type { Flag, Status } from "@/lib/assessment/status";
import { Glyph, StatusGlyph } from "@/components/status/status-glyph";
import { FLAG_LOOK, FLAG_ORDER, STATUS_LOOK, STATUS_ORDER } from "@/components/status/status-table";
import { FacetList, type FacetGroup } from "./facet-list";
import type { Facet, FilteredAnalytics } from "./filter-analytics";

const TITLES: Readonly<Record<Facet, string>> = { status: "Status", flag: "Flags", platform: "Platform", tactic: "Tactic", component: "Data component", basis: "Basis of references" };
const ORDER: readonly Facet[] = ["status", "flag", "platform", "tactic", "component", "basis"];

function isStatus(value: string): value is Status {
  return value in STATUS_LOOK;
}
function isFlag(value: string): value is Flag {
  return value in FLAG_LOOK;
}

/** The facets of analytics, counted in cells. */
export function FacetPanel({ all, counts, chosen, onToggle }: { all: FilteredAnalytics["counts"]; counts: FilteredAnalytics["counts"]; chosen: Readonly<Record<Facet, readonly string[]>>; onToggle: (facet: string, value: string, on: boolean) => void }) {
  const groups = useMemo(
    () =>
      ORDER.map((facet): FacetGroup => ({
        facet,
        title: TITLES[facet],
        values: listValues(facet, all[facet], chosen[facet]).map((value) => ({ value, ...lookOf(facet, value), count: counts[facet].get(value) ?? 0, chosen: chosen[facet].includes(value) })),
      })),
    [all, counts, chosen],
  );
  return <FacetList groups={groups} onToggle={onToggle} />;
}

function lookOf(facet: Facet, value: string): Pick<FacetGroup["values"][number], "label" | "mark"> {
  if (facet === "status" && isStatus(value)) return { label: STATUS_LOOK[value].word, mark: <StatusGlyph status={value} size={16} silent /> };
  if (facet === "flag" && isFlag(value)) {
    const { glyph, word } = FLAG_LOOK[value];
    return { label: word, mark: glyph ? <span className="text-attn"><Glyph id={glyph} /></span> : null };
  }
  return { label: value };
}

/** Statuses and flags in their own order, the rest by number of cells in the whole table; what is chosen is listed even when nothing has it. */
function listValues(facet: Facet, counts: ReadonlyMap<string, number>, chosen: readonly string[]): string[] {
  const known = new Set([...counts.keys(), ...chosen]);
  if (facet === "status") return STATUS_ORDER.filter((status) => known.has(status));
  if (facet === "flag") return FLAG_ORDER.filter((flag) => known.has(flag));
  return [...known].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
}
