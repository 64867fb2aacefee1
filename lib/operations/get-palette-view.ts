import { findAssessmentRow, readSegmentHeads, type AssessmentRow } from "@/lib/assessment/store";
import { flagsOf, STATUSES } from "@/lib/assessment/status";
import { PALETTE_CELLS, type PaletteView } from "@/lib/reports/palette-view";
import { readColumns } from "./assessment/read-columns";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

type Shown = PaletteView["analytics"][number]["statuses"][number];

/** What the command palette can open, with the first statuses of the newest assessment. */
export async function getPaletteView(ctx: OperationContext): Promise<PaletteView> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessmentRow(ctx.db, null);
  const [docs, statuses] = await Promise.all([loadPinnedAnalytics(ctx, row?.releases ?? null), row === null ? new Map<string, Shown[]>() : readFirstStatuses(ctx, row)]);
  const techniques = new Map<string, { id: string; name: string; analytics: number }>();
  for (const doc of docs.values()) {
    for (const { id, name } of doc.techniques) techniques.set(id, { id, name, analytics: (techniques.get(id)?.analytics ?? 0) + 1 });
  }
  return {
    analytics: [...docs.values()].map((doc) => ({
      id: doc.id,
      name: `${doc.techniques[0]?.name ?? doc.name} on ${doc.platforms.join(", ") || "any platform of its domain"}`,
      statuses: statuses.get(doc.id) ?? [],
    })),
    techniques: [...techniques.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** By analytic its cells in the first segments that it applies to, of those that the actor may see. */
async function readFirstStatuses(ctx: OperationContext, row: AssessmentRow): Promise<Map<string, Shown[]>> {
  const [{ analytics, columns }, heads] = await Promise.all([readColumns(ctx, row), readSegmentHeads(ctx.db, row.id)]);
  const seen = new Set(heads.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id)).map(({ position }) => position));
  const cells: number[][] = analytics.map(() => []);
  const segmentOf = (cell: number): number => columns.segment[cell] ?? 0;
  columns.analytic.forEach((analytic, cell) => seen.has(segmentOf(cell)) && cells[analytic]?.push(cell));
  return new Map(
    cells.map((own, analytic) => {
      const first = own.sort((a, b) => segmentOf(a) - segmentOf(b)).slice(0, PALETTE_CELLS);
      return [analytics[analytic] ?? "", first.map((cell): Shown => ({ status: STATUSES[columns.status[cell] ?? 0] ?? "blind", flags: flagsOf(columns.flags[cell] ?? 0) }))];
    }),
  );
}
