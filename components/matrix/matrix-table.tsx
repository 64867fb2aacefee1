"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { Metric } from "@/components/metric/metric";
import { StatusBar } from "@/components/status/status-bar";
import { StatusGlyph, statusTitle } from "@/components/status/status-glyph";
import { FLAG_ORDER } from "@/components/status/status-table";
import { FlagWords, StatusWord } from "@/components/status/status-word";
import { classNames } from "@/components/ui/class-names";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { formatCount } from "@/lib/shared/format-number";
import type { DescribedRow } from "./describe-row";
import type { MatrixRow } from "./filter-matrix";
import { sortRows } from "./sort-rows";
import { StandMarks } from "./stand-mark";

const ROW = 36;
const FLAGS = 2; // in words; how many more is said

export interface MatrixTableProps {
  readonly view: MatrixView;
  readonly rows: readonly MatrixRow[];
  readonly describe: (row: MatrixRow) => DescribedRow;
  readonly sort: string; // a column, with - in front for descending
  readonly onSort: (sort: string) => void;
  readonly selected: number | null;
  readonly onSelect: (technique: number, tactic: number) => void;
}

interface Column {
  readonly id: string;
  readonly head: string;
  readonly number?: boolean;
  readonly how?: MeasureId;
  readonly width: number;
}

