import { comparisonSchema } from "@/lib/assessment/compare/comparison";
import { readNewestEntries } from "@/lib/audit/read-audit-log";
import { findRepointed } from "@/lib/catalog/find-repointed";
import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { listSnapshotRows, readStrategies } from "@/lib/catalog/store";
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
 * What an imported release would change if it were current, or changed since an earlier one: both releases scored now on the
 * same evidence, in a thread. Nothing of it is stored.
 *
 * @param input release as people write it: 19.1, mobile-19.1; from: the release that it is held against, default the current one
 * @throws SightlineError NOT_FOUND for a release that was not imported; INVALID when both are one, or of two domains; whatever pinning inputs throws
 */
export async function getReleaseEffect(ctx: OperationContext, input: { readonly release: string; readonly from?: string | undefined }): Promise<ReleaseEffect> {
  authorize(ctx, "assessment.run", "all");
  const { from, target } = findReleases(await listSnapshotRows(ctx.db), input);
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

function findReleases(snapshots: readonly Snapshot[], { release, from }: { readonly release: string; readonly from?: string | undefined }): { readonly from: Snapshot; readonly target: Snapshot } {
  const target = find(snapshots, release, "release");
  const name = `${target.domain} ${target.release}`;
  if (from !== undefined) {
    const earlier = find(snapshots, from, "from");
    if (earlier.domain !== target.domain) throw new SightlineError("INVALID", `${earlier.domain} and ${target.domain} are different domains: no release of one changes the other.`, { field: "from" });
    if (earlier.id === target.id) throw new SightlineError("INVALID", `${name} is held against itself: nothing can differ.`, { field: "from" });
    return { from: earlier, target };
  }
  const current = snapshots.find((snapshot) => snapshot.domain === target.domain && snapshot.current);
  if (current === undefined || current.id === target.id) throw new SightlineError("INVALID", `${name} is the current release: there is nothing to look ahead to.`, { field: "release", remedy: "Import another release with --no-current, or say with --from since which release." });
  return { from: current, target };
}

function find(snapshots: readonly Snapshot[], wanted: string, field: string): Snapshot {
  const key = readReleaseKey(wanted);
  const own = snapshots.filter(({ domain }) => domain === key.domain);
  const found = own.find((snapshot) => snapshot.release === key.release);
  if (found === undefined) throw new SightlineError("NOT_FOUND", `${key.domain} ${key.release} was not imported.`, { field, remedy: own.length === 0 ? "Import its bundle first." : `Imported: ${own.map((one) => one.release).join(", ")}.` });
  return found;
}
