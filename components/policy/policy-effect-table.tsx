import { Delta, Metric } from "@/components/metric/metric";
import { Table, Td, Th } from "@/components/ui/table";
import type { PolicyEffect, PolicyStands } from "@/lib/operations/preview-policy";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 8;

/** What a policy would do to today's numbers: fleet, the segments that move most, and where the cells go. */
export function PolicyEffectTable({ effect }: { effect: PolicyEffect }) {
  const { fleet, segments, moves } = effect;
  const total = moves.reduce((sum, { cells }) => sum + cells, 0);
  return (
    <div className="border-t px-3 py-3 md:px-4">
      <h3>Effect on today’s evidence</h3>
      <p className="text-ink-2">
        {total === 0 ? "No cell changes its status." : `${counted(total, "cell changes its status", "cells change their status")}: ${moves.slice(0, 4).map(({ from, to, cells }) => `${formatCount(cells)} from ${from} to ${to}`).join(", ")}${moves.length > 4 ? ", ..." : ""}.`}
      </p>
      <Table label="Effect of the changed policy">
        <thead>
          <tr>
            <Th>Segment</Th>
            <Th number how="observed-share">
              As it is
            </Th>
            <Th number>Changed</Th>
            <Th number how="points-change">
              Points
            </Th>
          </tr>
        </thead>
        <tbody>
          {[fleet, ...segments.slice(0, SHOWN)].map((row) => (
            <EffectRow key={row.name} row={row} />
          ))}
        </tbody>
      </Table>
      {segments.length > SHOWN ? <p className="pt-1 text-xs text-ink-3">and {counted(segments.length - SHOWN, "smaller change")}</p> : null}
    </div>
  );
}

function EffectRow({ row: { name, before, after } }: { row: PolicyStands }) {
  return (
    <tr>
      <Td>{name}</Td>
      <Td number>
        <Metric measure="observed-share" size="row" value={before.observed} low={before.low} high={before.high} k={before.k} n={before.n} />
      </Td>
      <Td number>
        <Metric measure="observed-share" size="row" value={after.observed} low={after.low} high={after.high} k={after.k} n={after.n} />
      </Td>
      <Td number>
        {before.observed === null || after.observed === null ? <span className="text-ink-3">–</span> : <Delta millionths={after.observed - before.observed} />}
      </Td>
    </tr>
  );
}
