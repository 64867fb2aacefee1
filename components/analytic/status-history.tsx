import { KeptLink } from "@/components/layout/kept-link";
import { StatusGlyph } from "@/components/status/status-glyph";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { AnalyticView } from "@/lib/reports/analytic-view";
import { formatDay, formatTime } from "@/lib/shared/format-time";

/** How the analytic stood in each segment, assessment by assessment. */
export function StatusHistory({ assessments, rows }: { assessments: AnalyticView["assessments"]; rows: AnalyticView["history"] }) {
  return (
    <Card className="pb-1">
      <CardHeader title="Status over assessments" note="oldest first" />
      <Table label="Status over assessments">
        <thead>
          <tr>
            <Th>Segment</Th>
            {assessments.map((assessment) => (
              <Th key={assessment.id} className="text-center" title={`${assessment.label}, ${formatTime(assessment.at)}`}>
                {formatDay(assessment.at)}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.segmentId}>
              <Td className="whitespace-nowrap">
                <KeptLink href={`/segments/${row.segmentId}`} className="hover:underline">
                  {row.segment}
                </KeptLink>
              </Td>
              {row.cells.map((cell, index) => (
                <Td key={assessments[index]?.id} className="text-center">
                  {cell ? <StatusGlyph status={cell.status} flags={cell.flags} className="align-middle" /> : <span className="text-ink-3">–</span>}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
