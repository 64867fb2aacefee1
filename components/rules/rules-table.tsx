"use client";
import { Upload } from "lucide-react";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { BrowseTable } from "@/components/tables/browse-table";
import { facetGroups } from "@/components/tables/count-facets";
import { FacetList } from "@/components/tables/facet-list";
import { useFacetToggle } from "@/components/tables/use-facet-toggle";
import { Button } from "@/components/ui/button";
import type { RuleLine, RulesView } from "@/lib/reports/rules-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { filterRules, RULE_FACETS, type Chosen, type RuleFacet } from "./filter-rules";
import { FIRES_WORDS, LEVELS, LINK_WORDS, STATE_WORDS } from "./rule-words";
import { RULE_WIDTHS, rulesColumns } from "./rules-columns";
import { unpackRules } from "./unpack-rules";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const FACETS_IN_ADDRESS = { state: many, fires: many, links: many, level: many, status: many, product: many, category: many, source: many, kind: many };
const NO_FILTER = { q: null, state: null, fires: null, links: null, level: null, status: null, product: null, category: null, source: null, kind: null };
const TITLES: Readonly<Record<RuleFacet, string>> = { state: "State", fires: "Can it fire", links: "Analytics", level: "Level", status: "Status of the rule", product: "Product", category: "Category or service", source: "Source", kind: "Kind" };
const WORDS: Readonly<Record<string, string>> = { ...LINK_WORDS, ...FIRES_WORDS, ...STATE_WORDS };

const rowId = (rule: RuleLine): string => rule.id;
const hrefOf = (rule: RuleLine): string => `/rules/${rule.id}`;
const cellClass = (): undefined => undefined;
const widthOf = (column: string): number | undefined => RULE_WIDTHS[column];

/** Every rule, with facets: what is refused, what serves an analytic, what waits for a decision. */
export function RulesTable({ view }: { view: RulesView }) {
  const [state, setState] = useQueryStates({ q: parseAsString.withDefault(""), ...FACETS_IN_ADDRESS, sort: parseAsString.withDefault("title"), row: parseAsString }, { history: "replace", shallow: true });
  const chosen = useMemo<Chosen>(
    () => ({ state: state.state, fires: state.fires, links: state.links, level: state.level, status: state.status, product: state.product, category: state.category, source: state.source, kind: state.kind }),
    [state.state, state.fires, state.links, state.level, state.status, state.product, state.category, state.source, state.kind],
  );
  const text = useDeferredValue(state.q);
  const rules = useMemo(() => unpackRules(view.rules), [view.rules]);
  const filtered = useMemo(() => filterRules(rules, text, chosen), [rules, text, chosen]);
  const all = useMemo(() => filterRules(rules, "", null), [rules]);
  const groups = useMemo(() => facetGroups(RULE_FACETS, all, filtered, chosen, { titles: TITLES, label: labelOf, ranks: { level: LEVELS, fires: Object.keys(FIRES_WORDS) } }), [all, filtered, chosen]);
  const toggle = useFacetToggle(RULE_FACETS, setState);
  const undecided = rules.reduce((sum, rule) => sum + rule.proposed, 0);
  return (
    <BrowseTable
      title="Rules"
      noun="rules"
      placeholder="Filter by title, author, technique"
      columns={rulesColumns}
      rows={filtered.rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="title"
      state={state}
      onState={setState}
      facets={<FacetList groups={groups} onToggle={toggle} />}
      chips={RULE_FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: labelOf(facet, value) })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={1120}
      widthOf={widthOf}
      cellClass={cellClass}
      descendingFirst={(column) => column === "serves"}
      counts={
        <>
          <strong>{formatCount(filtered.rows.length)}</strong> of {counted(rules.length, "rule")} from {counted(view.sources, "source")}
        </>
      }
      actions={
        <>
          {undecided > 0 ? (
            <Button asChild>
              <KeptLink href="/rules/links?state=proposed">Decide {counted(undecided, "proposed link")}</KeptLink>
            </Button>
          ) : (
            <Button asChild variant="ghost">
              <KeptLink href="/rules/links">Links</KeptLink>
            </Button>
          )}
          <Button asChild variant="ghost">
            <KeptLink href="/rules/check">Can they fire</KeptLink>
          </Button>
          <Button asChild variant="ghost">
            <KeptLink href="/rules/deployed">Deployed</KeptLink>
          </Button>
          <Button asChild variant="ghost">
            <KeptLink href="/imports/rules">
              <Upload size={14} aria-hidden />
              Import
            </KeptLink>
          </Button>
        </>
      }
    />
  );
}

function labelOf(facet: RuleFacet, value: string): string {
  return facet === "state" || facet === "fires" || facet === "links" ? (WORDS[value] ?? value) : value;
}
