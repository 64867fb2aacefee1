import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Provenance } from "@/components/evidence/provenance";
import { prettyRecord } from "@/components/evidence/pretty-record";
import type { RecordDetailView } from "@/lib/reports/telemetry-record-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { CarriedList } from "./carried-list";

/** One record: what we read in it beside what it says itself, where it stands, and what it can prove. */
export function RecordDetail({ view }: { view: RecordDetailView }) {
  const { dataset, number } = view;
  const records = `/imports/events/${dataset.id}/records`;
  return (
    <PageBody>
      <PageHeader
        crumb={`Record ${formatCount(number)} of ${dataset.fileName}`}
        title={`Record ${formatCount(number)}`}
        say={
          <>
            {view.refused === null ? <code>{view.kind}</code> : "Refused"} · {view.refused === null ? view.host || "no host" : view.refused.message} {view.refused === null ? "· " : ""}
            {view.time === null ? (view.refused === null ? "no usable time" : "") : formatTime(view.time.ms)} · in <span className="[overflow-wrap:anywhere]">{dataset.fileName}</span>, {dataset.segment}
          </>
        }
        actions={
          <>
            {number > 1 ? (
              <Button asChild>
                <KeptLink href={`${records}/${number - 1}`}>Previous</KeptLink>
              </Button>
            ) : null}
            {number < dataset.total ? (
              <Button asChild>
                <KeptLink href={`${records}/${number + 1}`}>Next</KeptLink>
              </Button>
            ) : null}
            <Button asChild>
              <KeptLink href={`${records}?page=${Math.ceil(number / 500)}`}>All records</KeptLink>
            </Button>
            {view.refused === null ? (
              <Button asChild>
                <KeptLink href={`/bench?dataset=${dataset.id}&record=${number}`}>Try on the bench</KeptLink>
              </Button>
            ) : null}
            <CopyButton text={view.json} label="Copy as JSON" />
          </>
        }
      />
      {view.refused === null ? (
        <div className="grid gap-3 xl:grid-cols-2">
          <Card className="pb-1">
            <CardHeader title="Canonical fields" note={counted(view.canonical.length, "field")} say="What Sightline reads in it: the names that requirements ask for." />
            <dl className="mt-2 text-xs">
              {view.canonical.map((field) => (
                <div key={field.id} className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 border-t px-3 py-1 md:px-4" title={field.meaning}>
                  <dt>
                    <code className="text-ink-2">{field.id}</code>
                  </dt>
                  <dd className="font-mono [overflow-wrap:anywhere]">{field.value}</dd>
                </div>
              ))}
              {view.redacted.map((field) => (
                <div key={field} className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 border-t px-3 py-1 md:px-4">
                  <dt>
                    <code className="text-ink-2">{field}</code>
                  </dt>
                  <dd className="text-attn">hidden by the source</dd>
                </div>
              ))}
            </dl>
          </Card>
          <Card className="pb-1">
            <CardHeader title="Native fields" note={`${counted(view.native.length, "field")}, format ${view.format ?? dataset.format}`} say="What the record says, in its own names." />
            <dl className="mt-2 max-h-[640px] overflow-y-auto text-xs" tabIndex={0} aria-label="Native fields">
              {view.native.map((field) => (
                <div key={field.path} className="grid grid-cols-[minmax(0,236px)_minmax(0,1fr)] gap-x-3 border-t px-3 py-1 md:px-4">
                  <dt className="[overflow-wrap:anywhere]">
                    <code className="text-ink-2">{field.path}</code>
                  </dt>
                  <dd className="font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{field.value}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </div>
      ) : null}
      {view.refused === null ? (
        <Card className="pb-1">
          <CardHeader title="What it carries, and whom it serves" note={counted(view.components.length, "data component")} say={view.components.length === 0 ? "A record of this kind carries none of ATT&CK’s data components." : "By its kind; what a proof needs is filled in this record or it is not. Analytics are those of the newest assessment that apply to the segment."} />
          <CarriedList components={view.components} />
        </Card>
      ) : null}
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <Card className="pb-3">
          <CardHeader title="Where it stands" />
          <Provenance
            className="px-3 pt-2 md:px-4"
            rows={[
              ["File", dataset.fileName],
              ["SHA-256", dataset.contentDigest],
              ["Record", `${number} of ${dataset.total}`],
              ["Bytes", `${view.offset} to ${view.offset + view.length - 1} (${view.length})`],
              ...(view.sha256 === "" ? [] : ([["Its SHA-256", view.sha256]] as const)),
              ...(view.time === null ? [] : ([["Time", `${view.time.text} (${view.time.field}; precision ${view.time.precision}, zone ${view.time.zone})`]] as const)),
              ...(view.untimed === "" ? [] : ([["Time", view.untimed]] as const)),
            ]}
          />
          <h3 className="px-3 pt-3 md:px-4">Cut it out of the unpacked file yourself</h3>
          <div className="px-3 pt-1 md:px-4">
            <CodeBlock label="Command to cut the record out" text={`tail -c +${view.offset + 1} ${shellWord(dataset.fileName)} | head -c ${view.length} | sha256sum`} />
          </div>
          <p className="px-3 pt-1 text-xs text-ink-2 md:px-4">The sum must be the one above. The kept copy is a gzip file: `gunzip -c` in place of the file’s name.</p>
        </Card>
        <Card className="pb-3">
          <CardHeader title="As it stands in the file" note={view.cut ? <Pill>beginning only</Pill> : counted(view.length, "byte")} />
          <div className="px-3 pt-2 md:px-4">
            <CodeBlock label={`Record ${number}`} text={prettyRecord(view.raw)} className="max-h-[520px]" />
          </div>
        </Card>
      </div>
    </PageBody>
  );
}

/** A file name as one word of a POSIX shell. */
function shellWord(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
