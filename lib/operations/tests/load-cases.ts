import { DERIVER_VERSION } from "@/lib/events/derive-dataset";
import { deriverInput } from "@/lib/events/deriver-input";
import { listRulesOfAnalytic } from "@/lib/detection/rules/store";
import type { DetectionTest, RuleUsed, ValueUsed } from "@/lib/detection/tests/detection-test";
import type { ImportedAlert } from "@/lib/detection/tests/find-alerts";
import { listAlertsOfRules } from "@/lib/detection/tests/store";
import { digestBasis, TEST_ENGINE, type TestBasis } from "@/lib/detection/tests/test-basis";
import { applyValues, type ValuedRules } from "@/lib/detection/tuning/apply-values";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import type { TuningVersion } from "@/lib/detection/tuning/rule-tuning";
import { findSegment, listRoster } from "@/lib/inventory/store";
import type { OperationContext } from "../context";
import { loadRuleScopes, type RuleScope } from "./load-rule-scopes";

/** The rules of one source with this segment's values, and with the values as they come. */
export interface CaseRules {
  readonly scope: RuleScope;
  readonly tuned: ValuedRules;
  readonly untuned: ValuedRules;
}

/** All that running a test needs, and the digest that its outcome is remembered by. */
export interface TestCase {
  readonly test: DetectionTest;
  readonly segment: { readonly name: string; readonly zone: string };
  readonly rules: readonly CaseRules[];
  readonly linked: readonly RuleUsed[];
  readonly values: readonly ValueUsed[];
  readonly roster: ReadonlySet<string> | null; // folded names; null: the segment has none
  readonly alerts: readonly ImportedAlert[];
  readonly gone: readonly ("attack" | "benign")[];
  readonly inputDigest: string;
}

/** What decides a test's outcome besides its samples: name and version of this code and of what reads events. */
export const TEST_ENGINES = `${TEST_ENGINE} events/${DERIVER_VERSION}`;

/** What tests would run with today. Rules, values and rosters are read once per analytic and segment. */
export async function loadCases(ctx: OperationContext, tests: readonly DetectionTest[]): Promise<TestCase[]> {
  const day = ctx.clock().toISOString().slice(0, 10);
  const versions = await listTuningVersions(ctx.db);
  const scopesOf = remember((analytic: string) => listRulesOfAnalytic(ctx.db, analytic).then((rules) => loadRuleScopes(ctx, rules.filter(({ kind }) => kind === "rule" || kind === "correlation"))));
  const segmentOf = remember(async (id: string) => ({ segment: await findSegment(ctx.db, id), roster: await listRoster(ctx.db, id) }));
  const alertsOf = remember(async (analytic: string) => listAlertsOfRules(ctx.db, (await scopesOf(analytic)).flatMap(({ chosen }) => [...chosen.values()])));
  const cases: TestCase[] = [];
  for (const test of tests) {
    const { segment, roster } = await segmentOf(test.segmentId);
    if (segment === null || segment.retiredAt !== null) continue;
    const scopes = await scopesOf(test.analytic);
    const rules = scopes.map((scope) => valued(scope, versions.filter(({ segmentId }) => segmentId === test.segmentId), test.analytic, day));
    const linked = scopes.flatMap(({ chosen }) => [...chosen.values()].map(({ id, title, digest }): RuleUsed => ({ id, title, digest }))).sort((a, b) => (a.id < b.id ? -1 : 1));
    const alerts = await alertsOf(test.analytic);
    const gone = await goneOf(ctx, test);
    const values = usedValues(rules);
    const hosts = roster.length === 0 ? null : roster.map(({ key }) => key);
    const basis: TestBasis = {
      engine: `${TEST_ENGINES} ${deriverInput()}`,
      rules: linked,
      scope: scopes.flatMap(({ digests }) => digests),
      values,
      untuned: rules.flatMap(({ untuned }) => untuned.values.map(({ name, values: own }) => ({ name, values: own ?? [] }))),
      hosts,
      alerts,
      gone,
    };
    cases.push({ test, segment: { name: segment.name, zone: segment.timeZone ?? "UTC" }, rules, linked, values, roster: hosts === null ? null : new Set(hosts), alerts, gone, inputDigest: digestBasis(test, basis) });
  }
  return cases;
}

function valued(scope: RuleScope, versions: readonly TuningVersion[], analytic: string, day: string): CaseRules {
  return { scope, tuned: applyValues(scope, versions, { analytic, day }), untuned: applyValues(scope, [], { analytic, day }) };
}

function usedValues(rules: readonly CaseRules[]): ValueUsed[] {
  const used = rules.flatMap(({ tuned }) => tuned.values.flatMap(({ name, values, from, tuning }): ValueUsed[] => (values === null || from === "none" ? [] : [{ name, values: [...values], from, version: tuning?.version ?? null }])));
  return [...new Map(used.map((value) => [JSON.stringify(value), value])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function goneOf(ctx: OperationContext, { positive, negative }: DetectionTest): Promise<("attack" | "benign")[]> {
  const there = await Promise.all([ctx.files.has(positive.digest), ctx.files.has(negative.digest)]);
  return [...(there[0] ? [] : ["attack" as const]), ...(there[1] ? [] : ["benign" as const])];
}

function remember<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}
