"use client";
import { KeptLink } from "@/components/layout/kept-link";
import { ProjectedBar, ProjectedRow, ProjectedShare } from "@/components/metric/projected-share";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { formatCount } from "@/lib/shared/format-number";
import type { Plan } from "./use-plan";

const MOST = 12;

/** The headline and every segment as they would be, hatched where nobody has proven it. Segments that gain most come first. */
export function ProjectedCard({ doc, plan }: { doc: PlanDoc; plan: Plan }) {
  const { gains } = plan;
  const rows = doc.segments
    .map((segment, position) => ({ segment, gained: gains.groups.get(position) ?? { value: 0, cells: 0 } }))
    .map(({ segment, gained }) => ({ segment, cells: gained.cells, then: segment.value === null ? null : Math.min(1_000_000, segment.value + Math.round((gained.value * segment.scale) / 1000)) }))
    .sort((a, b) => b.cells - a.cells || (b.then ?? 0) - (b.segment.value ?? 0) - ((a.then ?? 0) - (a.segment.value ?? 0)));
  const fleet = doc.now.value === null ? null : doc.now.value + Math.round(gains.value / 1000);
  return (
    <Card>
      <CardHeader title={<>Projected <Pill className="font-normal">not a fact, never stored as one</Pill></>} />
      <div className="px-3 pt-2 md:px-4">
        <ProjectedShare now={doc.now.value} then={fleet} n={doc.now.n} cells={gains.cells} />
      </div>
      <div className="relative mt-2 overflow-x-auto" role="region" aria-label="Projected share by segment" tabIndex={0}>
        <table className="w-full border-collapse text-xs">
          <thead>
            <tr className="text-ink-3">
              <th scope="col" className="px-3 py-1 text-left font-medium md:pl-4">Segment</th>
              <th scope="col" className="w-24 px-1 py-1 text-left font-medium">Observed</th>
              <th scope="col" className="px-1 py-1 text-right font-medium"><span className="sr-only">Share</span></th>
              <th scope="col" className="px-1 py-1 text-right font-medium">cells</th>
              <th scope="col" className="px-3 py-1 text-right font-medium md:pr-4">n</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST).map(({ segment, cells, then }) => (
              <tr key={segment.id} className="border-t">
                <td className="max-w-36 truncate px-3 py-1.5 md:pl-4" title={segment.name}>
                  <KeptLink href={`/segments/${segment.id}`} className="hover:underline">
                    {segment.name}
                  </KeptLink>
                </td>
                <td className="px-1">
                  <ProjectedBar now={segment.value} then={then} n={segment.n} target={segment.target} />
                </td>
                <td className="px-1 text-right">
                  <ProjectedRow now={segment.value} then={then} n={segment.n} />
                </td>
                <td className="px-1 text-right font-medium">{cells > 0 ? `+${formatCount(cells)}` : "0"}</td>
                <td className="px-3 text-right text-ink-3 md:pr-4">{formatCount(segment.n)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MOST ? <p className="border-t px-3 py-1.5 text-xs text-ink-3 md:px-4">and {formatCount(rows.length - MOST)} segments that gain less</p> : null}
    </Card>
  );
}
