import { KeptLink } from "@/components/layout/kept-link";
import { Table, Td, Th } from "@/components/ui/table";
import type { DatasetView } from "@/lib/events/dataset-types";
import { formatBytes, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** Imported samples: what came in, what was refused, and from when. */
export function DatasetTable({ datasets, segmentNames }: { datasets: readonly DatasetView[]; segmentNames: Readonly<Record<string, string>> }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Imported event files" stacked className="max-md:[&_tbody_tr:first-child]:border-t-0">
        <thead>
          <tr>
            <Th>File</Th>
            <Th>Format, segment</Th>
            <Th>Origin</Th>
            <Th>Records from, to</Th>
            <Th number>Accepted</Th>
            <Th number>Refused</Th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset.id} className="hover:bg-hover">
              <Td className="leading-[17px]">
                <KeptLink href={`/imports/events/${dataset.id}`} className="font-medium hover:underline">
                  {dataset.fileName}
                </KeptLink>
                <div className="text-xs text-ink-3">
                  {formatBytes(dataset.bytes)} · imported {formatTime(Date.parse(dataset.importedAt))}
                </div>
              </Td>
              <Td className="leading-[17px]">
                {dataset.format}
                <div className="text-xs text-ink-2">{segmentNames[dataset.segmentId] ?? "retired segment"}</div>
              </Td>
              <Td head="Origin" className={dataset.origin === "lab" || dataset.origin === "public" ? "text-ink-3" : undefined} title={dataset.origin === "lab" || dataset.origin === "public" ? "never proves a cell" : undefined}>
                {dataset.origin}
              </Td>
              <Td head="Records" className="text-xs leading-4 whitespace-nowrap text-ink-2">
                {dataset.first ? formatTime(Date.parse(dataset.first)) : "no usable time"}
                <br className="max-md:hidden" />
                {dataset.last ? <span className="md:hidden"> to </span> : null}
                {dataset.last ? formatTime(Date.parse(dataset.last)) : ""}
              </Td>
              <Td number head="Accepted" className="font-medium">
                {formatCount(dataset.records)}
              </Td>
              <Td number head="Refused" className={dataset.refused > 0 ? "font-medium text-attn" : "text-ink-3"}>
                {formatCount(dataset.refused)}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
