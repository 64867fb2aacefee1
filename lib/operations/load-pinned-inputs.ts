import { freshWindow } from "@/lib/assessment/build-scoring-input";
import { listExclusionRows, readPolicy, toExclusionInputs } from "@/lib/assessment/decisions/store";
import { pinMeasurements } from "@/lib/assessment/pin-measurements";
import { pinTests } from "@/lib/assessment/pin-tests";
import { pinQuality } from "@/lib/assessment/quality/pin-quality";
import { readWeightsInForce } from "@/lib/assessment/weights/store";
import { pinWeights } from "@/lib/assessment/weights/weight-profile";
import type { Policy } from "@/lib/assessment/scoring-input";
import type { PinnedInputs } from "@/lib/assessment/pinned-inputs";
import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import type { Analytic, Domain } from "@/lib/catalog/types";
import { listRules, listRuleLinks } from "@/lib/detection/rules/store";
import { listRuns, listTests } from "@/lib/detection/tests/store";
import { listProbes } from "@/lib/events/probes/store";
import { listDatasetViews, readWindowedAggregates } from "@/lib/events/store";
import { listMeasurements } from "@/lib/inventory/measurements/store";
import { listClaims, listSegments, listSegmentsForScoring } from "@/lib/inventory/store";
import { listWatchedFamilies } from "@/lib/inventory/watch/store";
import { SightlineError } from "@/lib/shared/errors";
import { overridesInForce } from "@/lib/telemetry/overrides/override";
import { listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listStaleDatasets } from "./list-stale-datasets";
import { pinPacks } from "./packs/pin-packs";

export interface LoadedInputs {
  readonly pinned: PinnedInputs;
  readonly demo: boolean; // nothing but the demonstration fleet
}

/**
 * Reads what an assessment at `at` pins, in short reads: current catalogues, live segments, claims, measurements, watched
 * families, sample aggregates cut at the window, policy, exclusions, overrides of resolutions, rules that are linked, tests.
 *
 * @param input testedUntil: runs of tests up to then count as of `at`, because this assessment made them; releases: by domain, in
 *   place of the current one, and policy in place of the newest, for looking ahead
 * @throws SightlineError NOT_FOUND without a catalogue of a domain or without a segment; CONFLICT naming the samples whose
 *   derived rows are out of date: an assessment never mixes readings of different tables
 */
export async function loadPinnedInputs(ctx: OperationContext, input: { readonly at: Date; readonly domains: readonly Domain[]; readonly testedUntil?: Date; readonly releases?: Readonly<Partial<Record<Domain, string>>>; readonly policy?: Policy }): Promise<LoadedInputs> {
  authorize(ctx, "assessment.run", "all");
  const stale = await listStaleDatasets(ctx);
  if (stale.length > 0) {
    const names = stale.slice(0, 5).map(({ fileName }) => fileName).join(", ");
    throw new SightlineError("CONFLICT", `${stale.length === 1 ? "1 sample was" : `${stale.length} samples were`} read by an earlier version or in another time zone and must be read again first: ${names}${stale.length > 5 ? ", ..." : ""}.`, {
      remedy: "Run sightline events rederive, or wait for the running job.",
    });
  }
  const catalogs = await readCatalogs(ctx, input.domains, input.releases ?? {});
  const policy = input.policy ?? (await readPolicy(ctx.db));
  const segments = await listSegmentsForScoring(ctx.db);
  if (segments.length === 0) throw new SightlineError("NOT_FOUND", "There is no segment to assess.", { remedy: "Create one, or run sightline segments import FILE.csv." });
  const at = input.at.getTime();
  const window = freshWindow(at, policy);
  const ids = segments.map(({ id }) => id);
  const aggregates = await readWindowedAggregates(ctx.db, { segments: ids, ...window });
  const datasets = await listDatasetViews(ctx.db, "all");
  const zoneUnknown = datasets.flatMap(({ id, warnings }) => warnings.filter(({ code }) => code === "zone-unknown").flatMap(({ kinds }) => kinds.map((kind) => ({ dataset: id, kind }))));
  const claims = await listClaims(ctx.db);
  const summaries = await listSegments(ctx.db);
  return {
    demo: summaries.every((segment) => segment.demo),
    pinned: {
      at,
      domains: input.domains,
      releases: catalogs.releases,
      catalogDigests: catalogs.digests,
      policy,
      weights: pinWeights(await readWeightsInForce(ctx.db)),
      analytics: catalogs.analytics,
      segments,
      claims,
      aggregates,
      exclusions: toExclusionInputs(await listExclusionRows(ctx.db), at),
      overrides: overridesInForce(await listOverrideVersions(ctx.db)),
      zoneUnknown,
      ...pinMeasurements(await listMeasurements(ctx.db), await listWatchedFamilies(ctx.db), aggregates, at, policy, new Map(segments.map(({ id, platforms }) => [id, platforms]))),
      links: await readLinks(ctx),
      tests: await readTests(ctx, at, input.testedUntil),
      ...(await pinPacks(ctx, { analytics: catalogs.analytics, segments, aggregates, window, datasets })),
      quality: pinQuality(segments, claims, await listProbes(ctx.db, { segmentIds: ids, window })),
    },
  };
}

/** Accepted links of rules that can be evaluated: a refused one serves nothing. A rule is named by its Sigma id, else by its place. */
async function readLinks(ctx: OperationContext): Promise<NonNullable<PinnedInputs["links"]>> {
  const links = await listRuleLinks(ctx.db, { state: "accepted" });
  const rules = new Map((await listRules(ctx.db, { linked: true, refused: false })).map(({ id, key }) => [id, key]));
  const found = links.flatMap(({ analytic, ruleId }) => {
    const rule = rules.get(ruleId);
    return rule === undefined ? [] : [{ analytic, rule }];
  });
  return [...new Map(found.map((link) => [`${link.analytic} ${link.rule}`, link])).values()]; // two sources may hold one rule
}

async function readCatalogs(ctx: OperationContext, domains: readonly Domain[], chosen: Readonly<Partial<Record<Domain, string>>>): Promise<{ analytics: Analytic[]; releases: Record<string, string>; digests: Record<string, string> }> {
  const snapshots = await listSnapshotRows(ctx.db);
  const analytics: Analytic[] = [];
  const releases: Record<string, string> = {};
  const digests: Record<string, string> = {};
  for (const domain of domains) {
    const current = snapshots.find((snapshot) => snapshot.domain === domain && (chosen[domain] === undefined ? snapshot.current : snapshot.release === chosen[domain]));
    if (current === undefined) throw new SightlineError("NOT_FOUND", `No catalogue of the domain ${domain} is imported.`, { remedy: "Run sightline catalog import FILE first." });
    releases[domain] = current.release;
    digests[domain] = current.digest;
    analytics.push(...(await readAnalytics(ctx.db, current.id)));
  }
  return { analytics, releases, digests };
}

/** The newest run of every test that was attached then, removed ones too where they were not yet. */
async function readTests(ctx: OperationContext, at: number, testedUntil: Date | undefined) {
  const tests = await listTests(ctx.db, { removed: true });
  return pinTests(tests, await listRuns(ctx.db, tests.map(({ id }) => id)), { at, ranUntil: testedUntil?.getTime() ?? null });
}
