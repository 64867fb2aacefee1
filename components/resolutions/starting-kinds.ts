import type { ResolutionRow } from "@/lib/reports/resolution-rows";
import type { ChosenKind } from "./kind-picker";

const MOST = 40;

/**
 * The kinds that an override starts from: those accepted now. Free text accepts whatever carries the component, often hundreds:
 * there the engineer starts from what is cited, or from nothing, and says what really counts.
 */
export function startingKinds(basis: ResolutionRow["basis"], kinds: readonly ChosenKind[]): readonly ChosenKind[] {
  const own = basis === "component" ? kinds.filter(({ met }) => met === "as-cited") : kinds;
  return own.length > MOST ? [] : own;
}
