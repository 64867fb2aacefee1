import type { LayerEntry, MatrixLayer } from "@/lib/reports/matrix-layer";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted } from "@/lib/shared/format-number";
import type { ScopeNumbers } from "./read-numbers";

/** theirs: marked in the layer; ours: some cell of the technique is observable in the scope. The same rule as `navigator compare`. */
export const LAYER_STANDS = ["only-theirs", "only-ours", "both", "neither", "not-applicable"] as const;
export type LayerStand = (typeof LAYER_STANDS)[number];

export const STAND_WORD: Readonly<Record<LayerStand, string>> = {
  "only-theirs": "marked there, not observable here",
  "only-ours": "observable here, not marked there",
  both: "marked there and observable here",
  neither: "neither marked nor observable",
  "not-applicable": "no cell here",
};

export type StandCounts = Readonly<Record<LayerStand, number>>;

/** A layer beside the numbers of a scope. */
export interface LayerStands {
  readonly name: string;
  readonly of: (technique: number) => LayerStand;
  readonly entry: (technique: number) => LayerEntry | undefined;
  readonly count: (techniques: readonly number[]) => StandCounts;
  /** Over every technique of the matrix, each once and by itself; marked: those of the layer that have no cell here. */
  readonly total: StandCounts & { readonly markedWithoutCell: number };
}

/** Where the layer and what is proven agree and disagree, technique by technique; null without a layer. */
export function standLayer(view: Pick<MatrixView, "techniques">, numbers: ScopeNumbers | undefined, layer: MatrixLayer | null): LayerStands | null {
  if (layer === null || numbers === undefined) return null;
  const entries = new Map(layer.entries.map((entry) => [entry.technique, entry]));
  const marked = (technique: number): boolean => entries.get(technique)?.marked ?? false;
  const stands = view.techniques.map((_, technique): LayerStand => {
    const number = numbers.own(technique);
    if (number === undefined || number.n === 0) return "not-applicable";
    if (number.k > 0) return marked(technique) ? "both" : "only-ours";
    return marked(technique) ? "only-theirs" : "neither";
  });
  const of = (technique: number): LayerStand => stands[technique] ?? "not-applicable";
  const count = (techniques: readonly number[]): StandCounts => {
    const counts: Record<LayerStand, number> = { "only-theirs": 0, "only-ours": 0, both: 0, neither: 0, "not-applicable": 0 };
    for (const technique of techniques) counts[of(technique)] += 1;
    return counts;
  };
  const everything = view.techniques.map((_, technique) => technique);
  return { name: layer.name, of, entry: (technique) => entries.get(technique), count, total: { ...count(everything), markedWithoutCell: everything.filter((technique) => of(technique) === "not-applicable" && marked(technique)).length } };
}

/** "marked there, not observable here (score 3: seen in June)"; of a family, its counts. "" where there is nothing to say. */
export function sayStand({ of, entry, count }: LayerStands, members: readonly number[]): string {
  const [first] = members;
  if (first === undefined) return "";
  if (members.length === 1) {
    const found = entry(first);
    const score = found === undefined || found.score === null ? "" : `score ${found.score}`;
    const said = [score, found?.comment ?? ""].filter((part) => part !== "").join(": ");
    return `${STAND_WORD[of(first)]}${found?.marked === true && of(first) === "not-applicable" ? ", marked there" : ""}${said === "" ? "" : ` (${said})`}`;
  }
  const counts = count(members);
  return LAYER_STANDS.flatMap((stand) => (counts[stand] === 0 || stand === "not-applicable" ? [] : [`${counts[stand]} ${STAND_WORD[stand]}`])).join(", ") || `no cell here of ${counted(members.length, "technique")}`;
}
