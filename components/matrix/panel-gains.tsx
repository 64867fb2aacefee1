import { KeptLink } from "@/components/layout/kept-link";
import { ProjectedGlyph } from "@/components/status/projected-glyph";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted } from "@/lib/shared/format-number";
import type { Gains } from "./open-gains";

/** The analytics of a technique, its sub-techniques' included, whose cells a choice would bring to observed. */
export function PanelGains({ view, technique, gains }: { view: MatrixView; technique: number; gains: Gains }) {
  const scopes = view.scopes.flatMap(({ segment, name }, index) => {
    const rows = gains.rows(technique, index, true);
    return rows.length === 0 ? [] : [{ segment, name, rows }];
  });
  return (
    <section className="mb-3.5">
      <h3 className="mb-1">Projected, not seen</h3>
      {scopes.length === 0 ? <p className="text-xs text-ink-2">The choice brings no cell of it to observed.</p> : null}
      {scopes.map(({ segment, name, rows }) => (
        <div key={segment ?? ""} className="mb-1.5">
          {view.scopes.length > 1 ? <p className="text-xs text-ink-2">{name}</p> : null}
          <ul className="flex flex-wrap gap-1.5 text-xs" aria-label={`Analytics that would be observed${view.scopes.length > 1 ? ` in ${name}` : ""}`}>
            {rows.map(([analytic, , cells, joins]) => (
              <li key={analytic}>
                <KeptLink href={`/analytics/${analytic}${segment === null ? "" : `?segment=${segment}`}`} prefetch={false} className="inline-flex h-6 items-center gap-1 rounded-md border border-dashed border-line-2 px-1.5 hover:bg-hover">
                  <ProjectedGlyph status="observed" />
                  <code>{analytic}</code>
                  <span className="text-ink-2">
                    {segment === null ? counted(cells, "cell") : ""}
                    {joins > 0 ? " if joined" : ""}
                  </span>
                </KeptLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
