import { KeptLink } from "@/components/layout/kept-link";
import { PartOfWhole } from "@/components/metric/metric";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { ChangedCell, CompareView } from "@/lib/reports/compare-view";
import { spellTimes } from "@/lib/shared/format-time";
import { compareHref } from "./compare-links";
import { StateWord } from "./state-word";

/** The cells that differ, a page of them: from what to what, moved by which group of inputs, and the reason before and now. */
export function ChangedCells({ view }: { view: CompareView }) {
  const { cells, filter, steps } = view;
  const labels = new Map(steps.map(({ part, label }) => [part, label]));
  const filtered = filter.from !== null || filter.to !== null || filter.part !== null;
  return (
    <>
      {filtered ? (
        <div className="flex flex-wrap items-center gap-2 px-3 pt-2 md:px-4">
          {filter.from !== null || filter.to !== null ? <Chip active>{`${filter.from ?? "any"} to ${filter.to ?? "any"}`}</Chip> : null}
          {filter.part !== null ? <Chip active>{`moved by ${(labels.get(filter.part) ?? filter.part).toLowerCase()}`}</Chip> : null}
          <KeptLink href={compareHref(view, { from: null, to: null, part: null }, "#cells")} className="text-xs text-accent underline">
            Show all {formatCount(cells.changed)}
          </KeptLink>
        </div>
      ) : null}
      {cells.rows.length === 0 ? (
        <p className="px-3 py-3 text-ink-2 md:px-4">{cells.changed === 0 ? "No cell differs: the same status, and the same reach of what is observed." : "No changed cell passes these filters."}</p>
      ) : (
        <Table label="Changed cells" className="mt-1" stacked>
          <thead>
            <tr>
              <Th>Analytic, segment</Th>
              <Th how="reach">From, to</Th>
              <Th>Moved by</Th>
              <Th className="min-w-64">Why before</Th>
              <Th className="min-w-64">Why now</Th>
            </tr>
          </thead>
          <tbody className="align-top">
            {cells.rows.map((cell) => (
              <tr key={`${cell.analytic} ${cell.segmentId}`} className="hover:bg-hover">
                <Td className="min-w-28 align-top">
                  <KeptLink href={`/analytics/${cell.analytic}?segment=${cell.segmentId}`} className="hover:underline">
                    <span className="font-mono text-xs">{cell.analytic}</span>{saysMore(cell) ? ` ${cell.name}` : null}
                  </KeptLink>
                  <div className="text-xs text-ink-2">{cell.segment}</div>
                </Td>
                <Td className="align-top">
                  <FromTo cell={cell} />
                </Td>
                <Td className="align-top text-xs" head="Moved by">
                  <Moves cell={cell} label={(part) => labels.get(part) ?? part} />
                </Td>
                <Td className="align-top text-xs text-ink-2" head="Before">{spellTimes(cell.before)}</Td>
                <Td className="align-top text-xs text-ink-2" head="Now">{spellTimes(cell.now)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {cells.pages > 1 ? (
        <nav aria-label="Pages of changed cells" className="flex items-center gap-2 border-t px-3 py-2 text-xs text-ink-2 md:px-4">
          {filter.page > 1 ? (
            <Button asChild>
              <KeptLink href={compareHref(view, { page: filter.page - 1 }, "#cells")} rel="prev">
                Previous
              </KeptLink>
            </Button>
          ) : null}
          <span>
            Page {formatCount(filter.page)} of {formatCount(cells.pages)}, {counted(cells.total, "cell")}
          </span>
          {filter.page < cells.pages ? (
            <Button asChild>
              <KeptLink href={compareHref(view, { page: filter.page + 1 }, "#cells")} rel="next">
                Next
              </KeptLink>
            </Button>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

/** "Analytic 0095" says no more than AN0095. */
const saysMore = ({ analytic, name }: ChangedCell): boolean => name !== `Analytic ${analytic.slice(2)}`;

function FromTo({ cell }: { cell: ChangedCell }) {
  if (cell.from !== cell.to) {
    return (
      <span className="flex flex-col">
        <StateWord state={cell.from} />
        <StateWord state={cell.to} />
      </span>
    );
  }
  return (
    <span className="flex flex-col">
      <StateWord state={cell.to} />
      <span className="text-xs whitespace-nowrap text-ink-2">
        reach <PartOfWhole measure="reach" millionths={cell.reach[0]} title="of its hosts, before" /> to <PartOfWhole measure="reach" millionths={cell.reach[1]} title="of its hosts, now" />
      </span>
    </span>
  );
}

/** Each group that moved its status, with where it moved it; groups that moved its reach alone by name. */
function Moves({ cell, label }: { cell: ChangedCell; label: (part: ChangedCell["parts"][number]) => string }) {
  const named = new Set(cell.moves.map(({ part }) => part));
  const reachOnly = cell.parts.filter((part) => !named.has(part));
  return (
    <ul>
      {cell.moves.map(({ part, to }, index) => (
        <li key={index} className="whitespace-nowrap">
          <span className="font-medium">{label(part)}</span>
          {cell.moves.length > 1 ? <span className="text-ink-2"> to {to}</span> : null}
        </li>
      ))}
      {reachOnly.map((part) => (
        <li key={part} className="whitespace-nowrap">
          <span className="font-medium">{label(part)}</span> <span className="text-ink-2">reach</span>
        </li>
      ))}
    </ul>
  );
}
