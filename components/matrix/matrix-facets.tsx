"use client";
import { ListFilter } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { Glyph, StatusGlyph } from "@/components/status/status-glyph";
import { FLAG_LOOK, FLAG_ORDER, STATUS_LOOK, STATUS_ORDER } from "@/components/status/status-table";
import { FacetList, type FacetGroup } from "@/components/tables/facet-list";
import { Button } from "@/components/ui/button";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import { LAYER_STANDS, STAND_WORD } from "./layer-stands";
import { StandSign } from "./stand-mark";
import { MATRIX_FACETS, type FilteredMatrix, type MatrixFacet } from "./filter-matrix";

const TITLES: Readonly<Record<MatrixFacet, string>> = { status: "Status", flag: "Flags", component: "Data component", rule: "Rules", differs: "Side by side", layer: "Their layer" };
const WORDS: Readonly<Record<string, string>> = { linked: "a rule is linked", none: "no rule is linked", status: "the status differs", number: "only the count differs", same: "the same" };
const ORDER: Partial<Readonly<Record<MatrixFacet, readonly string[]>>> = { status: STATUS_ORDER, flag: FLAG_ORDER, rule: ["linked", "none"], differs: ["status", "number", "same"], layer: LAYER_STANDS };

/** What a value of a facet is called. */
export function wordOf(facet: MatrixFacet, value: string): string {
  const status = facet === "status" ? STATUS_ORDER.find((one) => one === value) : undefined;
  const flag = facet === "flag" ? FLAG_ORDER.find((one) => one === value) : undefined;
  const stand = facet === "layer" ? LAYER_STANDS.find((one) => one === value) : undefined;
  return stand ? STAND_WORD[stand] : status ? STATUS_LOOK[status].word : flag ? FLAG_LOOK[flag].word : facet === "component" ? value : (WORDS[value] ?? value);
}

/** What can be narrowed, counted in the techniques that each choice would leave. all: the counts without any choice. */
export function MatrixFacets({ all, counts, chosen, sideBySide, layer, onToggle }: { all: FilteredMatrix["counts"]; counts: FilteredMatrix["counts"]; chosen: Readonly<Record<MatrixFacet, readonly string[]>>; sideBySide: boolean; layer: boolean; onToggle: (facet: MatrixFacet, value: string, on: boolean) => void }) {
  const groups = useMemo(
    () =>
      MATRIX_FACETS.filter((facet) => (facet !== "differs" || sideBySide) && (facet !== "layer" || layer)).map((facet): FacetGroup => {
        const rank = (value: string): number => ORDER[facet]?.indexOf(value) ?? 0;
        const values = [...new Set([...all[facet].keys(), ...chosen[facet]])].sort((a, b) => rank(a) - rank(b) || (all[facet].get(b) ?? 0) - (all[facet].get(a) ?? 0) || (a < b ? -1 : 1));
        return { facet, title: TITLES[facet], values: values.map((value) => ({ value, label: wordOf(facet, value), mark: markOf(facet, value), count: counts[facet].get(value) ?? 0, chosen: chosen[facet].includes(value) })) };
      }),
    [all, counts, chosen, sideBySide, layer],
  );
  const on = MATRIX_FACETS.reduce((sum, facet) => sum + chosen[facet].length, 0);
  return (
    <PopoverRoot>
      <PopoverTrigger asChild>
        <Button>
          <ListFilter size={14} aria-hidden />
          Filters{on > 0 ? ` ${on}` : ""}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" aria-label="Filters" className="max-h-[min(560px,70dvh)] w-72 overflow-y-auto p-0">
        <FacetList
          groups={groups}
          onToggle={(name, value, checked) => {
            const facet = MATRIX_FACETS.find((one) => one === name);
            if (facet) onToggle(facet, value, checked);
          }}
        />
      </PopoverContent>
    </PopoverRoot>
  );
}

function markOf(facet: MatrixFacet, value: string): ReactNode {
  const status = facet === "status" ? STATUS_ORDER.find((one) => one === value) : undefined;
  if (status) return <StatusGlyph status={status} size={16} silent />;
  const stand = facet === "layer" ? LAYER_STANDS.find((one) => one === value) : undefined;
  if (stand) return <StandSign stand={stand} />;
  const flag = facet === "flag" ? FLAG_ORDER.find((one) => one === value) : undefined;
  const glyph = flag && FLAG_LOOK[flag].glyph;
  return glyph ? (
    <span className="text-attn">
      <Glyph id={glyph} />
    </span>
  ) : null;
}
