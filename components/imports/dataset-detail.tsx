import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmButton, type Confirmed } from "@/components/forms/confirm-button";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { CodeBlock } from "@/components/ui/code-block";
import type { DatasetDetail } from "@/lib/operations/get-dataset";
import { counted, formatBytes, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { Provenance } from "@/components/evidence/provenance";
import { prettyRecord } from "@/components/evidence/pretty-record";

export interface ExampleRecord {
  readonly number: number;
  readonly host: string;
  readonly time: string | null;
  readonly offset: number;
  readonly raw: string;
}

/** One imported file: what was accepted and refused, what it holds by record kind, and records as they stand in it. */
export function DatasetDetailView({ dataset, kind, examples, remove, children }: { dataset: DatasetDetail; kind: string | null; examples: readonly ExampleRecord[]; remove: () => Promise<Confirmed>; children?: ReactNode }) {
  const first = examples[0];
  return (
    <PageBody>
      <PageHeader
        crumb={dataset.fileName}
        title={<span className="[overflow-wrap:anywhere]">{dataset.fileName}</span>}
        say={
          <>
            <Pill>{dataset.format}</Pill> {dataset.formatForced ? "named by hand" : "detected from the content"} · {formatBytes(dataset.bytes)} · origin {dataset.origin}
            {dataset.label ? ` · ${dataset.label}` : ""}
          </>
        }
        actions={
          <>
            <Button asChild>
              <KeptLink href={`/imports/events/${dataset.id}/records`}>Browse all records</KeptLink>
            </Button>
            <ConfirmButton
              label="Remove"
              title={`Remove ${dataset.fileName}?`}
              description="Its records leave every later assessment. Assessments that counted them stay as they are and name the file as removed; the file itself is kept by its digest, so that their evidence can still be checked."
              confirm="Remove"
              act={remove}
              goTo="/imports"
            />
          </>
        }
      />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,.92fr)_minmax(0,1.4fr)]">
        <Card className="pb-2">
          <CardHeader title="Accepted and refused" note={`n = ${formatCount(dataset.records + dataset.refused)}`} say={`${counted(dataset.records, "record")} accepted, ${formatCount(dataset.refused)} refused, each with a reason.`} />
          <div className="mx-4 my-2 flex h-2.5 gap-0.5 overflow-hidden rounded-[3px]" aria-hidden>
            <i className="bg-st-observed" style={{ flexGrow: dataset.records, flexBasis: 0 }} />
            {dataset.refused > 0 ? <i className="hatch-attn min-w-1.5 border border-attn" style={{ flexGrow: dataset.refused, flexBasis: 0 }} /> : null}
          </div>
          <ul className="text-xs">
            {dataset.refusals.map((refusal) => (
              <li key={refusal.reason} className="border-t px-4 py-1.5">
                <span className="flex justify-between gap-3">
                  <span className="font-medium">{refusal.says}</span>
                  <span className="font-semibold whitespace-nowrap">{counted(refusal.count, "record")}</span>
                </span>
                <span className="block [overflow-wrap:anywhere] text-ink-2">
                  First: record {formatCount(refusal.firstRecord)}. {refusal.message}
                </span>
                {refusal.example ? (
                  <code className="block truncate text-ink-3" title={refusal.example}>
                    {refusal.example}
                  </code>
                ) : null}
              </li>
            ))}
            {dataset.warnings.map((warning) => (
              <li key={warning.code} className="flex gap-2 border-t px-4 py-1.5 text-attn">
                <TriangleAlert size={14} className="shrink-0" aria-hidden />
                {warning.message}
              </li>
            ))}
            <li className="border-t px-4 py-1.5 text-ink-2">
              {dataset.untimed > 0 ? `${counted(dataset.untimed, "record")} without a usable time: they prove nothing. ` : ""}
              {dataset.first && dataset.last ? `From ${formatTime(Date.parse(dataset.first))} to ${formatTime(Date.parse(dataset.last))}.` : "No usable time."}
            </li>
          </ul>
          <Provenance
            className="border-t px-4 pt-2"
            rows={[
              ["SHA-256", dataset.contentDigest],
              ["Imported", `${formatTime(Date.parse(dataset.importedAt))} by ${dataset.importedBy}`],
              ["Extracted", `${dataset.extraction.system}, by ${dataset.extraction.who}, ${dataset.extraction.when}`],
              ["Query", dataset.extraction.query],
              ["At source", String(dataset.extraction.countAtSource)],
            ]}
          />
        </Card>
        <Card className="pb-1">
          <CardHeader title="Record kinds" note={counted(dataset.kinds.length, "kind")} say="Choose one to see its records." />
          <ul className="mt-2 max-h-[420px] overflow-y-auto" tabIndex={0} aria-label="Record kinds">
            {dataset.kinds.map((entry) => (
              <li key={entry.kind}>
                <KeptLink
                  href={`/imports/events/${dataset.id}?kind=${encodeURIComponent(entry.kind)}`}
                  scroll={false}
                  aria-current={entry.kind === kind ? "true" : undefined}
                  className={classNames("grid grid-cols-[minmax(0,1fr)_minmax(32px,auto)_64px] items-center gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(48px,auto)_84px] border-t px-4 py-1.5 text-xs hover:bg-hover", entry.kind === kind && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft")}
                >
                  <span className="min-w-0">
                    <code className="[overflow-wrap:anywhere] text-ink">{entry.kind}</code>
                    <span className="block text-ink-2">{entry.components.map((component) => component.name).join(", ") || "no data component"}</span>
                  </span>
                  <span className="text-right font-semibold">{formatCount(entry.count)}</span>
                  <span className="text-right text-ink-2">{counted(entry.hosts, "host")}</span>
                </KeptLink>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {children}
      {first ? (
        <Card className="pb-3">
          <CardHeader title="Records as they stand in the file" note={kind ?? ""} say={`${counted(examples.length, "example")}, spread over hosts and shapes.`} />
          <div className="flex flex-col gap-2 px-4 pt-2">
            {examples.slice(0, 20).map((example, index) => (
              <details key={example.number} open={index === 0} className="rounded-md border px-3 py-1.5">
                <summary className="cursor-pointer text-xs">
                  record {formatCount(example.number)}, byte {formatCount(example.offset)} · {example.host || "no host"} · {example.time ? formatTime(Date.parse(example.time)) : "no usable time"}
                </summary>
                <CodeBlock label={`Record ${example.number}`} text={prettyRecord(example.raw)} className="mt-2 max-h-96" />
              </details>
            ))}
          </div>
        </Card>
      ) : null}
    </PageBody>
  );
}
