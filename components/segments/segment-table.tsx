import { KeptLink } from "@/components/layout/kept-link";
import { Metric, PartOfWhole } from "@/components/metric/metric";
import { StatusBar } from "@/components/status/status-bar";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { SegmentListRow } from "@/lib/operations/get-segments-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { TargetForm, type SaveTarget } from "./target-form";
import { TargetDistance, TargetWords } from "./target-words";

/** Every segment with what it is and how it stands. */
export function SegmentTable({ rows, setTarget }: { rows: readonly SegmentListRow[]; setTarget: SaveTarget }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Segments">
        <thead>
          <tr>
            <Th>Segment</Th>
            <Th className="max-md:hidden print:table-cell">Platforms</Th>
            <Th number className="max-md:hidden print:table-cell">
              Hosts
            </Th>
            <Th number className="max-md:hidden print:table-cell">
              Criticality
            </Th>
            <Th className="max-md:hidden print:table-cell">Owner</Th>
            <Th className="w-64 max-md:hidden print:table-cell" how="status-counts">
              Analytics by status
            </Th>
            <Th number how="observed-share">
              Observed, interval
            </Th>
            <Th number how="target">
              Target, distance
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ segment, assessed, target }) => (
            <tr key={segment.id} className="hover:bg-hover">
              <Td className="max-w-80 min-w-40 leading-[17px] [overflow-wrap:anywhere]">
                <KeptLink href={`/segments/${segment.id}`} className="font-medium hover:underline">
                  {segment.name}
                </KeptLink>{" "}
                {segment.retiredAt ? <Pill>retired</Pill> : null}
                <div className="text-xs text-ink-3">
                  <span className="md:hidden print:hidden">
                    {segment.platforms.map((platform) => platform.name).join(", ")} · {counted(segment.assets, "host")} · criticality {segment.criticality} ·{" "}
                  </span>
                  {segment.rosterHosts === null ? "no roster" : `roster of ${formatCount(segment.rosterHosts)}`} · {counted(segment.claims, "claim")}
                </div>
                {target === null ? null : (
                  <div className="text-xs md:hidden print:hidden">
                    target <PartOfWhole measure="target" millionths={target.value} title="observable share to reach" />, <TargetDistance target={target} />
                  </div>
                )}
              </Td>
              <Td className="text-ink-2 max-md:hidden print:table-cell">{segment.platforms.map((platform) => platform.name).join(", ")}</Td>
              <Td number className="max-md:hidden print:table-cell">
                {formatCount(segment.assets)}
              </Td>
              <Td number className="max-md:hidden print:table-cell">
                {segment.criticality}
              </Td>
              <Td className="text-ink-2 max-md:hidden print:table-cell">{segment.owner || "none"}</Td>
              <Td className="min-w-44 max-md:hidden print:table-cell">{assessed ? <StatusBar counts={assessed.headline.counts} label={segment.name} height={20} /> : <span className="text-xs text-ink-3">not assessed</span>}</Td>
              <Td number>{assessed ? <Metric measure="observed-share" size="row" {...assessed.headline.observed} /> : <span className="text-ink-3">–</span>}</Td>
              <Td>
                <span className="flex items-center justify-end gap-2">
                  <TargetWords target={target} />
                  {segment.retiredAt ? null : <TargetForm segment={segment.name} target={segment.target} save={setTarget} compact />}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
