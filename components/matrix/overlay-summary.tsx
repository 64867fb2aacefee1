"use client";
import { Button } from "@/components/ui/button";
import type { MatrixOverlay, MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { ScopeNumbers } from "./read-numbers";
import { useServerParameter } from "./use-server-parameter";

/** How the techniques that the chosen groups use stand here: each once, by itself, as the groups name them. */
export function OverlaySummary({ view, groups, numbers }: { view: MatrixView; groups: readonly MatrixOverlay[]; numbers: ScopeNumbers | undefined }) {
  if (groups.length === 0 || numbers === undefined) return null;
  const used = [...new Set(groups.flatMap(({ techniques }) => techniques))].filter((index) => view.techniques[index] !== undefined);
  const applicable = used.flatMap((index) => numbers.own(index) ?? []);
  const observed = applicable.filter(({ status }) => status === "observed" || status === "validated").length;
  const none = applicable.filter(({ k }) => k === 0).length;
  const names = groups.length <= 2 ? groups.map(({ name }) => name).join(" and ") : counted(groups.length, "group");
  return (
    <span className="text-ink-2">
      Of <strong>{counted(used.length, "technique")}</strong> that {names} {groups.length === 1 ? "uses" : "use"}, {formatCount(applicable.length)} {applicable.length === 1 ? "applies" : "apply"} here: <strong>{formatCount(observed)}</strong> observed in every cell, <strong>{formatCount(none)}</strong> in none.
    </span>
  );
}

/** The address names a layer that is not here: it was removed, or is of another domain. */
export function LostOverlay() {
  const [set] = useServerParameter("overlay");
  return (
    <span role="status" className="text-attn">
      The layer of this address is not here, or is of another domain.
      <Button variant="ghost" onClick={() => set(null)}>
        Go on without it
      </Button>
    </span>
  );
}
