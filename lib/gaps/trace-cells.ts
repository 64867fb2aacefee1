import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { CellResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { causesOf, isBelowObserved } from "./causes-of";
import { gapKey } from "./gap-key";
import type { KnownGap } from "./reconcile-gaps";

/** What became of a cell that a gap held. moved: it lacks something else of the same component, family or chain; key: of that gap. */
export type CellFate = { readonly fate: "proven" } | { readonly fate: "gone" } | { readonly fate: "moved"; readonly key: string };
export type CellTrace = (gap: Pick<KnownGap, "segmentId" | "domain" | "group" | "component" | "family">, analytic: string) => CellFate;

/** Opens an assessment for asking what became of cells. A cell that does not apply or that nobody can assess any more is gone. */
export function openTrace(input: ScoringInput, result: ScoringResult): CellTrace {
  let cells: Map<string, CellResult> | null = null;
  return (gap, analytic) => {
    cells ??= new Map(result.cells.map((cell) => [`${input.segments[cell.segment]?.id ?? ""}\n${input.analytics[cell.analytic]?.id ?? ""}`, cell]));
    const cell = cells.get(`${gap.segmentId}\n${analytic}`);
    if (cell === undefined || cell.status === "unassessable") return { fate: "gone" };
    if (!isBelowObserved(cell)) return { fate: "proven" };
    const other = causesOf(cell, result).find(({ component, family, group }) =>
      gap.group === "joins" || gap.group === "unassessable" ? true : gap.group === "stream" || group === "stream" ? family === gap.family : component?.id === gap.component,
    );
    if (other === undefined) return { fate: "proven" };
    return { fate: "moved", key: gapKey({ segmentId: gap.segmentId, domain: gap.domain, group: other.group, component: other.component?.id ?? null, family: other.family }) };
  };
}
