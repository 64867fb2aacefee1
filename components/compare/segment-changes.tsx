import { KeptLink } from "@/components/layout/kept-link";
import { Delta, Metric } from "@/components/metric/metric";
import { MoreRows } from "@/components/tables/more-rows";
import { Table, Td, Th } from "@/components/ui/table";
import type { CompareView } from "@/lib/reports/compare-view";
import { compareHref } from "./compare-links";

/** Every segment's number before and now, and what each group of inputs moved of it; largest change first. */
export function SegmentChanges({ view }: { view: CompareView }) {
  const moving = view.steps.filter(({ part }) => view.segments.some(({ points }) => points[part] !== 0));
  return (
    <Table label="Change by segment" className="mt-1">
      <thead>
        <tr>
          <Th>Segment</Th>
          <Th number>{view.a.label}</Th>
          <Th number how="observed-share">
            {view.b.label}
          </Th>
          {moving.map(({ part, label }) => (
            <Th key={part} number how={part === moving[0]?.part ? "points-change" : undefined}>
              {label}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        <MoreRows
          first={24}
          columns={3 + moving.length}
          rows={view.segments.map(({ id, name, from, to, points }) => (
            <tr key={id} className={view.filter.segment === id ? "bg-accent-soft" : "hover:bg-hover"}>
              <Td>
                <KeptLink href={compareHref(view, { segment: id })} className="font-medium hover:underline">
                  {name}
                </KeptLink>
              </Td>
              <Td number>
                <Metric measure="observed-share" size="row" value={from.observed} low={from.low} high={from.high} k={from.k} n={from.n} />
              </Td>
              <Td number>
                <Metric measure="observed-share" size="row" value={to.observed} low={to.low} high={to.high} k={to.k} n={to.n} />
              </Td>
              {moving.map(({ part }) => (
                <Td key={part} number>
                  {points[part] === 0 ? <span className="text-ink-3">0</span> : <Delta millionths={points[part]} />}
                </Td>
              ))}
            </tr>
          ))}
        />
      </tbody>
    </Table>
  );
}
