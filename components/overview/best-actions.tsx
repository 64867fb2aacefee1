import { KeptLink } from "@/components/layout/kept-link";
import type { OverviewView } from "@/lib/reports/overview-view";
import { shortMoney } from "@/lib/shared/format-money";
import { counted } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";

const KIND_WORD = { repair: "Repair", prove: "Prove", configure: "Configure", buy: "Buy" } as const;

/** The heaviest gap of each kind of action: what it holds back in points, and what closing it costs. */
export function BestActions({ actions, currency }: Pick<OverviewView, "actions" | "currency">) {
  return (
    <table className="mt-1 w-full table-fixed border-collapse text-xs">
      <thead className="text-ink-3">
        <tr>
          <th scope="col" className="w-15 text-left font-normal">
            <span className="sr-only">Action</span>
          </th>
          <th scope="col" className="text-left font-normal">
            <span className="sr-only">What, in which segment</span>
          </th>
          <th scope="col" className="w-12 text-right font-normal" title="points of the observable share that it holds back">
            points
          </th>
          <th scope="col" className="w-14 text-right font-normal">
            {currency} / yr
          </th>
        </tr>
      </thead>
      <tbody>
        {actions.map(({ key, kind, what, component, segment, segmentId, why, points, cells, alonePoints, cost }) => (
          <tr key={kind}>
            <td className="text-ink-3">{KIND_WORD[kind]}</td>
            <td className="truncate leading-6">
              <KeptLink href={key === null ? `/segments/${segmentId}` : `/gaps/${key}`} className="inline-block max-w-full truncate align-top hover:underline" title={`${what} in ${segment}: ${why} ${counted(cells, "cell")}; closing it alone brings ${pointSize(alonePoints)} points.`}>
                {component ?? what} · {segment}
              </KeptLink>
            </td>
            <td className="text-right font-semibold whitespace-nowrap">{pointSize(points)}</td>
            <td className="text-right whitespace-nowrap">{cost === null ? "–" : shortMoney(cost, "")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
