"use client";
import { createColumnHelper } from "@tanstack/react-table";
import type { features } from "@/components/tables/table-features";
import type { DeployedLine } from "@/lib/reports/deployed-view";
import { DEPLOYMENT_WORDS } from "./filter-deployed";

const helper = createColumnHelper<typeof features, DeployedLine>();

export const DEPLOYED_WIDTHS: Readonly<Record<string, number>> = { deployment: 150, system: 120, runs: 90, schedule: 120, lastRun: 130, lastAlert: 130, fires: 160 };
const RANK = ["both", "siem-only", "ours-only"];
const MATCH_WORDS: Readonly<Record<string, string>> = { "sigma-id": "by its Sigma id", title: "by its title", hand: "by hand" };

export const deployedColumns = helper.columns([
  helper.accessor("name", { id: "name", header: "Rule", sortFn: "alphanumeric", cell: ({ row }) => <Name line={row.original} /> }),
  helper.accessor(({ deployment }) => RANK.indexOf(deployment), { id: "deployment", header: "Where", sortFn: "basic", cell: ({ row: { original } }) => <span className={original.deployment === "both" ? "text-ink-2" : "font-medium"}>{DEPLOYMENT_WORDS[original.deployment]}</span> }),
  helper.accessor("system", { id: "system", header: "SIEM", sortFn: "alphanumeric", cell: (info) => <Quiet text={info.getValue()} /> }),
  helper.accessor("runs", { id: "runs", header: "Runs", sortFn: "alphanumeric", cell: ({ row }) => (row.original.deployment === "ours-only" ? <Quiet text="" /> : <span className={row.original.runs === "disabled" ? "font-medium text-attn" : "text-ink-2"}>{row.original.runs}</span>) }),
  helper.accessor("schedule", { id: "schedule", header: "Schedule", sortFn: "alphanumeric", cell: (info) => <span className="font-mono tracking-[-0.03em] text-ink-2" title={info.getValue()}>{info.getValue() || "–"}</span> }),
  helper.accessor("lastRun", { id: "lastRun", header: "Last run", sortFn: "alphanumeric", cell: ({ row }) => (row.original.ran === "never ran" ? <span className="font-medium text-attn">never</span> : <Quiet text={day(row.original.lastRun)} />) }),
  helper.accessor("lastAlert", { id: "lastAlert", header: "Last alert", sortFn: "alphanumeric", cell: (info) => <Quiet text={day(info.getValue())} /> }),
  helper.accessor("fires", { id: "fires", header: "Our rule", sortFn: "alphanumeric", cell: (info) => <span className={info.getValue() === "cannot fire anywhere" ? "font-medium text-attn" : "text-ink-2"}>{info.getValue()}</span> }),
]);

function Name({ line }: { line: DeployedLine }) {
  const match = MATCH_WORDS[line.matchedBy];
  return <span className="font-medium" title={match === undefined ? line.name : `${line.name}: our rule "${line.title}", ${match}`}>{line.name}</span>;
}

function Quiet({ text }: { text: string }) {
  return text === "" ? <span className="text-ink-3">–</span> : <span className="text-ink-2" title={text}>{text}</span>;
}

function day(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
