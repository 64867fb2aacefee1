"use client";
import { createColumnHelper } from "@tanstack/react-table";
import { useRouter } from "next/navigation";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { BrowseTable } from "@/components/tables/browse-table";
import { FacetList } from "@/components/tables/facet-list";
import type { features } from "@/components/tables/table-features";
import { countFacets, facetGroups } from "@/components/tables/count-facets";
import { useFacetToggle } from "@/components/tables/use-facet-toggle";
import type { LinkLine, PackedLinks } from "@/lib/reports/links-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { DecideLinks } from "./decide-links";
import { LEVELS } from "./rule-words";
import type { LinkActions } from "./rule-links";
import { unpackLinks } from "./unpack-links";

const FACETS = ["state", "platform", "level", "source", "way"] as const;
type LinkFacet = (typeof FACETS)[number];
const TITLES: Readonly<Record<LinkFacet, string>> = { state: "State", platform: "Platform", level: "Level", source: "Source", way: "How it was proposed" };
const many = parseAsArrayOf(parseAsString).withDefault([]);
const NO_FILTER = { q: null, state: null, platform: null, level: null, source: null, way: null };
const WIDTHS: Readonly<Record<string, number>> = { analytic: 76, technique: 210, platform: 106, level: 92, state: 92, because: 120, author: 130, chosen: 40 };

const helper = createColumnHelper<typeof features, LinkLine & { readonly chosen: boolean; readonly choose: (id: string, on: boolean) => void }>();
const columns = helper.columns([
  helper.accessor("chosen", {
    id: "chosen",
    header: "✓",
    sortFn: "basic",
    cell: ({ row }) => <input type="checkbox" className="size-3.5 align-middle accent-(--accent)" aria-label={`Choose ${row.original.rule} for ${row.original.analytic}`} checked={row.original.chosen} onChange={(event) => row.original.choose(row.original.id, event.target.checked)} onClick={(event) => event.stopPropagation()} />,
  }),
  helper.accessor("analytic", { id: "analytic", header: "Analytic", sortFn: "alphanumeric", cell: (info) => <span className="font-mono font-medium">{info.getValue()}</span> }),
  helper.accessor("technique", { id: "technique", header: "Technique", sortFn: "alphanumeric", cell: (info) => <span title={info.getValue()}>{info.getValue() || "in no current catalogue"}</span> }),
  helper.accessor("platform", { id: "platform", header: "Platform", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2">{info.getValue()}</span> }),
  helper.accessor("rule", { id: "rule", header: "Rule", sortFn: "alphanumeric", cell: (info) => <span className="font-medium" title={info.getValue()}>{info.getValue()}</span> }),
  helper.accessor((link) => (LEVELS.includes(link.level) ? LEVELS.indexOf(link.level) : LEVELS.length), { id: "level", header: "Level", sortFn: "basic", cell: ({ row }) => <span className="text-ink-2">{row.original.level || "–"}</span> }),
  helper.accessor("author", { id: "author", header: "Author", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2" title={info.getValue()}>{info.getValue() || "not stated"}</span> }),
  helper.accessor("because", { id: "because", header: "Because", sortFn: "alphanumeric", cell: (info) => <span className="text-ink-2" title={info.getValue()}>{info.getValue()}</span> }),
  helper.accessor("state", { id: "state", header: "State", sortFn: "alphanumeric", cell: (info) => <span className={info.getValue() === "proposed" ? "font-medium" : "text-ink-2"}>{info.getValue()}</span> }),
]);

const rowId = (link: LinkLine): string => link.id;
const hrefOf = (link: LinkLine): string => `/rules/${link.ruleId}`;
const cellClass = (): undefined => undefined;
const widthOf = (column: string): number | undefined => WIDTHS[column];
const valuesOf = (link: LinkLine, facet: LinkFacet): string => (facet === "way" ? (link.translated ? "tag of another release" : link.because.startsWith("tag ") ? "tag" : link.because) : link[facet] || "not stated");

/** All links: narrowed by facets and words, then accepted or rejected together. */
export function LinksTable({ packed, decide }: { packed: PackedLinks; decide: LinkActions["decide"] }) {
  const [state, setState] = useQueryStates({ q: parseAsString.withDefault(""), state: many, platform: many, level: many, source: many, way: many, sort: parseAsString.withDefault("analytic"), row: parseAsString }, { history: "replace", shallow: true });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const router = useRouter();
  const chosen = useMemo(() => ({ state: state.state, platform: state.platform, level: state.level, source: state.source, way: state.way }), [state.state, state.platform, state.level, state.source, state.way]);
  const text = useDeferredValue(state.q);
  const links = useMemo(() => unpackLinks(packed), [packed]);
  const matching = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0 ? links : links.filter((link) => words.every((word) => `${link.analytic} ${link.technique} ${link.rule} ${link.author} ${link.because}`.toLowerCase().includes(word)));
  }, [links, text]);
  const found = useMemo(() => countFacets(matching, FACETS, chosen, valuesOf), [matching, chosen]);
  const all = useMemo(() => countFacets(links, FACETS, null, valuesOf), [links]);
  const groups = useMemo(() => facetGroups(FACETS, all, found, chosen, { titles: TITLES, ranks: { level: LEVELS } }), [all, found, chosen]);
  const toggle = useFacetToggle(FACETS, setState);
  const choose = useCallback((id: string, on: boolean) => setMarked((now) => new Set(on ? [...now, id] : [...now].filter((other) => other !== id))), []);
  const rows = useMemo(() => found.rows.map((link) => ({ ...link, chosen: marked.has(link.id), choose })), [found.rows, marked, choose]);
  const concerned = marked.size > 0 ? found.rows.filter(({ id }) => marked.has(id)) : found.rows;
  return (
    <BrowseTable
      title="Links between rules and analytics"
      noun="links"
      placeholder="Filter by rule, analytic, technique"
      columns={columns}
      rows={rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="rule"
      state={state}
      onState={setState}
      facets={<FacetList groups={groups} onToggle={toggle} />}
      chips={FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: value })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={1120}
      widthOf={widthOf}
      cellClass={cellClass}
      counts={
        <>
          <strong>{formatCount(found.rows.length)}</strong> of {counted(links.length, "link")}
          {marked.size > 0 ? `, ${formatCount(concerned.length)} chosen` : ""}
        </>
      }
      actions={
        <DecideLinks
          links={concerned}
          chosen={marked.size > 0}
          decide={decide}
          onDone={() => {
            setMarked(new Set());
            router.refresh();
          }}
        />
      }
    />
  );
}
