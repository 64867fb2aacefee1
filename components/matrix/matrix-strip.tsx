"use client";
import { useState, type KeyboardEvent } from "react";
import { classNames } from "@/components/ui/class-names";
import { STATUS_LOOK } from "@/components/status/status-table";
import type { Status } from "@/lib/assessment/status";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { DescribedRow } from "./describe-row";
import type { MatrixRow } from "./filter-matrix";
import type { MatrixColumn } from "./lay-out";

const ACROSS = 9; // dots in a line
const PITCH = 6;

export interface MatrixStripProps {
  readonly view: MatrixView;
  readonly columns: readonly MatrixColumn[];
  readonly describe: (row: MatrixRow) => DescribedRow;
  readonly seen: { readonly firstColumn: number; readonly lastColumn: number };
  readonly onGo: (column: number) => void;
}

/** The whole matrix at a glance: a dot per technique, the columns in sight framed. A click or an arrow key brings a tactic into sight. */
export function MatrixStrip({ view, columns, describe, seen, onGo }: MatrixStripProps) {
  const [at, setAt] = useState(0);
  const here = Math.min(at, columns.length - 1);
  const external = view.tactics.filter((tactic) => tactic.external);
  const go = (column: number, target: EventTarget & Element): void => {
    setAt(column);
    onGo(column);
    target.querySelectorAll<HTMLElement>("button")[column]?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next: Readonly<Record<string, number>> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: columns.length - 1 };
    const column = next[event.key];
    if (column === undefined) return;
    event.preventDefault();
    go(Math.max(0, Math.min(columns.length - 1, column)), event.currentTarget);
  };
  return (
    <div className="flex h-[86px] shrink-0 items-start gap-1.5 overflow-x-auto border-y bg-surface-2 px-3 py-2 max-md:h-auto md:px-5 print:hidden">
      <div className="flex w-[118px] shrink-0 flex-col text-xs leading-4 text-ink-2">
        <span className="font-medium text-ink">Whole matrix</span>
        <span>{counted(view.analytics, "analytic")}</span>
        <span>{counted(view.tactics.length - external.length, "tactic")}</span>
        {external.length > 0 ? (
          <span title={`${external.map(({ name }) => name).join(" and ")} happen outside any fleet: external, never counted`}>
            {formatCount(external.length)} more {external.length === 1 ? "is" : "are"} external
          </span>
        ) : null}
      </div>
      <div role="toolbar" aria-label="Whole matrix" onKeyDown={onKeyDown} className="flex min-w-0 flex-1 gap-1.5 max-md:hidden">
        {columns.map((column, index) => {
          const tactic = view.tactics[column.tactic];
          const inSight = index >= seen.firstColumn && index <= seen.lastColumn;
          return tactic === undefined ? null : (
            <button
              key={tactic.id}
              type="button"
              tabIndex={index === here ? 0 : -1}
              aria-label={`${tactic.name}: ${counted(column.rows.length, "technique")}${inSight ? ", in sight" : ""}`}
              title={tactic.name}
              onClick={(event) => {
                setAt(index);
                onGo(index);
                event.currentTarget.focus({ preventScroll: true });
              }}
              className={classNames("flex h-[70px] min-w-6 flex-1 items-start overflow-hidden rounded-sm p-[3px]", inSight ? "bg-surface shadow-[0_0_0_1px_var(--line-2)]" : "hover:bg-surface-3")}
            >
              <Dots statuses={column.rows.filter((row) => !row.aside).map((row) => describe(row).numbers[0]?.status ?? "not-applicable")} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** One dot per technique, all of one status in one path: a thousand techniques are a hundred elements. */
function Dots({ statuses }: { statuses: readonly Status[] }) {
  const places = new Map<Status, string>();
  statuses.forEach((status, index) => {
    const [x, y] = [(index % ACROSS) * PITCH, Math.floor(index / ACROSS) * PITCH];
    const hollow = status === "blind" || status === "unassessable" || status === "not-applicable";
    places.set(status, `${places.get(status) ?? ""}M${x + (hollow ? 0.5 : 0)} ${y + (hollow ? 0.5 : 0)}h${hollow ? 4 : 5}v${hollow ? 4 : 5}h-${hollow ? 4 : 5}z`);
  });
  const lines = Math.max(1, Math.ceil(statuses.length / ACROSS));
  return (
    <svg aria-hidden viewBox={`0 0 ${ACROSS * PITCH - 1} ${lines * PITCH - 1}`} preserveAspectRatio="xMinYMin meet" className="block max-h-full w-full" style={{ maxWidth: ACROSS * PITCH * 1.25 }}>
      {[...places].map(([status, path]) => (
        <path key={status} d={path} className={STATUS_LOOK[status].className} style={status === "blind" || status === "unassessable" || status === "not-applicable" ? { fill: "none", stroke: "var(--edge)", background: "none", strokeDasharray: status === "unassessable" ? "1 1" : undefined } : { fill: "var(--fill)", background: "none" }} />
      ))}
    </svg>
  );
}
