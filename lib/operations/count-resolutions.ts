import { z } from "zod";
import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { UNCITED_REASONS } from "@/lib/telemetry/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readResolver } from "./read-resolver";

const count = z.number().int();

/** How the references of one domain are read: each citation of a log source counts once. */
export const resolutionCountsSchema = z.object({
  domain: z.string(),
  release: z.string(),
  references: count,
  basis: z.object({ curated: count, channel: count, component: count }),
  structured: z.number().nullable(), // share of curated and channel, six decimals; null where there is no reference
  verdicts: z.object({ producible: count, "not-producible": count, "platform-mismatch": count, external: count }),
  uncited: z.record(z.enum(UNCITED_REASONS), count), // can be produced, and nothing is accepted as cited: why
  overridden: count,
});
export type ResolutionCounts = z.infer<typeof resolutionCountsSchema>;

/** What the log-source references of the current catalogues came to, per domain, overrides applied. */
export async function countResolutions(ctx: OperationContext): Promise<ResolutionCounts[]> {
  authorize(ctx, "resolution.read", "none");
  const { resolver } = await readResolver(ctx);
  const found: ResolutionCounts[] = [];
  for (const { id, domain, release } of (await listSnapshotRows(ctx.db)).filter(({ current }) => current)) {
    const counts = { basis: { curated: 0, channel: 0, component: 0 }, verdicts: { producible: 0, "not-producible": 0, "platform-mismatch": 0, external: 0 }, uncited: noneUncited(), references: 0, overridden: 0 };
    for (const analytic of await readAnalytics(ctx.db, id)) {
      if (analytic.revoked || analytic.deprecated) continue;
      for (const source of analytic.logSources) {
        const { basis, verdict, uncited, override } = resolver.resolve(source, analytic.platforms[0] ?? null, analytic.id);
        counts.references += 1;
        counts.basis[basis] += 1;
        counts.verdicts[verdict] += 1;
        if (uncited !== undefined) counts.uncited[uncited] += 1;
        if (override !== undefined) counts.overridden += 1;
      }
    }
    found.push({ domain, release, structured: counts.references === 0 ? null : Math.round(((counts.basis.curated + counts.basis.channel) / counts.references) * 1e6) / 1e6, ...counts });
  }
  return found.sort((a, b) => compareCodeUnits(a.domain, b.domain));
}

function noneUncited(): ResolutionCounts["uncited"] {
  return { "not-logged": 0, elsewhere: 0, "other-act": 0, "no-such-record": 0, behaviour: 0, "not-read": 0, "not-judged": 0 };
}
