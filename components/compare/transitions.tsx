import { KeptLink } from "@/components/layout/kept-link";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount } from "@/lib/shared/format-number";
import type { CompareView } from "@/lib/reports/compare-view";
import { compareHref } from "./compare-links";
import { StateWord } from "./state-word";

/** How many cells went from which status to which; rows and columns that hold nothing are left out. A number leads to its cells. */
export function Transitions({ view }: { view: CompareView }) {
  const { matrix, states, filter } = view;
  const order = [...states.keys()].reverse().filter((at) => (matrix[at] ?? []).some((n) => n > 0) || matrix.some((row) => (row[at] ?? 0) > 0));
  return (
    <Table label="Cells by status before and now" className="mt-1">
      <thead>
        <tr>
          <Th>before ↓, now →</Th>
          {order.map((column) => (
            <Th key={column} number>
              <StateWord state={states[column] ?? "not-assessed"} />
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {order.map((row) => (
          <tr key={row}>
            <Td className="whitespace-nowrap">
              <StateWord state={states[row] ?? "not-assessed"} />
            </Td>
            {order.map((column) => {
              const n = matrix[row]?.[column] ?? 0;
              const [from, to] = [states[row] ?? null, states[column] ?? null];
              const chosen = filter.from === from && filter.to === to;
              return (
                <Td key={column} number className={row === column ? "bg-surface-2 text-ink-3" : chosen ? "bg-accent-soft" : undefined}>
                  {n === 0 ? (
                    <span className="text-ink-3">·</span>
                  ) : row === column ? (
                    <span title="unchanged">{formatCount(n)}</span>
                  ) : (
                    <KeptLink href={compareHref(view, { from, to }, "#cells")} className="font-semibold text-accent hover:underline" aria-label={`${formatCount(n)} cells from ${from ?? ""} to ${to ?? ""}`}>
                      {formatCount(n)}
                    </KeptLink>
                  )}
                </Td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
