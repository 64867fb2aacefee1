"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type MouseEvent } from "react";
import { Metric } from "@/components/metric/metric";
import { Glyph } from "@/components/status/status-glyph";
import { FLAG_LOOK, STATUS_LOOK } from "@/components/status/status-table";
import { classNames } from "@/components/ui/class-names";
import type { Flag, Status } from "@/lib/assessment/status";
import type { StandCounts } from "./layer-stands";
import type { GroupNumber } from "./read-numbers";
import { StandMarks } from "./stand-mark";

export const CELL_HEIGHT = 38; // 35 and the gap below
const CORNERS: readonly Flag[] = ["contradicted", "silent", "stale"];

export interface MatrixCellProps {
  readonly label: string; // everything that the cell shows, in words
  readonly name: string;
  readonly numbers: readonly (GroupNumber | undefined)[]; // one scope, or two side by side
  readonly bar: string | null; // of the sub-techniques that are folded
  readonly below: number;
  readonly open: boolean;
  readonly sub: boolean;
  readonly aside: boolean;
  readonly used: number; // chosen groups that use it
  readonly stands: StandCounts | null; // beside a layer that is laid over
  readonly family: boolean; // they are of several techniques
  readonly gained: readonly number[]; // by scope, cells that a choice would add; empty: none is thought through
  readonly shares: boolean;
  readonly left: number;
  readonly width: number;
  readonly column: number; // as the grid counts, from 0
  readonly row: number;
  readonly current: boolean; // takes the focus
  readonly chosen: boolean; // in the panel
  readonly onPick: (column: number, row: number) => void;
  readonly onToggle: (column: number, row: number) => void;
}

/** One technique in one tactic. Flat on purpose: hundreds of them are drawn at once. */
export const MatrixCell = memo(function MatrixCell(props: MatrixCellProps) {
  const { label, name, numbers, bar, below, open, sub, aside, used, stands, family, gained, shares, left, width, column, row, current, chosen } = props;
  const gain = gained.reduce((sum, cells) => sum + cells, 0);
  const only = numbers.length === 1 ? numbers[0] : undefined;
  const toggle = (event: MouseEvent): void => {
    event.stopPropagation();
    props.onToggle(column, row);
  };
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      aria-label={label}
      aria-selected={chosen}
      aria-expanded={below > 0 ? open : undefined}
      title={label}
      tabIndex={current ? 0 : -1}
      data-place={`${column} ${row}`}
      onClick={() => props.onPick(column, row)}
      style={{ left: sub ? left + 12 : left, width: (sub ? width - 12 : width) - 4 }}
      className={classNames(
        "absolute top-0 flex h-[35px] cursor-default items-stretch overflow-hidden rounded-sm border bg-surface hover:bg-hover",
        chosen && "z-[1] border-transparent bg-accent-soft outline-2 outline-offset-1 outline-accent hover:bg-accent-soft",
        used > 0 && !chosen && "border-ink-2",
      )}
    >
      {numbers.map((number, index) => (
        <StatusBlock key={index} status={number?.status ?? "not-applicable"} flags={number?.flags ?? []} />
      ))}
      {gain > 0
        ? gained.map((cells, index) => (
            <span key={index} aria-hidden className={classNames("grid w-[25px] shrink-0 place-items-center border-r border-dashed border-accent text-xs", cells > 0 && "hatch")}>
              {cells > 0 ? <span className="rounded-[2px] bg-surface px-0.5 leading-[15px] text-ink">+{cells}</span> : null}
            </span>
          ))
        : null}
      <span className={classNames("line-clamp-2 min-w-0 flex-1 self-center px-1.5 text-xs leading-[14px] tracking-[-0.012em]", aside ? "text-ink-3" : "text-ink", bar !== null && "mb-[3px]")}>{name}</span>
      {used > 0 ? (
        <span aria-hidden className="mt-0.5 self-start rounded-sm bg-ink px-1 text-xs leading-[14px] text-surface">
          {used}
        </span>
      ) : null}
      {stands === null ? null : <StandMarks counts={stands} family={family} className="mt-0.5 mr-0.5 items-end self-start" />}
      {shares ? (
        <span className={classNames("min-w-[42px] self-center", below === 0 && "pr-4")}>
          {only ? <Metric measure="observed-share" size="cell" value={only.value} low={only.low} high={only.high} k={only.k} n={only.n} /> : numbers.map((number, index) => <CountLine key={index} number={number} />)}
        </span>
      ) : null}
      {below > 0 ? (
        <span onClick={toggle} aria-hidden className={classNames("grid w-4 shrink-0 place-items-center text-ink-3 hover:text-ink", !shares && "mr-0.5")}>
          {open ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
        </span>
      ) : null}
      {bar === null ? null : <i className="absolute right-0 bottom-0 h-[3px]" style={{ left: 22 * numbers.length + (gain > 0 ? 25 * gained.length : 0), background: bar }} />}
    </div>
  );
});

function StatusBlock({ status, flags }: { status: Status; flags: readonly Flag[] }) {
  const look = STATUS_LOOK[status];
  const corner = CORNERS.find((flag) => flags.includes(flag));
  const glyph = corner && FLAG_LOOK[corner].glyph;
  return (
    <span className={classNames("relative grid w-[22px] shrink-0 place-items-center border-r", look.className, status === "unassessable" && "border-dotted")}>
      <Glyph id={look.glyph} size={11} />
      {glyph ? (
        <span className="absolute top-0 right-0 grid size-[11px] place-items-center rounded-bl-sm bg-surface text-attn">
          <Glyph id={glyph} size={9} />
        </span>
      ) : null}
    </span>
  );
}

function CountLine({ number }: { number: GroupNumber | undefined }) {
  return (
    <span aria-hidden className="block text-right text-xs leading-[15px] text-ink-2">
      {number === undefined ? "–" : `${number.k}/${number.n}`}
    </span>
  );
}
