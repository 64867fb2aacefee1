import type { MatrixTechnique } from "./matrix-view";

/** An imported layer of ATT&CK Navigator as the matrix lists it. */
export interface MatrixLayerRow {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly attack: string | null; // the version that it names
  readonly fileName: string;
  readonly fileDigest: string;
  readonly techniques: number; // that it names
  readonly marked: number; // of those: enabled, with a score above 0 or a colour
  readonly refused: number; // entries that were not understood
  readonly refusals: readonly { readonly position: number; readonly field: string; readonly message: string }[]; // the first of them
  readonly importedAt: string;
  readonly importedBy: string;
}

/** What a layer says of a technique that stands in the matrix. */
export interface LayerEntry {
  readonly technique: number; // position
  readonly marked: boolean;
  readonly score: number | null;
  readonly comment: string; // clipped
}

/** Somebody's layer, laid over the matrix. It says what somebody wrote; it proves nothing. */
export interface MatrixLayer {
  readonly id: string;
  readonly name: string;
  readonly marked: number;
  readonly entries: readonly LayerEntry[];
  /** Marked, but nowhere in this matrix. name "": the release does not know the technique; else it publishes no analytic for it. */
  readonly outside: readonly { readonly id: string; readonly name: string; readonly score: number | null; readonly comment: string }[];
}

/** A layer as it was read. */
export interface LayerSource {
  readonly id: string;
  readonly name: string;
  readonly techniques: readonly { readonly technique: string; readonly score: number | null; readonly marked: boolean; readonly comment: string }[];
}

const LONGEST_COMMENT = 300; // characters: hundreds of comments travel with the page

/**
 * Places what a layer says into a matrix, each technique as it is named: a sub-technique does not name its parent.
 *
 * @param placed techniques of the matrix by position
 * @param known every technique of the releases, for the names of those that stand nowhere in the matrix
 */
export function placeLayer({ id, name, techniques }: LayerSource, placed: readonly Pick<MatrixTechnique, "id">[], known: readonly { readonly id: string; readonly name: string }[]): MatrixLayer {
  const position = new Map(placed.map((technique, index) => [technique.id, index]));
  const names = new Map(known.map((technique) => [technique.id, technique.name]));
  const entries: LayerEntry[] = [];
  const outside: MatrixLayer["outside"][number][] = [];
  for (const { technique, score, marked, comment: whole } of techniques) {
    const comment = whole.length > LONGEST_COMMENT ? `${whole.slice(0, LONGEST_COMMENT)}…` : whole;
    const at = position.get(technique);
    if (at !== undefined) entries.push({ technique: at, marked, score, comment });
    else if (marked) outside.push({ id: technique, name: names.get(technique) ?? "", score, comment });
  }
  return { id, name, marked: techniques.filter(({ marked }) => marked).length, entries, outside };
}
