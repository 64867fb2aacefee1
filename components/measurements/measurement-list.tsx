import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { SegmentView } from "@/lib/operations/get-segment-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** What was measured in a segment, newest version of each query; and the way to measure it. */
export function MeasurementList({ segmentId, measurements, retired }: { segmentId: string; measurements: SegmentView["measurements"]; retired: boolean }) {
  return (
    <Card className="pb-1">
      <CardHeader
        title="Measurements"
        note={measurements.length === 0 ? undefined : counted(measurements.length, "record kind")}
        say={measurements.length === 0 ? "Nothing was counted in the fleet's own platform yet: queries do it without hauling the records." : "Counted by queries in the fleet's own platform. Those with raw records prove; the others are claims."}
        action={
          retired ? undefined : (
            <Button asChild>
              <KeptLink href={`/segments/${segmentId}/measure`}>Measure this segment</KeptLink>
            </Button>
          )
        }
      />
      {measurements.length === 0 ? <div className="h-2" /> : null}
      {measurements.length > 0 ? (
        <Table label="Measurements">
          <thead>
            <tr>
              <Th>Record kind</Th>
              <Th number>Hosts</Th>
              <Th number>Records</Th>
              <Th>Newest</Th>
              <Th>As of</Th>
              <Th>Raw records</Th>
              <Th>Query</Th>
            </tr>
          </thead>
          <tbody>
            {measurements.map((item) => (
              <tr key={item.id}>
                <Td className="font-mono">{item.kind}</Td>
                <Td number>{formatCount(item.hosts)}</Td>
                <Td number>{formatCount(item.records)}</Td>
                <Td className="whitespace-nowrap text-ink-2">{item.newest === null ? "none" : formatTime(item.newest)}</Td>
                <Td className="whitespace-nowrap text-ink-2">
                  {formatTime(item.asOf)}
                  <div className="text-xs text-ink-3">
                    {item.system || "system not said"}
                    {item.version > 1 ? `, version ${item.version}` : ""}
                    {item.complete ? ", complete" : ""}
                  </div>
                </Td>
                <Td>{item.withRecords ? "kept" : <span className="text-ink-3">none: a claim</span>}</Td>
                <Td className="font-mono text-xs">
                  {item.query === "" ? (
                    <span className="font-sans text-attn">no text</span>
                  ) : (
                    <details>
                      <summary className="cursor-pointer" title={item.queryDigest}>
                        {item.queryDigest.slice(0, 12)}
                      </summary>
                      <pre className="max-w-md whitespace-pre-wrap [overflow-wrap:anywhere]">{item.query}</pre>
                    </details>
                  )}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </Card>
  );
}
