"use client";
import { createColumnHelper } from "@tanstack/react-table";
import { LEVELS } from "@/components/rules/rule-words";
import type { features } from "@/components/tables/table-features";
import type { CheckView } from "@/lib/reports/rule-check-view";
import { formatCount } from "@/lib/shared/format-number";
import { CheckGlyph } from "./check-glyph";
import { CHANGE_WORDS } from "./check-words";
import type { CheckRow } from "./filter-checks";

const helper = createColumnHelper<typeof features, CheckRow>();

export const CHECK_WIDTHS: Readonly<Record<string, number>> = { level: 92, category: 150, able: 84, field: 150, change: 120, serves: 110 };
export const SEGMENT_WIDTH = 62;

/** One column of state per segment that is shown. */
export function checkColumns(view: CheckView, shown: readonly number[]) {
  return helper.columns([
    helper.accessor(({ rule }) => rule.title, { id: "title", header: "Rule", sortFn: "alphanumeric", cell: ({ row }) => <span className="font-medium" title={`${row.original.rule.title}, by ${row.original.rule.author || "an author who is not stated"}`}>{row.original.rule.title}</span> }),
    helper.accessor(({ rule }) => (LEVELS.includes(rule.level) ? LEVELS.indexOf(rule.level) : LEVELS.length), { id: "level", header: "Level", sortFn: "basic", cell: ({ row }) => <Quiet text={row.original.rule.level} /> }),
    helper.accessor(({ rule }) => rule.category, { id: "category", header: "Category or service", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
    ...shown.map((at) =>
      helper.accessor(({ rule }) => Number(rule.states[at] ?? 9), {
        id: `segment-${at}`,
        header: view.segments[at]?.name ?? "",
        sortFn: "basic",
        cell: (info) => {
          const state = view.states[info.getValue()];
          return state === undefined ? null : <CheckGlyph state={state} />;
        },
      }),
    ),
    helper.accessor("able", { id: "able", header: "Can fire in", sortFn: "basic", cell: ({ row: { original } }) => <span className={original.able === 0 && original.of > 0 ? "font-medium" : "text-ink-2"}>{formatCount(original.able)} of {formatCount(original.of)}</span> }),
    helper.accessor(({ rule }) => rule.field, { id: "field", header: "Field in the way", sortFn: "alphanumeric", cell: (info) => <span className="font-mono tracking-[-0.03em] text-ink-2" title={info.getValue()}>{info.getValue() || "–"}</span> }),
    helper.accessor("change", { id: "change", header: "Since the run before", sortFn: "alphanumeric", cell: (info) => <span className={info.getValue() === "silent" ? "font-medium text-attn" : "text-ink-3"}>{CHANGE_WORDS[info.getValue()]}</span> }),
    helper.accessor(({ rule }) => rule.serves.join(" "), { id: "serves", header: "Serves", sortFn: "alphanumeric", cell: ({ row }) => <Serves analytics={row.original.rule.serves} /> }),
  ]);
}

function Quiet({ text }: { text: string }) {
  return text === "" ? <span className="text-ink-3">–</span> : <span className="text-ink-2" title={text}>{text}</span>;
}

function Serves({ analytics }: { analytics: readonly string[] }) {
  const [first] = analytics;
  if (first === undefined) return <span className="text-ink-3">–</span>;
  return <span title={analytics.join(", ")}><span className="font-mono">{first}</span>{analytics.length > 1 ? ` +${formatCount(analytics.length - 1)}` : ""}</span>;
}
