"use client";
import { createColumnHelper } from "@tanstack/react-table";
import { RequirementPips } from "@/components/status/requirement-pips";
import { StatusGlyph } from "@/components/status/status-glyph";
import type { AnalyticsView } from "@/lib/reports/analytics-view";
import { formatCount } from "@/lib/shared/format-number";
import type { FilteredRow } from "./filter-analytics";
import type { features } from "./table-features";

const helper = createColumnHelper<typeof features, FilteredRow>();

/** Width in px of each column; null takes what is left. */
export const COLUMN_WIDTH: Readonly<Record<string, number | null>> = { id: 74, technique: null, tactic: 130, platform: 84, req: 70, heaviest: 210, gap: 84 };
export const SEGMENT_WIDTH = 62;

function hasCell(row: FilteredRow["row"]): boolean {
  return row.cells.some((position) => position >= 0);
}

/** One column of status per segment, in the order of the view. */
export function analyticsColumns(view: AnalyticsView, columns: readonly number[]) {
  const rank = new Map([...new Set(view.marks.map((mark) => mark.status))].map((status, index) => [status, index]));
  return helper.columns([
    helper.accessor((found) => found.row.id, { id: "id", header: "Analytic", sortFn: "alphanumeric", cell: (info) => <span className="font-mono font-medium">{info.getValue()}</span> }),
    helper.accessor((found) => (found.row.technique ? `${found.row.technique.id} ${found.row.id}` : undefined), {
      id: "technique",
      sortUndefined: "last", // analytics of deprecated strategies have none
      header: "Technique",
      sortFn: "alphanumeric",
      cell: ({ row }) => (
        <span title={row.original.row.technique?.name ?? row.original.row.name}>
          <span className="inline-block w-[70px] font-mono tracking-[-0.03em] text-ink-3">{row.original.row.technique?.id}</span>
          {row.original.row.technique?.name ?? row.original.row.name}
        </span>
      ),
    }),
    helper.accessor((found) => found.row.tactics.join(", "), { id: "tactic", header: "Tactic", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2" title={info.getValue()}>{info.getValue()}</span> }),
    helper.accessor((found) => found.row.platform, { id: "platform", header: "Platform", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2" title={info.getValue()}>{info.getValue()}</span> }),
    helper.accessor((found) => found.row.pips.filter((pip) => pip.state === "proven").length, { id: "req", header: "Req.", sortFn: "basic", cell: ({ row }) => <RequirementPips pips={row.original.row.pips} /> }),
    ...columns.map((column) =>
      helper.accessor((found) => rank.get(view.marks[found.row.cells[column] ?? -1]?.status ?? "not-applicable") ?? -1, {
        id: `segment-${column}`,
        header: view.segments[column]?.name ?? "",
        sortFn: "basic",
        cell: ({ row }) => {
          const mark = view.marks[row.original.row.cells[column] ?? -1];
          return mark ? <StatusGlyph status={mark.status} flags={mark.flags} className="align-middle" /> : <span className="text-ink-3" title="not applicable">–</span>;
        },
      }),
    ),
    helper.accessor((found) => found.row.heaviest, { id: "heaviest", header: "Heaviest reason", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2" title={info.getValue()}>{info.getValue() || (hasCell(info.row.original.row) ? "none open" : "applies to no segment")}</span> }),
    helper.accessor((found) => found.gap, { id: "gap", header: "Weighted gap", sortFn: "basic", cell: (info) => (hasCell(info.row.original.row) ? formatCount(info.getValue()) : <span className="text-ink-3">–</span>) }),
  ]);
}
