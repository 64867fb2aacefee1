import type { ProjectedRow } from "@/lib/reports/matrix-projection";
import type { MatrixView } from "@/lib/reports/matrix-view";

/** What a choice would add to techniques, by scope. Thought, not seen. */
export interface Gains {
  /** Cells that would become observed. @param whole with sub-techniques */
  readonly of: (technique: number, scope: number, whole: boolean) => number;
  readonly rows: (technique: number, scope: number, whole: boolean) => readonly ProjectedRow[];
  readonly techniques: ReadonlySet<number>; // that gain by themselves, in any scope
}

/** Opens the projection of a view on one platform (-1: all); null where there is none. */
export function openGains(view: Pick<MatrixView, "projection" | "techniques">, platform: number): Gains | null {
  const { projection, techniques } = view;
  if (projection?.state !== "projected") return null;
  const scopes = projection.scopes.map((rows) => new Map(rows.filter((row) => platform < 0 || row[1] === platform).map((row) => [row[0], row])));
  const children = new Map<number, number[]>();
  techniques.forEach(({ parent }, index) => {
    if (parent >= 0) children.set(parent, [...(children.get(parent) ?? []), index]);
  });
  const rows: Gains["rows"] = (technique, scope, whole) => {
    const members = whole ? [technique, ...(children.get(technique) ?? [])] : [technique];
    const analytics = new Set(members.flatMap((member) => techniques[member]?.analytics ?? []));
    return [...analytics].flatMap((id) => {
      const row = scopes[scope]?.get(id);
      return row === undefined ? [] : [row];
    });
  };
  const known = new Map<string, number>();
  const of: Gains["of"] = (technique, scope, whole) => {
    const key = `${technique} ${scope} ${String(whole)}`;
    let cells = known.get(key);
    if (cells === undefined) known.set(key, (cells = rows(technique, scope, whole).reduce((sum, [, , count]) => sum + count, 0)));
    return cells;
  };
  const gaining = new Set(techniques.flatMap((_, index) => (scopes.some((__, scope) => of(index, scope, false) > 0) ? [index] : [])));
  return { of, rows, techniques: gaining };
}
