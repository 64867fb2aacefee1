import { StatusGlyph } from "@/components/status/status-glyph";
import { formatCount } from "@/lib/shared/format-number";
import type { MatrixView } from "@/lib/reports/matrix-view";
import type { DescribedRow } from "./describe-row";
import type { MatrixRow } from "./filter-matrix";
import type { MatrixColumn } from "./lay-out";
import { StandMarks } from "./stand-mark";

/** The whole matrix on paper: tactic after tactic in columns of text, what the filters leave of it. Only drawn while a page is printed. */
export function MatrixPrint({ view, columns, describe }: { view: MatrixView; columns: readonly MatrixColumn[]; describe: (row: MatrixRow) => DescribedRow }) {
  return (
    <div className="hidden print:block">
      <p className="mb-2">
        {view.scopes.map(({ name }) => name).join(" beside ")}
        {view.layer === null ? "" : `; signs: ${view.layer.name} says more (up), less (down) or the same (=)`}
      </p>
      <div className="columns-3 gap-4 text-xs leading-4">
        {columns.map(({ tactic, rows }) => (
          <section key={tactic} className="mb-3">
            <h2 className="border-b">{view.tactics[tactic]?.name}</h2>
            <ul>
              {rows.map((row) => {
                const { id, name, sub, numbers, stands, family, gained } = describe(row);
                return (
                  <li key={id} className="flex break-inside-avoid items-center gap-1 py-px" style={{ paddingLeft: sub ? 10 : 0 }}>
                    {numbers.map((number, index) => (
                      <StatusGlyph key={index} status={number?.status ?? "not-applicable"} size={14} />
                    ))}
                    <span className="min-w-0 flex-1">{name}</span>
                    {stands === null ? null : <StandMarks counts={stands} family={family} className="flex-row" />}
                    {gained.some((cells) => cells > 0) ? <span>projected {gained.map((cells) => `+${cells}`).join(" · ")}</span> : null}
                    <span className="text-ink-3">{numbers.map((number) => (number === undefined ? "–" : `${formatCount(number.k)}/${formatCount(number.n)}`)).join(" · ")}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
