import type { MatrixOverlay, MatrixView } from "@/lib/reports/matrix-view";
import type { Status } from "@/lib/assessment/status";
import { sayCell } from "./cell-words";
import type { MatrixRow } from "./filter-matrix";
import { sayStand, type LayerStands, type StandCounts } from "./layer-stands";
import type { GroupNumber, ScopeNumbers } from "./read-numbers";
import { counted } from "@/lib/shared/format-number";
import type { Gains } from "./open-gains";
import { saySubs, subBar } from "./sub-bar";

/** A row as it is drawn, wherever it stands. */
export interface DescribedRow {
  readonly id: string;
  readonly name: string;
  readonly sub: boolean;
  readonly numbers: readonly (GroupNumber | undefined)[];
  readonly bar: string | null;
  readonly label: string;
  readonly used: number;
  readonly stands: StandCounts | null; // beside a layer that is laid over: of the technique, or of its family while it is folded
  readonly family: boolean; // they are of a family
  readonly said: string; // the stands in words
  readonly gained: readonly number[]; // by scope: cells that a choice would bring to observed; empty: nothing is thought through
}

/** Describes rows as they come into sight, each once: names, numbers and words of hundreds are not made to draw sixty. */
export function describeRows(view: MatrixView, numbers: readonly ScopeNumbers[], groups: readonly MatrixOverlay[], layer: LayerStands | null = null, gains: Gains | null = null): (row: MatrixRow) => DescribedRow {
  const known = new WeakMap<MatrixRow, DescribedRow>();
  const children = new Map<number, number[]>();
  view.techniques.forEach(({ parent }, index) => {
    if (parent >= 0) children.set(parent, [...(children.get(parent) ?? []), index]);
  });
  const members = groups.map(({ name, techniques }) => ({ name, techniques: new Set(techniques) }));
  const describe = (row: MatrixRow): DescribedRow => {
    const technique = view.techniques[row.technique];
    const below = children.get(row.technique) ?? [];
    const found = numbers.map((scope) => (row.whole ? scope.whole(row.technique) : scope.own(row.technique)));
    const [first] = numbers;
    const subs = row.whole && first && numbers.length === 1 ? below.map((child): Status => first.own(child)?.status ?? "not-applicable") : [];
    const speaks = row.whole ? [row.technique, ...below] : [row.technique];
    const users = members.filter(({ techniques }) => speaks.some((member) => techniques.has(member))).map(({ name }) => name);
    const { id, name } = technique ?? { id: "", name: "" };
    const stand = layer === null ? "" : sayStand(layer, speaks);
    const gained = gains === null ? [] : view.scopes.map((_, scope) => gains.of(row.technique, scope, row.whole));
    const said = view.scopes.map((scope, index) => ({ scope: scope.name, number: found[index] }));
    return {
      id,
      name,
      sub: technique !== undefined && technique.parent >= 0,
      numbers: found,
      bar: subs.some((status) => status !== "not-applicable") ? subBar(subs) : null,
      label: sayCell({ id, name, whole: row.whole, below: row.below, aside: row.aside, subs: saySubs(subs), groups: users, layer: stand === "" || layer === null ? "" : `${layer.name}: ${stand}`, gained: view.scopes.flatMap(({ name: scope }, index) => ((gained[index] ?? 0) > 0 ? [`${view.scopes.length > 1 ? `${scope}: ` : ""}${counted(gained[index] ?? 0, "cell")} more would be observed (projected)`] : [])), numbers: said }),
      used: users.length,
      stands: layer === null ? null : layer.count(speaks),
      family: speaks.length > 1,
      said: stand,
      gained,
    };
  };
  return (row) => {
    let found = known.get(row);
    if (found === undefined) known.set(row, (found = describe(row)));
    return found;
  };
}
