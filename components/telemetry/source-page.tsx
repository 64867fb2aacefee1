import { Download, TriangleAlert } from "lucide-react";
import { CodeBlock } from "@/components/ui/code-block";
import { Card, CardHeader } from "@/components/ui/card";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { prettyRecord } from "@/components/evidence/pretty-record";
import { SourceQualityList, sayGrades } from "@/components/probes/source-quality";
import { Button } from "@/components/ui/button";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { SourceAnalytics } from "./source-analytics";
import { SourceClaims } from "./source-claims";
import { SourceFields } from "./source-fields";
import { SourceHosts } from "./source-hosts";
import { SourceKinds } from "./source-kinds";
import { SourceSummary } from "./source-summary";

/** Everything behind one cell of the telemetry map: what arrives, what is claimed, how good it is, and what rests on it. */
export function SourcePage({ view }: { view: TelemetrySourceView }) {
  const { segment, family, quality, datasets, examples } = view;
  return (
    <PageBody>
      <PageHeader
        title={`${family.title} in ${segment.name}`}
        numbers
        say={`${segment.platforms.join(", ")}. Written by: ${family.products.join(", ") || "no product is known"}. As counted at ${formatTime(view.at)}.`}
        actions={
          <>
            <Button asChild>
              <KeptLink href={`/telemetry?cell=${encodeURIComponent(`${segment.id}~${family.id}`)}`}>In the map</KeptLink>
            </Button>
            <Button asChild>
              <KeptLink href={`/segments/${segment.id}`}>The segment</KeptLink>
            </Button>
          </>
        }
      />
      <SourceSummary view={view} />
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <SourceKinds view={view} />
        <SourceHosts view={view} />
      </div>
      <SourceAnalytics analytics={view.analytics} />
      <div className="grid gap-3 xl:grid-cols-2">
        <SourceFields view={view} />
        <SourceClaims view={view} />
      </div>
      <Card className="pb-1">
        <CardHeader
          title="Quality"
          note="of all samples of the segment as they are now"
          say={quality === null ? "No probe has computed anything: there is no sample of this source, or it was read before the probes existed." : `Of ${quality.probes.length} probes, ${sayGrades(quality)}.`}
        />
        {quality === null ? null : (
          <div className="mt-2">
            <SourceQualityList source={quality} />
          </div>
        )}
      </Card>
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
        <Card className="pb-1">
          <CardHeader title="Samples" note={counted(datasets.length, "file")} say={datasets.length === 0 ? "No file holds a record of this source." : "Files that this assessment counted."} />
          <ul className="mt-2 text-xs">
            {datasets.map((dataset) => (
              <li key={dataset.id} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 border-t px-3 py-1.5 md:px-4">
                <span className="min-w-0">
                  {dataset.gone ? (
                    <span className="text-ink-2">{dataset.fileName} (no longer there)</span>
                  ) : (
                    <KeptLink href={`/imports/events/${dataset.id}`} className="block truncate text-accent hover:underline">
                      {dataset.fileName}
                    </KeptLink>
                  )}
                  <span className="block text-ink-3">
                    {formatCount(dataset.fresh)} fresh, {formatCount(dataset.stale)} older · {dataset.format} {dataset.origin}
                  </span>
                </span>
                {dataset.gone ? null : (
                  <Button asChild variant="ghost">
                    <KeptLink href={`/imports/events/${dataset.id}/records?kind=${encodeURIComponent(family.id)}`}>Browse</KeptLink>
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {datasets.length === 0 ? (
            <p className="flex flex-wrap items-center gap-2 px-3 pt-2 pb-2 md:px-4">
              <Button asChild>
                <KeptLink href="/imports">
                  <Download size={14} aria-hidden /> Import a sample
                </KeptLink>
              </Button>
            </p>
          ) : null}
          {family.caveats.length > 0 ? (
            <>
              <h3 className="px-3 pt-3 md:px-4">What to know about this source</h3>
              <ul className="px-3 pt-1 pb-2 text-xs text-ink-2 md:px-4">
                {family.caveats.map((caveat) => (
                  <li key={caveat} className="flex gap-1.5 pt-0.5">
                    <TriangleAlert size={13} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />
                    {caveat}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </Card>
        <Card className="pb-3">
          <CardHeader title="Records" note={counted(examples.length, "example")} say={examples.length === 0 ? "There is none to show." : "As they stand in the files."} />
          <div className="flex flex-col gap-1.5 px-3 pt-2 md:px-4">
            {examples.map((example, index) => (
              <details key={`${example.dataset} ${example.number}`} open={index === 0} className="rounded-md border px-3 py-1.5">
                <summary className="cursor-pointer py-1 text-xs [overflow-wrap:anywhere]">
                  <code>{example.kind}</code> · {example.host || "no host"} · {example.time === null ? "no usable time" : formatTime(example.time)}
                </summary>
                <KeptLink href={`/imports/events/${example.dataset}/records/${example.number}`} className="flex min-h-6 items-center pt-1 text-xs text-accent hover:underline">
                  Record {formatCount(example.number)} with its fields
                </KeptLink>
                <CodeBlock label={`Record ${example.number} of ${example.kind}`} text={prettyRecord(example.raw)} className="mt-1 max-h-72" />
              </details>
            ))}
          </div>
        </Card>
      </div>
    </PageBody>
  );
}
