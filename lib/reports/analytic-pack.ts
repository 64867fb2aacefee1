import type { CellJson } from "@/lib/assessment/cell-json";
import type { PackJoin, PackManifest } from "@/lib/detection/packs/pack-schema";
import type { PackRow } from "@/lib/detection/packs/pack-row";
import { packLine, type PackLine } from "./packs-view";

/** What the page of an analytic shows of its pack in force. */
export interface AnalyticPack extends PackLine {
  readonly confidenceBecause: string;
  readonly guidance: PackManifest["guidance"];
  readonly falsePositives: readonly string[];
  readonly tuning: readonly string[];
}

/** An edge of the chain in one cell: the condition as the pack draws it, whether it holds here, and the records that show it. */
export interface ChainEdge extends Pick<PackJoin, "id" | "by" | "ordered" | "windowSeconds" | "because"> {
  readonly from: number; // positions in the cell's requirements
  readonly to: number;
  readonly state: NonNullable<CellJson["joins"]>[number]["state"];
  readonly witness: string | null; // joined: in words
  readonly why: string | null; // otherwise
  readonly records: readonly { readonly dataset: string; readonly record: number }[];
}

/** The pack in force as the page of its analytic shows it. */
export function analyticPack(row: PackRow): AnalyticPack {
  const { confidence, guidance, falsePositives, tuning } = row.manifest;
  return { ...packLine(row), confidenceBecause: confidence.because, guidance, falsePositives, tuning };
}

/**
 * The edges of a cell as the pack draws them that was in force when it was assessed.
 *
 * @param manifest of that version; null: it is not there any more, and edges without their ends are no chain
 */
export function chainEdges({ joins = [], requirements }: Pick<CellJson, "joins" | "requirements">, manifest: PackManifest | null): ChainEdge[] {
  if (manifest === null || manifest.requirements.length !== requirements.length) return [];
  const at = (id: string): number => manifest.requirements.findIndex((requirement) => requirement.id === id);
  return manifest.joins.flatMap(({ id, from, to, by, ordered, windowSeconds, because }): ChainEdge[] => {
    const found = joins.find(({ edge }) => edge === id);
    if (found === undefined) return [];
    return [{ id, by, ordered, windowSeconds, because, from: at(from), to: at(to), state: found.state, witness: found.witness ?? null, why: found.because ?? null, records: found.records ?? [] }];
  });
}
