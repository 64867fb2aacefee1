import { Radar } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { ResolutionsView } from "@/lib/operations/get-resolutions-view";
import type { ResolutionRow } from "@/lib/reports/resolution-rows";
import { counted, formatCount } from "@/lib/shared/format-number";
import { ResolutionFilters } from "./resolution-filters";
import { UNCITED_WORDS, VERDICT_WORDS } from "./verdict-words";

const KINDS = 3;

/** Every log source that ATT&CK's analytics cite, and what it means in real records. */
export function ResolutionsPage({ view, hrefOfPage }: { view: ResolutionsView; hrefOfPage: (page: number) => string }) {
  const { rows, found, of, page, pages } = view;
  return (
    <PageBody>
      <PageHeader
        title="Log sources"
        say="What each log source that ATT&CK’s analytics cite means in real records: which kinds are accepted, how sure that is and why, and what to collect where the cited record is never written. An engineer’s override stands before our reading."
      />
      {of === 0 ? (
        <EmptyState
          icon={Radar}
          title="No catalog yet"
          action={
            <Button asChild variant="primary">
              <KeptLink href="/imports/catalog">Import a catalog</KeptLink>
            </Button>
          }
        >
          The log sources are those that the analytics of a release cite.
        </EmptyState>
      ) : (
        <div className="rounded-lg border bg-surface">
          <ResolutionFilters key={view.filter.text} view={view} />
          <p className="px-3 pb-2 text-xs text-ink-2 md:px-4" role="status">
            {found === of ? counted(of, "log source") : `${formatCount(found)} of ${counted(of, "log source")}`}, each once per platform
          </p>
          {found === 0 ? (
            <p className="border-t px-4 py-6 text-ink-2">No log source fits these filters.</p>
          ) : (
            <Table label="Log sources">
              <thead>
                <tr>
                  <Th>Data component</Th>
                  <Th>Cited as</Th>
                  <Th>Platform</Th>
                  <Th>Family and record kinds</Th>
                  <Th>Basis, confidence</Th>
                  <Th>Verdict</Th>
                  <Th number>Analytics</Th>
                </tr>
              </thead>
              <tbody className="text-xs">
                {rows.map((row) => (
                  <Row key={`${row.reference} ${row.platform ?? ""}`} row={row} />
                ))}
              </tbody>
            </Table>
          )}
          {pages > 1 ? (
            <nav aria-label="Pages" className="flex items-center justify-end gap-2 border-t px-3 py-2 text-xs md:px-4">
              <span className="mr-auto text-ink-2">
                page {formatCount(page)} of {formatCount(pages)}
              </span>
              {page > 1 ? (
                <Button asChild>
                  <KeptLink href={hrefOfPage(page - 1)}>Previous</KeptLink>
                </Button>
              ) : null}
              {page < pages ? (
                <Button asChild>
                  <KeptLink href={hrefOfPage(page + 1)}>Next</KeptLink>
                </Button>
              ) : null}
            </nav>
          ) : null}
        </div>
      )}
    </PageBody>
  );
}

function Row({ row }: { row: ResolutionRow }) {
  const kinds = [...row.asCited, ...row.equivalents];
  return (
    <tr className="hover:bg-hover">
      <Td className="min-w-40 align-top">
        {row.component.name} <code className="text-ink-3">{row.component.id}</code>
      </Td>
      <Td className="min-w-56 max-w-96 align-top [overflow-wrap:anywhere]">
        <KeptLink href={`/resolutions/${row.reference}`} className="text-accent hover:underline">
          {row.name}
          <span className="block font-mono text-ink-2">{row.channel || "no channel"}</span>
        </KeptLink>
      </Td>
      <Td className="align-top whitespace-nowrap text-ink-2">{row.platform ?? "none named"}</Td>
      <Td className="min-w-52 max-w-80 align-top [overflow-wrap:anywhere]">
        {row.family}
        <span className="block font-mono text-ink-2" title={kinds.join("\n")}>
          {kinds.length === 0 ? "accepts no record" : null}
          {kinds.slice(0, KINDS).map((kind) => (
            <span key={kind} className="block">
              {kind}
            </span>
          ))}
          {kinds.length > KINDS ? <span className="font-sans text-ink-3">and {formatCount(kinds.length - KINDS)} more</span> : null}
        </span>
      </Td>
      <Td className="align-top whitespace-nowrap text-ink-2" title={row.reason}>
        {row.basis}, {row.confidence}
        {row.overridden ? (
          <span className="block">
            <Pill>overridden</Pill>
          </span>
        ) : null}
      </Td>
      <Td className="min-w-56 max-w-80 align-top">
        <span className={row.verdict === "producible" ? "text-ink-2" : "text-attn"}>
          {VERDICT_WORDS[row.verdict]}
          {row.uncited ? ", not as cited" : null}
        </span>
        {row.substitute ? <span className="block text-ink-2">in its place: {row.substitute}</span> : null}
        {row.uncited ? (
          <span className="block text-ink-3" title={UNCITED_WORDS[row.uncited]}>
            {row.reason}
          </span>
        ) : null}
      </Td>
      <Td number className="align-top" title={row.analytics.join(" ")}>
        {formatCount(row.analytics.length)}
      </Td>
    </tr>
  );
}
