import { countRules } from "@/lib/detection/rules/store";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import { toTuningRows } from "@/lib/detection/tuning/tuning-row";
import { valuesInForce } from "@/lib/detection/tuning/values-in-force";
import { listSegmentsOfPlatforms } from "@/lib/inventory/store";
import { tunePlaceholders, type AnalyticTuningView } from "@/lib/reports/analytic-tuning-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listPlaceholders } from "./tuning/find-placeholder";

/** What of an analytic's rules can be tuned, with the values of one segment. @param query platforms: of the analytic; segmentId: the chosen segment */
export async function getAnalyticTuning(ctx: OperationContext, query: { readonly analytic: string; readonly platforms: readonly string[]; readonly segmentId: string | null }): Promise<AnalyticTuningView> {
  authorize(ctx, "tuning.read", "none");
  const { analytic, platforms, segmentId } = query;
  const segments = (await listSegmentsOfPlatforms(ctx.db, platforms)).filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const segment = segments.find(({ id }) => id === segmentId) ?? segments[0] ?? null;
  const placeholders = await listPlaceholders(ctx, analytic);
  const day = ctx.clock().toISOString().slice(0, 10);
  // A number or duration means what its pack says: one that is set for every rule says nothing of it.
  const numbers = new Set(placeholders.flatMap(({ kind, name }) => (kind === "list" ? [] : [name])));
  const versions = segment === null ? [] : (await listTuningVersions(ctx.db, [segment.id])).filter(({ scope, name }) => scope === analytic || (scope === "" && !numbers.has(name)));
  const values = valuesInForce(versions, { analytic, day, names: new Map(placeholders.map(({ name, defaults }) => [name, defaults])) });
  const rows = toTuningRows(versions, new Map(segment === null ? [] : [[segment.id, segment.name]]), day);
  return { analytic, segment: segment === null ? null : { id: segment.id, name: segment.name }, placeholders: tunePlaceholders(placeholders, values, rows), linked: await countRules(ctx.db, { linkedTo: analytic }) };
}
