import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatDate, formatTime } from "@/lib/shared/format-time";

/** What somebody says of the source, and what its platform measured. */
export function SourceClaims({ view }: { view: TelemetrySourceView }) {
  const { claims, measurements } = view;
  return (
    <Card className="pb-1">
      <CardHeader title="Claims" note={counted(claims.length, "row")} say={claims.length === 0 ? "Nobody claims that it is collected here." : "What the inventory says. A claim never proves anything."} />
      {claims.length === 0 ? null : (
        <div className="mt-2">
          <Table label="Claims">
            <thead>
              <tr>
                <Th>Source</Th>
                <Th>Speaks of</Th>
                <Th>Basis</Th>
                <Th>As of</Th>
                <Th number>Hosts</Th>
              </tr>
            </thead>
            <tbody className="text-xs">
              {claims.map((claim, index) => (
                <tr key={index}>
                  <Td className="align-top">
                    {claim.source}
                    {claim.file === "" ? null : <span className="block text-ink-3 [overflow-wrap:anywhere]">from {claim.file}</span>}
                  </Td>
                  <Td className="min-w-44 align-top [overflow-wrap:anywhere]">
                    {[claim.logSource, claim.channel, claim.component].filter(Boolean).join(" · ")}
                    <span className="block text-ink-3">{counted(claim.kinds, "record kind")}</span>
                    {claim.condition ? <span className="block text-ink-2">only where: {claim.condition}</span> : null}
                    {claim.counts ? null : <span className="block text-attn">does not count: {claim.because}</span>}
                  </Td>
                  <Td className="align-top">{claim.basis}</Td>
                  <Td className="align-top whitespace-nowrap">{claim.asOf === null ? <span className="text-ink-3">not said</span> : formatDate(claim.asOf)}</Td>
                  <Td number className="align-top">
                    {claim.hosts === null ? <span className="text-ink-3">not said</span> : formatCount(claim.hosts)}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      <h2 className="border-t px-3 pt-3 md:px-4">
        Measurements <span className="text-xs font-normal text-ink-3">{counted(measurements.length, "query result")}</span>
      </h2>
      {measurements.length === 0 ? (
        <p className="px-3 pb-2 text-ink-2 md:px-4">Nothing was measured on the platform itself.</p>
      ) : (
        <ul className="mt-1 text-xs">
          {measurements.map((measurement, index) => (
            <li key={index} className="border-t px-3 py-1.5 md:px-4">
              <code>{measurement.kind}</code> · {counted(measurement.hosts, "host")}, {counted(measurement.count, "record")} · as of {formatTime(measurement.asOf)}
              <span className="block text-ink-3">
                {measurement.complete ? "covers every host and the whole window" : "covers a part"}; {measurement.records ? "its raw records parse" : "without raw records"}
                {measurement.newest === null ? "" : `; newest ${formatTime(measurement.newest)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