/** The matrix as a table, each technique once, under the same filters. With the fleet in view, every segment has a column of glyphs. */
export function MatrixTable({ view, rows, describe, sort, onSort, selected, onSelect }: MatrixTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useMemo(() => sortRows(view, rows, describe, sort), [view, rows, describe, sort]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ count: sorted.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10, initialRect: { width: 1100, height: 700 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const strips = view.scopes.length === 1 ? view.strips : null;
  const columns: readonly Column[] = [
    { id: "id", head: "Id", width: 100 },
    { id: "name", head: "Technique", width: 230 },
    { id: "tactic", head: "Tactics", width: 170 },
    ...view.scopes.flatMap((scope, index): Column[] => {
      const of = view.scopes.length > 1 ? `, ${scope.name}` : "";
      return [
        { id: `status${index}`, head: `Status${of}`, width: 128 },
        { id: `share${index}`, head: `Observed${of}`, number: true, how: "observed-share", width: 150 },
        { id: `cells${index}`, head: `Cells by status${of}`, how: "status-counts", width: 150 },
      ];
    }),
    ...(view.projection?.state === "projected" ? [{ id: "gained", head: "Would become observed", number: true, how: "projected-share", width: 120 } as const] : []),
    ...(view.layer === null ? [] : [{ id: "layer", head: view.layer.name, width: 300 }]),
    { id: "flags", head: "Flags", width: 176 },
    { id: "rules", head: "Analytics with a rule", number: true, width: 92 },
  ];
  const descending = sort.startsWith("-");
  const by = descending ? sort.slice(1) : sort;
  return (
    <div ref={scroller} role="region" aria-label="Matrix table" tabIndex={0} className="min-h-0 min-w-0 flex-1 overflow-auto bg-surface max-md:h-[70dvh] max-md:flex-none">
      <table className="w-full table-fixed border-collapse text-xs" style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) + (strips?.segments.length ?? 0) * 26 }} aria-rowcount={sorted.length + 1}>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            {columns.map(({ id, head, number, how, width }) => (
              <th key={id} scope="col" style={{ width }} aria-sort={by !== id ? "none" : descending ? "descending" : "ascending"} className={classNames("h-11 border-b px-2 align-bottom font-medium text-ink-2 first:pl-4", number ? "text-right" : "text-left")}>
                <button type="button" onClick={() => onSort(by === id && !descending ? `-${id}` : id)} className={classNames("inline-flex min-h-6 max-w-full items-end gap-0.5 pb-1 hover:text-ink", number ? "text-right" : "text-left", by === id && "text-ink")}>
                  <span className="line-clamp-2">{head}</span>
                  {by === id ? descending ? <ArrowDown size={12} aria-hidden className="shrink-0" /> : <ArrowUp size={12} aria-hidden className="shrink-0" /> : null}
                </button>
                {how === undefined ? null : <HowComputed measure={how} className="mb-1" />}
              </th>
            ))}
            {strips?.segments.map(({ id, name }) => (
              <th key={id} scope="col" title={name} className="h-11 w-[26px] border-b p-0 align-bottom font-medium text-ink-2">
                <span aria-hidden className="block truncate pb-1 text-center">
                  {initialsOf(name)}
                </span>
                <span className="sr-only">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = sorted[item.index];
            const technique = row && view.techniques[row.technique];
            if (row === undefined || technique === undefined) return null;
            const said = describe(row);
            const strip = row.whole && row.below > 0 ? (strips?.whole[row.technique] ?? "") : (strips?.own[row.technique] ?? "");
            const found = new Set(said.numbers.flatMap((number) => number?.flags ?? []));
            const flags = FLAG_ORDER.filter((flag) => found.has(flag)); // worst first
            const on = row.technique === selected;
            return (
              <tr key={technique.id} aria-rowindex={item.index + 2} aria-selected={on} onClick={() => onSelect(row.technique, technique.tactics[0] ?? 0)} style={{ height: ROW }} className={classNames("cursor-default hover:bg-hover [&>td]:truncate [&>td]:border-b [&>td]:px-2 [&>td:first-child]:pl-4", on && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft")}>
                <td className="font-mono">{technique.id}</td>
                <td title={said.label} className={said.sub ? "pl-6!" : undefined}>
                  <button type="button" onClick={() => onSelect(row.technique, technique.tactics[0] ?? 0)} className="max-w-full truncate text-left text-accent hover:underline">
                    {technique.name}
                  </button>
                  {row.whole && row.below > 0 ? <span className="text-ink-3"> with {formatCount(row.below)} below</span> : null}
                </td>
                <td className="text-ink-2">{technique.tactics.map((position) => view.tactics[position]?.name).join(", ")}</td>
                {said.numbers.flatMap((number, index) => [
                  <td key={`status${index}`}>
                    <StatusWord status={number?.status ?? "not-applicable"} flags={number?.flags} />
                  </td>,
                  <td key={`share${index}`} className="text-right leading-4">
                    {number === undefined ? <span className="text-ink-3">–</span> : <Metric measure="observed-share" size="row" value={number.value} low={number.low} high={number.high} k={number.k} n={number.n} />}
                  </td>,
                  <td key={`cells${index}`}>{number === undefined ? null : <StatusBar counts={number.counts} height={14} />}</td>,
                ])}
                {said.gained.length === 0 ? null : (
                  <td className="text-right">
                    {said.gained.every((cells) => cells === 0) ? <span className="text-ink-3">–</span> : <span className="hatch inline-block rounded-sm border border-dashed border-accent px-0.5"><span className="rounded-sm bg-surface px-1">{said.gained.map((cells) => `+${formatCount(cells)}`).join(" · ")}</span></span>}
                  </td>
                )}
                {said.stands === null ? null : (
                  <td title={said.said}>
                    <span className="flex items-center gap-1.5">
                      <StandMarks counts={said.stands} family={said.family} className="flex-row" />
                      <span className="truncate">{said.said}</span>
                    </span>
                  </td>
                )}
                <td>
                  <span className="inline-flex gap-2" title={flags.length > FLAGS ? statusTitle(said.numbers[0]?.status ?? "not-applicable", flags) : undefined}>
                    <FlagWords flags={flags.slice(0, FLAGS)} />
                    {flags.length > FLAGS ? <span className="text-ink-3">+{formatCount(flags.length - FLAGS)}</span> : null}
                  </span>
                </td>
                <td className="text-right">
                  {formatCount(technique.linked)} of {formatCount(technique.analytics.length)}
                </td>
                {strips?.segments.map(({ id, name }, column) => (
                  <td key={id} className="p-0! text-center" title={name}>
                    <span className="inline-grid place-items-center align-middle">
                      <StatusGlyph status={view.statuses[Number(strip[column] ?? 0)] ?? "not-applicable"} size={18} />
                    </span>
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </table>
      {strips !== null && strips.left > 0 ? <p className="sticky left-0 px-4 py-1.5 text-xs text-ink-3">Columns of the {formatCount(strips.segments.length)} heaviest segments; {formatCount(strips.left)} more are in the numbers.</p> : null}
    </div>
  );
}

/** "Windows Workstations" -> "WW", "macOS Engineering" -> "mE", "Segment 13" -> "13". */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const number = /\d+$/.exec(name)?.[0];
  if (number !== undefined) return number.slice(-3);
  return words.length === 1 ? name.slice(0, 2) : `${words[0]?.[0] ?? ""}${words.at(-1)?.[0] ?? ""}`;
}
