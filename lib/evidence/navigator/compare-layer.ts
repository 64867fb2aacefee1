import type { RollupRowJson } from "@/lib/assessment/rollups-json";
import type { ReadLayer } from "./read-layer";

/** theirs: marked in the layer; ours: some cell of the technique is observable here. */
export const LAYER_STANDS = ["both", "only-theirs", "only-ours", "neither", "not-applicable", "unknown-here"] as const;
export type LayerStand = (typeof LAYER_STANDS)[number];

export interface ComparedTechnique {
  readonly technique: string;
  readonly name: string; // "" where the catalogue does not know it
  readonly stand: LayerStand;
  readonly score: number | null; // theirs
  readonly comment: string; // theirs
  readonly k: number; // ours: observable cells
  readonly n: number;
}

export interface LayerComparison {
  readonly counts: Readonly<Record<LayerStand, number>>;
  readonly techniques: readonly ComparedTechnique[]; // by id; every technique of either side
}

/**
 * Somebody's layer beside what is proven here, technique by technique. A mark says that somebody wrote something; it raises
 * nothing of ours. What the layer does not mention is unmarked.
 *
 * @param rows techniques of the layer's domain
 */
export function compareLayer(layer: Pick<ReadLayer, "techniques">, rows: readonly RollupRowJson[]): LayerComparison {
  const theirs = new Map(layer.techniques.map((one) => [one.technique, one]));
  const counts: Record<LayerStand, number> = { both: 0, "only-theirs": 0, "only-ours": 0, neither: 0, "not-applicable": 0, "unknown-here": 0 };
  const compared = rows.map((row): ComparedTechnique => {
    const their = theirs.get(row.id);
    theirs.delete(row.id);
    return { technique: row.id, name: row.name, stand: standOf(their?.marked ?? false, row), score: their?.score ?? null, comment: their?.comment ?? "", k: row.observed.k, n: row.observed.n };
  });
  for (const { technique, score, comment } of theirs.values()) compared.push({ technique, name: "", stand: "unknown-here", score, comment, k: 0, n: 0 });
  compared.sort((a, b) => (a.technique < b.technique ? -1 : 1));
  for (const { stand } of compared) counts[stand] += 1;
  return { counts, techniques: compared };
}

function standOf(marked: boolean, { applicable, observed }: RollupRowJson): LayerStand {
  if (applicable === 0) return "not-applicable";
  if (observed.k > 0) return marked ? "both" : "only-ours";
  return marked ? "only-theirs" : "neither";
}
