import { PolicyLink } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric } from "@/components/metric/metric";
import { StatusBar } from "@/components/status/status-bar";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { AssessmentView } from "@/lib/operations/get-assessment";
import { formatTime } from "@/lib/shared/format-time";
import { Provenance } from "@/components/evidence/provenance";

const label = (id: number) => `A-${String(id).padStart(4, "0")}`;

/** Every assessment with its number and what it was computed from. */
export function AssessmentTable({ rows }: { rows: readonly AssessmentView["assessment"][] }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Assessments">
        <thead>
          <tr>
            <Th>Assessment</Th>
            <Th>As of</Th>
            <Th>Releases, policy</Th>
            <Th className="w-64" how="status-counts">
              Cells by status
            </Th>
            <Th number how="observed-share">
              Observed, interval
            </Th>
            <Th>Pinned by</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="hover:bg-hover">
              <Td>
                <KeptLink href={`/assessments/${row.id}?assessment=${row.id}`} className="font-medium hover:underline">
                  {label(row.id)}
                </KeptLink>{" "}
                {row.demo ? <Pill>demonstration</Pill> : null}
                <div className="text-xs text-ink-3">{row.actor}</div>
              </Td>
              <Td className="whitespace-nowrap">
                {formatTime(Date.parse(row.at))}
                {row.runLater ? <div className="text-xs text-attn">as of, run later: {formatTime(Date.parse(row.ranAt))}</div> : null}
              </Td>
              <Td className="text-ink-2">
                {Object.entries(row.releases)
                  .map(([domain, release]) => `${domain} ${release}`)
                  .join(", ")}
                , <PolicyLink version={row.policyVersion} />
                {row.report.weights === undefined || row.report.weights.profile === "uniform" ? null : <div className="text-xs text-ink-3">weights {row.report.weights.profile} v{row.report.weights.version}</div>}
              </Td>
              <Td className="min-w-44">
                <StatusBar counts={row.report.fleet.counts} label={label(row.id)} height={20} />
              </Td>
              <Td number>
                <Metric measure="observed-share" size="row" {...row.report.fleet.observed} />
              </Td>
              <Td>
                <details>
                  <summary className="cursor-pointer font-mono text-ink-2">{row.inputDigest.slice(0, 12)}</summary>
                  <Provenance className="w-80 py-1" rows={[["Input", row.inputDigest], ["Result", row.resultDigest], ["Engine", row.engine]]} />
                </details>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
