import type { PaletteView } from "@/lib/reports/palette-view";
import { findAssessmentRow } from "@/lib/assessment/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listCellStatuses } from "./list-cell-statuses";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/** What the command palette can open, with the statuses of the newest assessment. */
export async function getPaletteView(ctx: OperationContext): Promise<PaletteView> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessmentRow(ctx.db, null);
  const [docs, found] = await Promise.all([loadPinnedAnalytics(ctx, row?.releases ?? null), row === null ? null : listCellStatuses(ctx, row.id)]);
  const statuses = new Map<string, { status: PaletteView["analytics"][number]["statuses"][number]; segment: number }[]>();
  for (const { analytic, segment, status, flags } of found?.cells ?? []) statuses.set(analytic, [...(statuses.get(analytic) ?? []), { segment, status: { status, flags } }]);
  const techniques = new Map<string, { id: string; name: string; analytics: number }>();
  for (const doc of docs.values()) {
    for (const { id, name } of doc.techniques) techniques.set(id, { id, name, analytics: (techniques.get(id)?.analytics ?? 0) + 1 });
  }
  return {
    analytics: [...docs.values()].map((doc) => ({
      id: doc.id,
      name: `${doc.techniques[0]?.name ?? doc.name} on ${doc.platforms.join(", ") || "any platform of its domain"}`,
      statuses: (statuses.get(doc.id) ?? []).sort((a, b) => a.segment - b.segment).map((entry) => entry.status),
    })),
    techniques: [...techniques.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
