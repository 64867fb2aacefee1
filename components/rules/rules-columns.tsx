"use client";
import { createColumnHelper } from "@tanstack/react-table";
import type { features } from "@/components/tables/table-features";
import type { RuleLine } from "@/lib/reports/rules-view";
import { formatCount } from "@/lib/shared/format-number";
import { LEVELS, STATE_WORDS } from "./rule-words";

const helper = createColumnHelper<typeof features, RuleLine>();

/** Width in px of each column; none takes what is left. */
export const RULE_WIDTHS: Readonly<Record<string, number>> = { level: 92, product: 78, category: 134, techniques: 96, author: 136, source: 112, serves: 104, state: 92 };

const rankOf = (level: string): number => (LEVELS.includes(level) ? LEVELS.indexOf(level) : LEVELS.length);

export const rulesColumns = helper.columns([
  helper.accessor("title", { id: "title", header: "Rule", sortFn: "alphanumeric", cell: (info) => <span className="font-medium" title={info.getValue()}>{info.getValue()}</span> }),
  helper.accessor((rule) => rankOf(rule.level), { id: "level", header: "Level", sortFn: "basic", cell: ({ row }) => <Quiet text={row.original.level} /> }),
  helper.accessor("product", { id: "product", header: "Product", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
  helper.accessor("category", { id: "category", header: "Category or service", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
  helper.accessor((rule) => rule.techniques.join(" "), { id: "techniques", header: "Techniques", sortFn: "alphanumeric", cell: (info) => <span className="font-mono tracking-[-0.03em] text-ink-3" title={info.getValue()}>{info.getValue() || "–"}</span> }),
  helper.accessor((rule) => rule.serves.length * 1000 + rule.proposed, { id: "serves", header: "Serves", sortFn: "basic", cell: ({ row }) => <Serves rule={row.original} /> }),
  helper.accessor("state", { id: "state", header: "State", sortFn: "alphanumeric", cell: (info) => <span className={info.getValue() === "evaluated" ? "text-ink-2" : "font-medium text-attn"}>{STATE_WORDS[info.getValue()]}</span> }),
  helper.accessor("author", { id: "author", header: "Author", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
  helper.accessor("source", { id: "source", header: "Source", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
]);

function Quiet({ text }: { text: string }) {
  return text === "" ? <span className="text-ink-3">–</span> : <span className="text-ink-2" title={text}>{text}</span>;
}

function Serves({ rule }: { rule: RuleLine }) {
  if (rule.serves.length > 0) return <span title={rule.serves.join(", ")}><span className="font-mono">{rule.serves[0]}</span>{rule.serves.length > 1 ? ` and ${formatCount(rule.serves.length - 1)} more` : null}</span>;
  return rule.proposed > 0 ? <span className="text-ink-3">{formatCount(rule.proposed)} proposed</span> : <span className="text-ink-3">–</span>;
}
