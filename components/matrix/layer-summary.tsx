import type { MatrixLayer } from "@/lib/reports/matrix-layer";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { LayerStand, LayerStands } from "./layer-stands";
import { StandSign } from "./stand-mark";

/** What a layer and the proof say together, each technique once and by itself. Each count leads to its techniques in the table. */
export function LayerSummary({ view, layer, stands, onShow }: { view: MatrixView; layer: MatrixLayer; stands: LayerStands; onShow: (stand: LayerStand) => void }) {
  const { total } = stands;
  const part = (stand: LayerStand, count: number, words: string) => (
    <button type="button" onClick={() => onShow(stand)} disabled={count === 0} title="Show them in the table" className="inline-flex min-h-6 items-center gap-1 rounded-sm px-0.5 enabled:hover:bg-hover enabled:hover:underline">
      <StandSign stand={stand} />
      <strong>{formatCount(count)}</strong> {words}
    </button>
  );
  return (
    <div role="group" aria-label="Their layer beside ours" className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-3 pb-2 text-ink-2 md:px-5">
      <span>
        <strong className="text-ink">{layer.name}</strong> marks {counted(layer.marked, "technique")}
        {view.scopes.length > 1 ? `, beside ${view.scopes[0].name}` : ""}:
      </span>
      {part("both", total.both, "observable here too")}
      {part("only-theirs", total["only-theirs"], "not observable here")}
      {total.markedWithoutCell > 0 ? part("not-applicable", total.markedWithoutCell, total.markedWithoutCell === 1 ? "has no cell here" : "have no cell here") : null}
      {layer.outside.length > 0 ? <span title={layer.outside.map(({ id, name }) => `${id} ${name}`.trim()).join(", ")}>{formatCount(layer.outside.length)} not in this matrix</span> : null}
      {part("only-ours", total["only-ours"], `more observable here, not marked there`)}
    </div>
  );
}

/** Marked techniques that stand nowhere in the matrix, by name, and why. */
export function OutsideLayer({ layer }: { layer: MatrixLayer }) {
  if (layer.outside.length === 0) return null;
  return (
    <details className="border-t bg-surface px-4 py-1.5 text-xs text-ink-2 print:hidden">
      <summary className="cursor-pointer">{counted(layer.outside.length, "technique")} that {layer.name} marks and this matrix does not hold</summary>
      <ul className="max-h-40 overflow-y-auto py-1">
        {layer.outside.map(({ id, name, score, comment }) => (
          <li key={id} className="py-0.5">
            <span className="font-mono">{id}</span> {name === "" ? "is unknown to this release" : `${name}: ATT&CK publishes no analytic for it`}
            {score === null ? "" : `; score ${score}`}
            {comment === "" ? "" : `; ${comment}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
