import { readPolicy } from "@/lib/assessment/decisions/store";
import { countRules } from "@/lib/detection/rules/store";
import { listSegmentsOfPlatforms } from "@/lib/inventory/store";
import type { AnalyticTestsView } from "@/lib/reports/analytic-tests-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listTests } from "./list-tests";

/** Tests of an analytic for its page. @param query platforms: of the analytic; segmentId: the chosen segment */
export async function getAnalyticTests(ctx: OperationContext, query: { readonly analytic: string; readonly platforms: readonly string[]; readonly segmentId: string | null }): Promise<AnalyticTestsView> {
  authorize(ctx, "test.read", "none");
  const { analytic, platforms, segmentId } = query;
  const [all, tests, linked, { validationDays }] = await Promise.all([listSegmentsOfPlatforms(ctx.db, platforms), listTests(ctx, { analytic }), countRules(ctx.db, { linkedTo: analytic }), readPolicy(ctx.db)]);
  const segments = all.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const chosen = segments.find(({ id }) => id === segmentId)?.id ?? segments[0]?.id ?? null;
  return {
    analytic,
    segmentId: chosen,
    segments,
    linked,
    validationDays,
    tests: [...tests].sort((a, b) => Number(b.segmentId === chosen) - Number(a.segmentId === chosen)),
  };
}
