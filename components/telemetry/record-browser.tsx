import { KeptLink } from "@/components/layout/kept-link";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import type { RecordPageView } from "@/lib/reports/telemetry-record-page";
import { counted, formatCount } from "@/lib/shared/format-number";
import { RecordFilters } from "./record-filters";
import { RecordRows } from "./record-rows";

export interface RecordLinks {
  readonly previous: string | null;
  readonly next: string | null;
  readonly goOn: string | null; // a search that is not through
  readonly again: string; // the same page, read further
  readonly all: string; // no filter
  readonly back: string; // the query of this page
}

/** Every record of a file by pages, as it was read: accepted and refused, with the fields that the reader chooses. */
export function RecordBrowser({ view, links }: { view: RecordPageView; links: RecordLinks }) {
  const { dataset, filter, rows } = view;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col md:h-[calc(100dvh-80px-var(--notice))] md:flex-none">
      <div className="px-3 pt-3 md:px-5">
        <PageHeader
          crumb={`Records of ${dataset.fileName}`}
          title={<span className="[overflow-wrap:anywhere]">Records of {dataset.fileName}</span>}
          say={`${counted(dataset.records, "record")} accepted, ${formatCount(dataset.refused)} refused, read as ${dataset.format}, from ${dataset.segment}.`}
          actions={
            <Button asChild>
              <KeptLink href={`/imports/events/${dataset.id}`}>About this file</KeptLink>
            </Button>
          }
        />
      </div>
      <div className="mt-2 border-y bg-surface">
        <RecordFilters key={JSON.stringify([filter.text, filter.host, filter.from, filter.to])} view={view} />
      </div>
      {rows.length === 0 ? (
        <p className="flex-1 p-6 text-ink-2">
          {view.goOn === null && !view.short ? (
            <>
              No record fits.{" "}
              <KeptLink href={links.all} className="text-accent hover:underline">
                Show all records
              </KeptLink>
            </>
          ) : (
            "Nothing so far."
          )}
        </p>
      ) : (
        <RecordRows key={JSON.stringify([filter, view.reached])} dataset={dataset.id} columns={view.columns} rows={rows} />
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t bg-surface px-3 py-1.5 text-xs text-ink-2 md:px-5">
        <span role="status">{sayProgress(view)}</span>
        <nav aria-label="Pages" className="ml-auto flex items-center gap-2">
          {view.short ? (
            <Button asChild>
              <KeptLink href={links.again}>Read on</KeptLink>
            </Button>
          ) : null}
          {links.goOn === null ? null : (
            <Button asChild>
              <KeptLink href={links.goOn}>Search on</KeptLink>
            </Button>
          )}
          {filter.text === "" ? (
            <span>
              page {formatCount(filter.page)} of {formatCount(view.pages)}
            </span>
          ) : null}
          {links.previous === null ? null : (
            <Button asChild>
              <KeptLink href={links.previous}>Previous</KeptLink>
            </Button>
          )}
          {links.next === null ? null : (
            <Button asChild>
              <KeptLink href={links.next}>Next</KeptLink>
            </Button>
          )}
        </nav>
      </div>
    </div>
  );
}

/** What is shown out of what, and how far a search has come. */
function sayProgress({ filter, rows, matching, looked, reached, goOn, short, dataset }: RecordPageView): string {
  const total = dataset.records + dataset.refused;
  if (filter.text !== "") {
    const start = filter.after > 0 ? `, after record ${formatCount(filter.after)}` : "";
    return `${counted(rows.length, "record")} with these words: scanned ${formatCount(looked)} of ${counted(matching, "record")}${start}${goOn === null ? "; the search is through" : `; reached record ${formatCount(reached)}`}.`;
  }
  const shown = `${formatCount(rows.length)} shown of ${counted(matching, "record")}${matching === total ? "" : ` that fit, of ${formatCount(total)}`}`;
  return short ? `${shown}; the file was read up to record ${formatCount(reached)}, the rest of this page lies further on.` : shown;
}
