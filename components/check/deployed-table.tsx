"use client";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useMemo, type ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { BrowseTable } from "@/components/tables/browse-table";
import { facetGroups } from "@/components/tables/count-facets";
import { FacetList } from "@/components/tables/facet-list";
import { useFacetToggle } from "@/components/tables/use-facet-toggle";
import { Button } from "@/components/ui/button";
import type { DeployedLine, DeployedView } from "@/lib/reports/deployed-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { DEPLOYED_WIDTHS, deployedColumns } from "./deployed-columns";
import { DEPLOYED_FACETS, DEPLOYMENT_WORDS, filterDeployed, type Chosen, type DeployedFacet } from "./filter-deployed";
import { unpackDeployed } from "./unpack-deployed";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const FACETS_IN_ADDRESS = { deployment: many, runs: many, ran: many, alerted: many, fires: many, system: many, level: many };
const NO_FILTER = { q: null, deployment: null, runs: null, ran: null, alerted: null, fires: null, system: null, level: null };
const TITLES: Readonly<Record<DeployedFacet, string>> = { deployment: "Where", runs: "Runs", ran: "Last run", alerted: "Last alert", fires: "Our rule", system: "SIEM", level: "Level" };

const rowId = (line: DeployedLine): string => line.id;
const hrefOf = (line: DeployedLine): string => (line.ruleId === null ? `/rules?q=${encodeURIComponent(line.name)}` : `/rules/${line.ruleId}`);
const cellClass = (): undefined => undefined;
const widthOf = (column: string): number | undefined => DEPLOYED_WIDTHS[column];

/** Rules as SIEMs list them beside ours. */
export function DeployedTable({ view, children }: { view: DeployedView; children: ReactNode }) {
  const [state, setState] = useQueryStates({ q: parseAsString.withDefault(""), ...FACETS_IN_ADDRESS, sort: parseAsString.withDefault("deployment"), row: parseAsString }, { history: "replace", shallow: true });
  const chosen = useMemo<Chosen>(
    () => ({ deployment: state.deployment, runs: state.runs, ran: state.ran, alerted: state.alerted, fires: state.fires, system: state.system, level: state.level }),
    [state.deployment, state.runs, state.ran, state.alerted, state.fires, state.system, state.level],
  );
  const text = useDeferredValue(state.q);
  const lines = useMemo(() => unpackDeployed(view.lines), [view.lines]);
  const filtered = useMemo(() => filterDeployed(lines, text, chosen), [lines, text, chosen]);
  const all = useMemo(() => filterDeployed(lines, "", null), [lines]);
  const groups = useMemo(() => facetGroups(DEPLOYED_FACETS, all, filtered, chosen, { titles: TITLES, label: labelOf, ranks: { deployment: ["both", "siem-only", "ours-only"] } }), [all, filtered, chosen]);
  const toggle = useFacetToggle(DEPLOYED_FACETS, setState);
  const count = (wanted: (line: DeployedLine) => boolean): string => formatCount(lines.filter(wanted).length);
  return (
    <BrowseTable
      title="Deployed rules"
      noun="rules"
      placeholder="Filter by name, technique"
      columns={deployedColumns}
      rows={filtered.rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="name"
      state={state}
      onState={setState}
      facets={<FacetList groups={groups} onToggle={toggle} />}
      chips={DEPLOYED_FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: labelOf(facet, value) })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={1180}
      widthOf={widthOf}
      cellClass={cellClass}
      descendingFirst={(column) => column === "lastRun" || column === "lastAlert"}
      above={
        <div className="flex flex-col gap-2 border-b bg-surface px-3 py-2 md:px-4">
          {view.systems.length === 0 ? (
            <p>No SIEM has said yet what it runs. Import its list of rules: what is deployed, what is switched off, what never ran, and which of our rules are not there at all. Its alerts say which rules do alert.</p>
          ) : (
            <p>
              <strong>{formatCount(view.deployed)}</strong> of our {counted(view.ours, "rule")} {view.deployed === 1 ? "is" : "are"} deployed; listed and not running: {count(({ deployment, runs }) => deployment === "both" && runs === "disabled")}. Listed and none of ours: {count(({ deployment }) => deployment === "siem-only")}.
            </p>
          )}
          <p className="text-xs text-ink-3">{view.systems.map(({ name, rules, asOf }) => `${name}: ${counted(rules, "rule")} as of ${formatTime(Date.parse(asOf))}`).join(" · ")}</p>
          {children}
        </div>
      }
      counts={
        <>
          <strong>{formatCount(filtered.rows.length)}</strong> of {counted(lines.length, "rule")} · {counted(view.systems.length, "SIEM")}
        </>
      }
      actions={
        <>
          <Button asChild variant="ghost">
            <KeptLink href="/rules/check">Can they fire</KeptLink>
          </Button>
          <Button asChild variant="ghost">
            <KeptLink href="/rules">Rules</KeptLink>
          </Button>
        </>
      }
    />
  );
}

function labelOf(facet: DeployedFacet, value: string): string {
  return facet === "deployment" ? (DEPLOYMENT_WORDS[value] ?? value) : value;
}
