"use client";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import { Prose } from "@/components/ui/prose";
import type { MatrixProjection, NoProjection } from "@/lib/reports/matrix-projection";
import { ToggleChip } from "./toggle-chip";
import { useServerParameter } from "./use-server-parameter";

/** Says that what is hatched is thought and not seen, what it is, and ends it. */
export function ProjectionBanner({ projection, only, onOnly }: { projection: MatrixProjection | NoProjection; only: boolean; onOnly: (on: boolean) => void }) {
  const [set, pending] = useServerParameter("whatif");
  return (
    <div role="group" aria-label="Projection" aria-busy={pending} className="mx-3 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-dashed border-accent bg-accent-soft px-3 py-1.5 text-ink-2 md:mx-5">
      {projection.state === "refused" ? null : <i aria-hidden className="hatch h-4 w-6 shrink-0 rounded-[2px] border border-accent" />}
      {projection.state === "refused" ? (
        <span role="status" className="text-attn">{projection.why}</span>
      ) : (
        <>
          <Pill>a projection, never stored as a fact</Pill>
          <span role="status" className="min-w-0 flex-1 basis-72">
            <Prose of={projection.say} />
          </span>
          <ToggleChip on={only} onChange={onOnly} title="Show only techniques that would gain a cell">
            Only these
          </ToggleChip>
        </>
      )}
      <Button variant="ghost" disabled={pending} onClick={() => set(null)} className="print:hidden">
        Stop projecting
      </Button>
    </div>
  );
}
