"use client";
import { Grid3x3, Search, TableProperties } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import type { MatrixOverlay, MatrixView } from "@/lib/reports/matrix-view";
import { MATRIX_FACETS, type FilteredMatrix, type MatrixFacet } from "./filter-matrix";
import type { LayerActions } from "./layer-actions";
import { LayersDialog } from "./layers-dialog";
import { GroupPicker } from "./group-picker";
import { MatrixFacets, wordOf } from "./matrix-facets";
import { AgainstSelect, DomainSelect } from "./scope-select";
import { ToggleChip } from "./toggle-chip";
import { WhatIfDialog, type ListWhatIf } from "./what-if-dialog";
import { useServerParameter } from "./use-server-parameter";
import { NO_FILTER, type MatrixState, type SetMatrixState } from "./use-matrix-state";

export interface MatrixToolbarProps {
  readonly view: MatrixView;
  readonly state: MatrixState;
  readonly setState: SetMatrixState;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly all: FilteredMatrix["counts"];
  readonly counts: FilteredMatrix["counts"];
  readonly groups: readonly MatrixOverlay[]; // chosen
  readonly layerActions: LayerActions;
  readonly listWhatIf: ListWhatIf;
}

/** How the matrix is looked at and what of it is left. */
export function MatrixToolbar({ view, state, setState, search, all, counts, groups, layerActions, listWhatIf }: MatrixToolbarProps) {
  const [setOverlay, pending] = useServerParameter("overlay");
  const asTable = state.view === "table";
  const toggle = (facet: MatrixFacet, value: string, on: boolean): void => void setState((now) => ({ [facet]: on ? [...now[facet], value] : now[facet].filter((other) => other !== value) }));
  const chips = MATRIX_FACETS.filter((facet) => facet !== "layer" || view.layer !== null).flatMap((facet) => state[facet].map((value) => ({ facet, value })));
  const narrowed = chips.length > 0 || state.q !== "" || state.platform !== null || state.only || state.gaining;
  return (
    <div className="flex flex-wrap items-center gap-2 px-3 pt-2.5 pb-2 md:px-5 print:hidden" role="search">
      <div role="group" aria-label="Form" className="inline-flex overflow-hidden rounded-md border border-line-2">
        {[
          { id: "matrix", label: "Matrix", icon: <Grid3x3 size={14} aria-hidden /> },
          { id: "table", label: "Table", icon: <TableProperties size={14} aria-hidden /> },
        ].map(({ id, label, icon }) => (
          <button key={id} type="button" aria-pressed={(id === "table") === asTable} onClick={() => void setState({ view: id === "table" ? "table" : null })} className="flex h-[26px] items-center gap-1.5 border-l border-line-2 bg-surface px-2.5 text-ink-2 -outline-offset-2 first:border-l-0 hover:bg-hover aria-pressed:bg-surface-3 aria-pressed:font-medium aria-pressed:text-ink">
            {icon}
            {label}
          </button>
        ))}
      </div>
      <label className="flex h-7 w-56 max-w-full items-center gap-1.5 rounded-md border border-line-2 bg-surface px-2 focus-within:outline-2 focus-within:outline-accent">
        <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
        <input ref={search} value={state.q} onChange={(event) => void setState({ q: event.target.value || null })} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} placeholder="Technique, analytic, component" aria-label="Filter techniques" className="w-full min-w-0 bg-transparent text-sm outline-none" />
        <Kbd>/</Kbd>
      </label>
      <DomainSelect view={view} />
      {view.platforms.length > 1 ? (
        <Select label="Platform" value={state.platform ?? "all"} onChange={(value) => void setState({ platform: value === "all" ? null : value })} options={[{ value: "all", label: "every platform" }, ...view.platforms.map((value) => ({ value, label: value }))]} />
      ) : null}
      <AgainstSelect view={view} />
      <MatrixFacets all={all} counts={counts} chosen={state} sideBySide={view.scopes.length > 1} layer={view.layer !== null} onToggle={toggle} />
      <GroupPicker overlays={view.overlays} chosen={groups.map(({ id }) => id)} only={state.only} onChoose={(ids) => void setState({ groups: ids.length === 0 ? null : [...ids], ...(ids.length === 0 ? { only: null } : {}) })} onOnly={(only) => void setState({ only: only || null })} />
      <span aria-busy={pending} className={pending ? "opacity-60" : undefined}>
        <LayersDialog view={view} open={state.layers} onOpen={(open) => void setState({ layers: open || null })} chosen={view.layer?.id ?? null} onChoose={(id) => setOverlay(id === null ? null : `layer:${id}`)} actions={layerActions} />
      </span>
      <WhatIfDialog view={view} list={listWhatIf} />
      <ToggleChip on={state.subs} onChange={(on) => void setState({ subs: on || null, open: null })} title="Show every sub-technique below its technique">
        Sub-techniques
      </ToggleChip>
      <ToggleChip on={state.all} onChange={(on) => void setState({ all: on || null })} title="Show techniques too of which nothing applies here">
        Not applicable
      </ToggleChip>
      {asTable ? null : (
        <ToggleChip on={state.numbers} onChange={(on) => void setState({ numbers: on ? null : false })} title="Print share and count in every cell">
          Numbers
        </ToggleChip>
      )}
      {chips.map(({ facet, value }) => (
        <Chip key={`${facet} ${value}`} active onRemove={() => toggle(facet, value, false)} removeLabel={`Remove ${wordOf(facet, value)}`}>
          {wordOf(facet, value)}
        </Chip>
      ))}
      {narrowed ? (
        <Button variant="ghost" onClick={() => void setState(NO_FILTER)}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
