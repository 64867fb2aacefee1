import { classNames } from "@/components/ui/class-names";
import type { ChainEdge } from "@/lib/reports/analytic-pack";
import { edgeWords, STATE_WORDS } from "./edge-words";

/** The edges as arrows over stages that stand in a row; those that overlap stand in rows of their own. */
export function ChainRail({ edges, stages }: { edges: readonly ChainEdge[]; stages: number }) {
  return (
    <div aria-hidden className="hidden gap-y-1 px-3 pt-3 md:px-4 lg:grid" style={{ gridTemplateColumns: `repeat(${stages}, minmax(0, 1fr))` }}>
      {placeEdges(edges).map(({ edge, row }) => {
        const [first, last] = edge.from < edge.to ? [edge.from, edge.to] : [edge.to, edge.from];
        const broken = edge.state !== "joined";
        const inset = `${50 / (last - first + 1)}%`;
        return (
          <div key={edge.id} className="flex flex-col justify-end px-1" style={{ gridColumn: `${first + 1} / ${last + 2}`, gridRow: row + 1, marginInline: inset }}>
            <span className={classNames("pb-0.5 text-center text-xs text-balance", broken ? "font-medium text-attn" : "text-ink-2")}>
              {edgeWords(edge)}
              {broken ? `: ${STATE_WORDS[edge.state]}` : ""}
            </span>
            <span className={classNames("relative h-2 border-t-[1.5px]", broken ? "border-dashed border-attn" : "border-ink-3")}>
              <i className={classNames("absolute -top-[4.5px] size-0 border-y-4 border-y-transparent", edge.from < edge.to ? "right-0 border-l-[7px]" : "left-0 border-r-[7px]", broken ? "border-x-attn" : "border-x-ink-3")} />
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** Each edge in the first row where it crosses no other; ends may meet. */
function placeEdges(edges: readonly ChainEdge[]): { readonly edge: ChainEdge; readonly row: number }[] {
  const rows: [number, number][][] = [];
  return [...edges]
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
    .map((edge) => {
      const span: [number, number] = [Math.min(edge.from, edge.to), Math.max(edge.from, edge.to)];
      const free = rows.findIndex((row) => row.every(([from, to]) => span[1] <= from || span[0] >= to));
      const row = free === -1 ? rows.length : free;
      rows[row] = [...(rows[row] ?? []), span];
      return { edge, row };
    });
}
