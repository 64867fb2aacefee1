import { Download } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";
import { counted, formatCount } from "@/lib/shared/format-number";

export interface QueryPackView {
  readonly segment: { readonly id: string; readonly name: string };
  readonly backend: { readonly id: string; readonly label: string; readonly run: string };
  readonly families: readonly { readonly family: string; readonly table: string; readonly title: string; readonly fields: readonly string[]; readonly uncounted: readonly string[] }[];
  readonly leftOut: readonly { readonly family: string; readonly reason: string }[];
  readonly queries: readonly { readonly family: string; readonly table: string; readonly purpose: "measure" | "records" | "silence"; readonly file: string; readonly text: string }[];
  readonly manifest: { readonly hosts: "roster" | "placeholder"; readonly window_days: number };
}

const PURPOSES = { measure: "Counts per host and event", records: "Up to 20 raw records per event", silence: "Newest record per host" } as const;
const [HEAD, TAIL] = [2_000, 3_000]; // characters: between them stand the names of many hosts

/** A long query, its middle left out of sight; the copy is whole. */
function abbreviate(text: string): string {
  const hidden = text.length - HEAD - TAIL;
  return hidden <= 0 ? text.trimEnd() : `${text.slice(0, HEAD)}\n... ${formatCount(hidden)} characters more, in the copy and in the zip ...\n${text.slice(-TAIL).trimEnd()}`;
}

/** The queries that measure a segment in its own platform: to copy, or to take away as a zip. */
export function QueryPackPage({ pack, backends }: { pack: QueryPackView; backends: readonly { readonly id: string; readonly label: string }[] }) {
  const { segment, backend, families, leftOut, queries, manifest } = pack;
  return (
    <PageBody>
      <PageHeader
        crumb={`Measure ${segment.name}`}
        title={`Measure ${segment.name}`}
        say={`Queries for ${counted(new Set(families.map(({ family }) => family)).size, "log-source family", "log-source families")} that its analytics read, over the last ${manifest.window_days} days. ${manifest.hosts === "roster" ? "They name the hosts of its roster." : "It has no roster: put its hosts in place of the placeholder, else the counts are not the segment's."}`}
        actions={
          <Button asChild variant="primary">
            <a href={`/api/query-packs/${segment.id}/${backend.id}`} download>
              <Download size={14} aria-hidden /> Download zip
            </a>
          </Button>
        }
      />
      <div>
        <Segmented label="Platform" items={backends.map(({ id, label }) => ({ href: `/segments/${segment.id}/measure?backend=${id}`, label, current: id === backend.id }))} />
      </div>
      <Card className="px-4 py-3">
        <ol className="flex list-decimal flex-col gap-1 pl-5">
          <li>{backend.run}</li>
          <li>
            Save each result as <code>FAMILY.csv</code>, raw records in their native format as <code>raw/FAMILY.json</code>, beside the pack&rsquo;s <code>manifest.json</code>; fill when, by whom and where it ran.
          </li>
          <li>
            Zip the folder and drop it at{" "}
            <KeptLink href="/imports/inventory" className="text-accent underline">
              Imports, Inventory
            </KeptLink>
            , or into a watched folder.
          </li>
        </ol>
      </Card>
      {families.length === 0 ? <Card className="px-4 py-3 text-ink-2">No query is known in {backend.label} for what this segment&rsquo;s analytics read. Choose another platform, or send sample events.</Card> : null}
      {families.map(({ family, table, title, fields, uncounted }) => (
        <Card key={`${family} ${table}`} className="overflow-hidden">
          <div className="pb-3">
            <CardHeader title={title} note={table === "" ? family : `${family}.${table}`} say={`${fields.length === 0 ? "No field is counted" : `Fields counted: ${fields.join(", ")}`}.${uncounted.length === 0 ? "" : ` Not counted here: ${uncounted.join(", ")}; what needs them is proven by sample events.`}`} />
          </div>
          {queries
            .filter((query) => query.family === family && query.table === table)
            .map(({ purpose, file, text }) => (
              <details key={file} className="border-t" open={purpose === "measure"}>
                <summary className="flex min-h-10 cursor-pointer flex-wrap items-center gap-x-3 px-4 py-1.5 hover:bg-hover">
                  <span className="font-medium">{PURPOSES[purpose]}</span>
                  <code className="text-xs text-ink-3">{file}</code>
                </summary>
                <div className="flex flex-col items-start gap-2 px-4 pb-3">
                  <CodeBlock label={`${PURPOSES[purpose]}, ${file}`} text={abbreviate(text)} className="w-full text-xs" />
                  <CopyButton text={text} label={`Copy ${file.replace(/^queries\//, "")}`} />
                </div>
              </details>
            ))}
        </Card>
      ))}
      {leftOut.length > 0 ? (
        <Card className="overflow-hidden">
          <div className="pb-3">
            <CardHeader title="No query here" note={counted(leftOut.length, "family", "families")} say="Send sample events of these." />
          </div>
          <ul className="border-t px-4 py-2">
            {leftOut.map(({ family, reason }) => (
              <li key={family}>
                <code>{family}</code> <span className="text-ink-2">{reason}</span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </PageBody>
  );
}
