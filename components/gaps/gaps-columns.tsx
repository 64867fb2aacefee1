"use client";
import { createColumnHelper } from "@tanstack/react-table";
import type { features } from "@/components/tables/table-features";
import { formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { formatIsoDay, spellTimes } from "@/lib/shared/format-time";
import { CLOSING_WORD, gapLabel, KIND_WORD, STATE_WORD } from "./gap-words";
import type { GapRow } from "./unpack-gaps";

export interface ChosenGap extends GapRow {
  readonly chosen: boolean;
  readonly overdue: boolean;
  readonly choose: (id: number, on: boolean) => void;
}

const helper = createColumnHelper<typeof features, ChosenGap>();

/** Width in px of each column; none takes what is left. */
export const GAP_WIDTHS: Readonly<Record<string, number>> = { chosen: 36, id: 64, segment: 132, kind: 76, why: 250, cells: 56, alone: 54, points: 80, cost: 74, gain: 134, owner: 120, due: 84, state: 150 };

/** Numbers to the right. */
export const NUMERIC = new Set(["cells", "alone", "points", "cost", "gain"]);

/** Columns with the currency of the costs. */
export function gapsColumns(currency: string) {
  return helper.columns([
    helper.accessor("chosen", {
      id: "chosen",
      header: "✓",
      sortFn: "basic",
      cell: ({ row }) => <input type="checkbox" className="size-3.5 align-middle accent-(--accent)" aria-label={`Choose ${gapLabel(row.original.id)}`} checked={row.original.chosen} onChange={(event) => row.original.choose(row.original.id, event.target.checked)} onClick={(event) => event.stopPropagation()} />,
    }),
    helper.accessor("id", { id: "id", header: "Gap", sortFn: "basic", cell: (info) => <span className="font-mono text-ink-3">{gapLabel(info.getValue())}</span> }),
    helper.accessor("what", { id: "what", header: "What is missing", sortFn: "alphanumeric", cell: (info) => <span className="font-medium" title={info.getValue()}>{info.getValue()}</span> }),
    helper.accessor("segment", { id: "segment", header: "Segment", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
    helper.accessor("kind", { id: "kind", header: "Action", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue() === "none" ? "–" : KIND_WORD[info.getValue()]} /> }),
    helper.accessor("why", { id: "why", header: "Why the cells are open", sortFn: "alphanumeric", cell: (info) => <Quiet text={spellTimes(info.getValue())} /> }),
    helper.accessor("cells", { id: "cells", header: "Cells", sortFn: "basic", cell: (info) => formatCount(info.getValue()) }),
    helper.accessor("alone", { id: "alone", header: "Alone", sortFn: "basic", cell: (info) => formatCount(info.getValue()) }),
    helper.accessor("points", { id: "points", header: "Points", sortFn: "basic", cell: (info) => pointSize(info.getValue()) }),
    helper.accessor("cost", { id: "cost", header: `${currency} a year`, sortFn: "basic", cell: (info) => (info.getValue() < 0 ? <span className="text-ink-3">–</span> : formatCount(info.getValue())) }),
    helper.accessor("gain", { id: "gain", header: `Per 10 k ${currency}`, sortFn: "basic", cell: (info) => (info.getValue() < 0 ? <span className="text-ink-3">–</span> : pointSize(info.getValue())) }),
    helper.accessor("owner", { id: "owner", header: "Owner", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
    helper.accessor((gap) => gap.due || "9999", { id: "due", header: "Due", sortFn: "alphanumeric", cell: ({ row }) => (row.original.due === "" ? <span className="text-ink-3">–</span> : <span className={row.original.overdue ? "font-medium text-attn" : "text-ink-2"} title={row.original.overdue ? "overdue" : undefined}>{formatIsoDay(row.original.due)}</span>) }),
    helper.accessor((gap) => ["open", "planned", "accepted", "done"].indexOf(gap.state), { id: "state", header: "State", sortFn: "basic", cell: ({ row }) => <State gap={row.original} /> }),
  ]);
}

function Quiet({ text }: { text: string }) {
  return text === "" ? <span className="text-ink-3">–</span> : <span className="text-ink-2" title={text}>{text}</span>;
}

function State({ gap: { state, closing, lapsed, expires } }: { gap: ChosenGap }) {
  const more = lapsed ? `acceptance ended ${expires}` : state === "accepted" ? `until ${expires}` : state === "done" && closing !== "" ? CLOSING_WORD[closing] : "";
  return (
    <span title={more === "" ? STATE_WORD[state] : `${STATE_WORD[state]}, ${more}`}>
      {STATE_WORD[state]} {more === "" ? null : <span className={lapsed || closing === "word" ? "text-xs font-medium text-attn" : "text-xs text-ink-3"}>{more}</span>}
    </span>
  );
}
