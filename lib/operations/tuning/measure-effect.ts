import { listRuleLinks, listRules, listRulesOfAnalytic } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { listTests } from "@/lib/detection/tests/store";
import { applyValues } from "@/lib/detection/tuning/apply-values";
import { compareHits, type ComparedSample, type SampleHit } from "@/lib/detection/tuning/compare-hits";
import type { TuningEffect, TuningVersion } from "@/lib/detection/tuning/rule-tuning";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import { listDatasetViews } from "@/lib/events/store";
import type { Segment } from "@/lib/inventory/types";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { datasetContent } from "../detection/dataset-content";
import type { EventContent } from "../detection/evaluation";
import type { JobRun } from "../job-handlers";
import { evaluateSample, toContent } from "../tests/evaluate-sample";
import { loadRuleScopes, type RuleScope } from "../tests/load-rule-scopes";

/** A change of one value in one segment. state withdrawn: values is empty. */
export type TuningChange = Pick<TuningVersion, "scope" | "name" | "state" | "values" | "expires">;

/** What the effect of a change is measured on; its digest tells whether it is still the same when the change is saved. */
export interface EffectBasis {
  readonly asked: readonly { readonly analytic: string; readonly scope: RuleScope }[];
  readonly samples: readonly (Pick<ComparedSample, "name" | "digest" | "label" | "from"> & { readonly content: EventContent })[];
  readonly versions: readonly TuningVersion[]; // of the segment
  readonly digest: string;
}

/** Rules that ask for a value, the labelled samples of the segment, and the samples of its tests. */
export async function loadEffectBasis(ctx: OperationContext, segment: Pick<Segment, "id" | "timeZone">, { scope, name }: Pick<TuningChange, "scope" | "name">): Promise<EffectBasis> {
  const asked = await rulesThatAsk(ctx, scope, name);
  const versions = await listTuningVersions(ctx.db, [segment.id]);
  const analytics = new Set(asked.map(({ analytic }) => analytic));
  const tests = (await listTests(ctx.db, { segmentIds: [segment.id] })).filter(({ analytic }) => analytics.has(analytic));
  const zone = segment.timeZone ?? "UTC";
  const ofDatasets = (await listDatasetViews(ctx.db, [segment.id])).flatMap((dataset): EffectBasis["samples"] => {
    const label = dataset.label === "benign" ? "benign" : dataset.label?.startsWith("attack") === true ? "attack" : null;
    return label === null ? [] : [{ name: dataset.fileName, digest: dataset.contentDigest, label, from: "dataset", content: datasetContent(ctx.files, dataset, segment.timeZone) }];
  });
  const ofTests = tests.flatMap(({ positive, negative, createdAt }): EffectBasis["samples"] => {
    const made = (sample: typeof negative, label: "attack" | "benign") => ({ name: sample.name, digest: sample.digest, label, from: "test" as const, content: toContent(ctx, { ...sample, zone, reference: Date.parse(createdAt) }) });
    return [made(positive, "attack"), made(negative, "benign")];
  });
  const samples = [...new Map([...ofDatasets, ...ofTests].map((sample) => [`${sample.label} ${sample.digest}`, sample])).values()];
  const digest = digestOf({
    rules: asked.flatMap(({ analytic, scope: own }) => own.digests.map((file) => `${analytic} ${file}`)).sort(),
    samples: samples.map(({ label, digest: content }) => `${label} ${content}`).sort(),
    versions: versions.map((version) => version.id).sort(),
  });
  return { asked, samples, versions, digest };
}

/** Runs every sample past the rules, with the values in force and with the new one. @param day ISO date */
export async function measureEffect(run: Pick<JobRun, "signal" | "progress">, basis: EffectBasis, change: TuningChange, day: string): Promise<TuningEffect> {
  const after = [...basis.versions, hypothetical(basis.versions, change)];
  const compared: ComparedSample[] = [];
  const skipped: { name: string; why: string }[] = [];
  const refused = new Map<string, { title: string; message: string }>();
  for (const [done, { content, ...sample }] of basis.samples.entries()) {
    run.progress(done, basis.samples.length, `Asking ${sample.name}`);
    const found = { before: new Map<string, SampleHit>(), after: new Map<string, SampleHit>() };
    try {
      for (const { analytic, scope } of basis.asked) {
        const ask = (versions: readonly TuningVersion[]) => evaluateSample({ ...applyValues(scope, versions, { analytic, day }), chosen: scope.chosen }, content, run.signal);
        const [old, fresh] = await Promise.all([ask(basis.versions), ask(after)]);
        for (const hit of old.hits) found.before.set(keyOf(hit), toHit(hit));
        for (const hit of fresh.hits) found.after.set(keyOf(hit), toHit(hit));
        const known = new Set(old.refused.map(({ rule }) => rule.id));
        for (const { rule, message } of fresh.refused) if (!known.has(rule.id)) refused.set(rule.id, { title: rule.title, message });
      }
      compared.push({ ...sample, before: [...found.before.values()], after: [...found.after.values()] });
    } catch (error) {
      run.signal.throwIfAborted();
      if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
      skipped.push({ name: sample.name, why: error.sentence() });
    }
  }
  const rules = new Set(basis.asked.flatMap(({ scope }) => [...scope.chosen.values()].map(({ id }) => id))).size;
  return compareHits(compared, { skipped, rules, refused: [...refused.values()] });
}

/** By analytic, because a value for it goes before one for every rule; rules that serve none are asked for themselves (""). */
async function rulesThatAsk(ctx: OperationContext, scope: string, name: string): Promise<EffectBasis["asked"]> {
  const byAnalytic = new Map<string, StoredRule[]>();
  if (scope === "") {
    const rules = (await listRules(ctx.db)).filter(({ placeholders }) => placeholders.includes(name));
    const links = await listRuleLinks(ctx.db, { state: "accepted", ruleIds: rules.map(({ id }) => id) });
    for (const rule of rules) {
      const analytics = links.filter(({ ruleId }) => ruleId === rule.id).map(({ analytic }) => analytic);
      for (const analytic of analytics.length === 0 ? [""] : analytics) byAnalytic.set(analytic, [...(byAnalytic.get(analytic) ?? []), rule]);
    }
  } else byAnalytic.set(scope, await listRulesOfAnalytic(ctx.db, scope));
  const asked: { analytic: string; scope: RuleScope }[] = [];
  for (const [analytic, rules] of byAnalytic) {
    for (const own of await loadRuleScopes(ctx, rules)) if (own.manifest?.elements.some((element) => element.name === name) === true || own.placeholders.includes(name)) asked.push({ analytic, scope: own });
  }
  return asked;
}

function hypothetical(versions: readonly TuningVersion[], { scope, name, state, values, expires }: TuningChange): TuningVersion {
  const version = Math.max(0, ...versions.filter((one) => one.scope === scope && one.name === name).map((one) => one.version)) + 1;
  const effect: TuningEffect = { truePositivesLost: 0, benignHitsGained: 0, truePositivesGained: 0, benignHitsLost: 0, samplesLost: 0, samples: [], skipped: [], rules: 0, refused: [] };
  return { id: "", segmentId: "", scope, name, version, state, values, unit: "", owner: "", reason: "", expires, effect, at: "", by: "" };
}

function keyOf({ rule, events }: { readonly rule: StoredRule; readonly events: readonly number[] }): string {
  return `${rule.id} ${events.join(",")}`;
}

function toHit({ rule, events }: { readonly rule: StoredRule; readonly events: readonly number[] }): SampleHit {
  return { rule: rule.id, title: rule.title, events };
}
