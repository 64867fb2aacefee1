import { comparisonSchema } from "@/lib/assessment/compare/comparison";
import { readNewestEntries } from "@/lib/audit/read-audit-log";
import { findRepointed } from "@/lib/catalog/find-repointed";
import { readStrategies } from "@/lib/catalog/store";
import type { Analytic, Snapshot } from "@/lib/catalog/types";
import { describeReleaseEffect, type ReleaseEffect, type ReleaseFacts } from "@/lib/reports/release-effect";
import { authorize } from "./authorize";
import { compareInWorker } from "./compare/compare-in-worker";
import type { OperationContext } from "./context";
import { diffCatalog } from "./diff-catalog";
import { findReleasePair } from "./find-release-pair";
import { loadPinnedInputs } from "./load-pinned-inputs";

const REMEMBERED_MS = 3_600_000;
// The same question about the same evidence: everything that changes evidence writes an audit entry.
let last: { readonly key: string; readonly at: number; readonly effect: Promise<ReleaseEffect> } | null = null;

/**
 * What an imported release would change if it were current, or changed since an earlier one: both releases scored now on the
 * same evidence, in a thread. Nothing of it is stored.
 *
 * @throws SightlineError of findReleasePair; whatever pinning inputs throws
 */
export async function getReleaseEffect(ctx: OperationContext, input: { readonly release: string; readonly from?: string | undefined }): Promise<ReleaseEffect> {
  authorize(ctx, "assessment.run", "all");
  const { from, target } = await findReleasePair(ctx, input);
  const [newest] = await readNewestEntries(ctx.db, 1);
  const key = `${from.digest} ${target.digest} ${from.id} ${target.id} ${newest?.hash ?? ""}`;
  const now = ctx.clock();
  if (last === null || last.key !== key || now.getTime() - last.at > REMEMBERED_MS) {
    const effect = compute(ctx, from, target, now);
    const entry = { key, at: now.getTime(), effect };
    last = entry;
    effect.catch(() => {
      if (last === entry) last = null;
    });
  }
  return last.effect;
}

async function compute(ctx: OperationContext, from: Snapshot, target: Snapshot, at: Date): Promise<ReleaseEffect> {
  const { domain } = target;
  const pin = async ({ release }: Snapshot) => (await loadPinnedInputs(ctx, { at, domains: [domain], releases: { [domain]: release }, testedUntil: at })).pinned;
  const [a, b] = [await pin(from), await pin(target)];
  const document = await compareInWorker({ type: "pinned", a, b });
  const comparison = comparisonSchema.parse(JSON.parse(Buffer.from(document).toString("utf8")));
  const repointed = findRepointed(await readStrategies(ctx.db, from.id), await readStrategies(ctx.db, target.id));
  return describeReleaseEffect({ domain, from: from.release, to: target.release, before: live(a.analytics), after: live(b.analytics), repointed, content: await readContent(ctx, from, target) }, comparison);
}

/** What differs in published content; null where a side is the starter catalogue, whose descriptions are not MITRE's. */
async function readContent(ctx: OperationContext, from: Snapshot, target: Snapshot): Promise<ReleaseFacts["content"]> {
  if (from.origin === "starter" || target.origin === "starter") return null;
  const { changed, formalOnly } = await diffCatalog(ctx, { a: `${from.domain}-${from.release}`, b: `${target.domain}-${target.release}` });
  return { changed: changed.flatMap(({ type, id, fields }) => (type === "x-mitre-analytic" && id !== null ? [{ id, fields }] : [])), formalOnly };
}

function live(analytics: readonly Analytic[]): Analytic[] {
  return analytics.filter(({ revoked, deprecated }) => !revoked && !deprecated);
}
