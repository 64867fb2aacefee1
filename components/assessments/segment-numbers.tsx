import { KeptLink } from "@/components/layout/kept-link";
import { Metric, PartOfWhole } from "@/components/metric/metric";
import { StatusBar } from "@/components/status/status-bar";
import { Table, Td, Th } from "@/components/ui/table";
import type { AssessmentView } from "@/lib/operations/get-assessment";
import { counted, formatCount } from "@/lib/shared/format-number";

/** The headline numbers of each segment of an assessment, as they were pinned. */
export function SegmentNumbers({ segments, assessment }: { segments: AssessmentView["segments"]; assessment: number }) {
  return (
    <Table label="Numbers by segment" className="mt-1">
      <thead>
        <tr>
          <Th>Segment</Th>
          <Th className="w-72 max-md:hidden print:table-cell" how="status-counts">
            Analytics by status
          </Th>
          <Th number how="observed-share">
            Observed, interval
          </Th>
          <Th number how="uniform-share">
            Counted once
          </Th>
          <Th number how="validated-share">
            Validated
          </Th>
          <Th number how="target">
            Target
          </Th>
          <Th>Hosts</Th>
        </tr>
      </thead>
      <tbody>
        {segments.map(({ id, name, doc }) => (
          <tr key={id} className="hover:bg-hover">
            <Td>
              <KeptLink href={`/segments/${id}?assessment=${assessment}`} className="font-medium hover:underline">
                {name}
              </KeptLink>
              <div className="text-xs whitespace-nowrap text-ink-2">
                {counted(doc.assets, "host")} · criticality {doc.criticality}
              </div>
              {/* On a narrow screen the bar stands here, so that the share beside it is seen without scrolling. */}
              <div className="mt-1 w-40 md:hidden print:hidden">
                <StatusBar counts={doc.headline.counts} label={name} />
              </div>
            </Td>
            <Td className="min-w-52 max-md:hidden print:table-cell">
              <StatusBar counts={doc.headline.counts} label={name} />
            </Td>
            <Td number>
              <Metric measure="observed-share" size="row" {...doc.headline.observed} />
            </Td>
            <Td number>
              <Metric measure="uniform-share" size="row" {...doc.headline.uniform.observed} />
            </Td>
            <Td number>
              <Metric measure="validated-share" size="row" {...doc.headline.validated} />
            </Td>
            <Td number>{doc.target ? <PartOfWhole measure="target" millionths={doc.target.value} title="observable share to reach" /> : <span className="text-ink-3">none</span>}</Td>
            <Td className="text-xs whitespace-nowrap text-ink-2">
              {doc.rostered ? (
                <>
                  {formatCount(doc.neverSeen.length)} never seen
                  <br />
                  {formatCount(doc.foreign.length)} foreign
                </>
              ) : (
                "no roster"
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
