import { comparisonSchema } from "@/lib/assessment/compare/comparison";
import { readNewestEntries } from "@/lib/audit/read-audit-log";
import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { listSnapshotRows } from "@/lib/catalog/store";
import type { Analytic, Snapshot } from "@/lib/catalog/types";
import { describeReleaseEffect, type ReleaseEffect, type ReleaseFacts } from "@/lib/reports/release-effect";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { compareInWorker } from "./compare/compare-in-worker";
import type { OperationContext } from "./context";
import { diffCatalog } from "./diff-catalog";
import { loadPinnedInputs } from "./load-pinned-inputs";

const REMEMBERED_MS = 3_600_000;
// The same question about the same evidence: everything that changes evidence writes an audit entry.
let last: { readonly key: string; readonly at: number; readonly effect: Promise<ReleaseEffect> } | null = null;

/**
 * What an imported release would change if it were current: both releases scored now on the same evidence, in a thread.
 * Nothing of it is stored.
 *
 * @param input release as people write it: 19.1, mobile-19.1
 * @throws SightlineError NOT_FOUND for a release that was not imported; INVALID when it is the current one; whatever pinning inputs throws
 */
export async function getReleaseEffect(ctx: OperationContext, input: { readonly release: string }): Promise<ReleaseEffect> {
  authorize(ctx, "assessment.run", "all");
  const { current, target } = findReleases(await listSnapshotRows(ctx.db), input.release);
  const [newest] = await readNewestEntries(ctx.db, 1);
  const key = `${current.digest} ${target.digest} ${current.id} ${target.id} ${newest?.hash ?? ""}`;
  const now = ctx.clock();
  if (last === null || last.key !== key || now.getTime() - last.at > REMEMBERED_MS) {
    const effect = compute(ctx, current, target, now);
    const entry = { key, at: now.getTime(), effect };
    last = entry;
    effect.catch(() => {
      if (last === entry) last = null;
    });
  }
  return last.effect;
}

async function compute(ctx: OperationContext, current: Snapshot, target: Snapshot, at: Date): Promise<ReleaseEffect> {
  const { domain } = target;
  const pin = async ({ release }: Snapshot) => (await loadPinnedInputs(ctx, { at, domains: [domain], releases: { [domain]: release }, testedUntil: at })).pinned;
  const [a, b] = [await pin(current), await pin(target)];
  const document = await compareInWorker({ type: "pinned", a, b });
  const comparison = comparisonSchema.parse(JSON.parse(Buffer.from(document).toString("utf8")));
  return describeReleaseEffect({ domain, from: current.release, to: target.release, before: live(a.analytics), after: live(b.analytics), content: await readContent(ctx, current, target) }, comparison);
}

/** What differs in published content; null where one side is the starter catalogue, whose descriptions are not MITRE's. */
async function readContent(ctx: OperationContext, current: Snapshot, target: Snapshot): Promise<ReleaseFacts["content"]> {
  if (current.origin === "starter" || target.origin === "starter") return null;
  const { changed, repointed, formalOnly } = await diffCatalog(ctx, { a: `${current.domain}-${current.release}`, b: `${target.domain}-${target.release}` });
  return { changed: changed.flatMap(({ type, id, fields }) => (type === "x-mitre-analytic" && id !== null ? [{ id, fields }] : [])), repointed, formalOnly };
}

function live(analytics: readonly Analytic[]): Analytic[] {
  return analytics.filter(({ revoked, deprecated }) => !revoked && !deprecated);
}

function findReleases(snapshots: readonly Snapshot[], release: string): { readonly current: Snapshot; readonly target: Snapshot } {
  const key = readReleaseKey(release);
  const own = snapshots.filter(({ domain }) => domain === key.domain);
  const target = own.find((snapshot) => snapshot.release === key.release);
  if (target === undefined) throw new SightlineError("NOT_FOUND", `${key.domain} ${key.release} was not imported.`, { field: "release", remedy: own.length === 0 ? "Import its bundle first." : `Imported: ${own.map((one) => one.release).join(", ")}.` });
  const current = own.find((snapshot) => snapshot.current);
  if (current === undefined || current.id === target.id) throw new SightlineError("INVALID", `${key.domain} ${key.release} is the current release: there is nothing to look ahead to.`, { field: "release", remedy: "Import another release with --no-current." });
  return { current, target };
}
