import type { ProjectedCell } from "@/lib/gaps/plan/project-segment";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { MatrixProjection, NoProjection, ProjectedRow } from "./matrix-projection";
import { strong, type Sentence } from "./sentence";

/** What a choice would win, before it is placed in a matrix. */
export interface ProjectionFacts {
  readonly state: "projected";
  readonly name: string;
  readonly scenario: string | null;
  readonly sources: readonly string[];
  readonly won: ReadonlyMap<string, readonly ProjectedCell[]>; // by segment (id)
  readonly cost: number;
  readonly currency: string;
  readonly collections: number;
  readonly gone: number;
}

/**
 * The cells that a choice would win as rows of the matrix: per scope and analytic.
 *
 * @param scopes ids of the segments of each scope
 * @param platformOf of an analytic of this domain: its position in the view, -1 where it is none that is shown; undefined: of another domain
 */
export function placeProjection(facts: ProjectionFacts | NoProjection, scopes: readonly (readonly string[])[], platformOf: (analytic: string) => number | undefined): MatrixProjection | NoProjection {
  if (facts.state === "refused") return facts;
  const placed = scopes.map((segments): ProjectedRow[] => {
    const rows = new Map<string, { platform: number; cells: number; joins: number }>();
    for (const segment of segments) {
      for (const { analytic, assumedJoin } of facts.won.get(segment) ?? []) {
        const platform = platformOf(analytic);
        if (platform === undefined) continue;
        const row = rows.get(analytic) ?? { platform, cells: 0, joins: 0 };
        row.cells += 1;
        row.joins += assumedJoin ? 1 : 0;
        rows.set(analytic, row);
      }
    }
    return [...rows].map(([analytic, { platform, cells, joins }]) => [analytic, platform, cells, joins]);
  });
  return { state: "projected", name: facts.name, scenario: facts.scenario, sources: facts.sources, say: sayProjection(facts, placed[0] ?? [], (scopes[0] ?? []).filter((segment) => (facts.won.get(segment)?.length ?? 0) > 0).length), scopes: placed };
}

function sayProjection({ name, cost, currency, collections, gone }: ProjectionFacts, rows: readonly ProjectedRow[], segments: number): Sentence {
  const cells = rows.reduce((sum, [, , count]) => sum + count, 0);
  const joins = rows.reduce((sum, [, , , count]) => sum + count, 0);
  if (collections === 0) return [strong(name), ": nothing of it is left to collect here."];
  return [
    "With ",
    strong(name),
    `, ${counted(collections, "collection")} for ${shortMoney(cost, currency)} a year, `,
    strong(counted(cells, "cell")),
    segments > 1 ? ` of ${counted(segments, "segment")} would become observed` : " would become observed",
    joins === 0 ? "" : `, ${formatCount(joins)} of them if their records join`,
    gone === 0 ? "." : `; ${counted(gone, "collection")} of it ${gone === 1 ? "is" : "are"} not open any more.`,
  ];
}
