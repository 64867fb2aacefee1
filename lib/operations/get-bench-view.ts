import { findRule } from "@/lib/detection/rules/store";
import { listPackManifests } from "@/lib/detection/packs/store";
import { applyValues } from "@/lib/detection/tuning/apply-values";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import type { PlaceholderValues } from "@/lib/detection/sigma/rule-types";
import { FORMATS } from "@/lib/events/formats/index";
import { listSegments } from "@/lib/inventory/store";
import { MOST_EVENT_CHARACTERS, MOST_RULE_CHARACTERS, type BenchView } from "@/lib/reports/bench-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { beginWithEvents } from "./bench/begin-with-events";
import { joinDocuments } from "./bench/join-documents";
import { findPackTest } from "./bench/open-bench-events";
import { readPackScope } from "./bench/read-pack-scope";
import type { OperationContext } from "./context";
import { loadRuleScopes, type RuleScope } from "./tests/load-rule-scopes";

/** What the address of the bench names; everything may be open. */
export interface BenchQuery {
  readonly rule: string | null; // a stored rule
  readonly dataset: string | null;
  readonly record: number | null; // of the dataset
  readonly pack: string | null; // an analytic's pack, and a test of it
  readonly test: number | null;
  readonly segment: string | null; // whose values fill the placeholders
}

/**
 * The test bench as its address says: the text of a rule with all that it is read with, the events to ask about, and the
 * values of its placeholders.
 *
 * @throws SightlineError NOT_FOUND for what the address names and is not there, TOO_LARGE for a rule beyond the bench
 */
export async function getBenchView(ctx: OperationContext, query: BenchQuery): Promise<BenchView> {
  authorize(ctx, "bench.run", query.segment === null ? "none" : [query.segment]);
  const analytic = query.pack?.trim().toUpperCase() ?? null;
  const [rule, events] = await Promise.all([beginWithRule(ctx, query, analytic), beginWithEvents(ctx, { ...query, analytic })]);
  const segments = (await listSegments(ctx.db)).filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  return {
    rule: rule === null ? null : { id: rule.id, title: rule.title, from: rule.from, text: rule.text },
    events,
    values: rule === null ? [] : [...rule.values].map(([name, values]) => ({ name, values })),
    segments: segments.map(({ id, name }) => ({ id, name })),
    formats: FORMATS.map(({ id, label }) => ({ id, label })),
    most: { rule: MOST_RULE_CHARACTERS, events: MOST_EVENT_CHARACTERS },
  };
}

interface Beginning {
  readonly id: string | null;
  readonly title: string;
  readonly from: string;
  readonly text: string;
  readonly values: PlaceholderValues;
}

async function beginWithRule(ctx: OperationContext, { rule: ruleId, test, segment }: BenchQuery, analytic: string | null): Promise<Beginning | null> {
  if (ruleId !== null) {
    const rule = await findRule(ctx.db, ruleId);
    if (rule === null) throw new SightlineError("NOT_FOUND", "There is no such rule.");
    const [scope] = await loadRuleScopes(ctx, [rule]);
    if (scope === undefined) throw new SightlineError("NOT_FOUND", "The file of this rule is not there any more.");
    return { id: rule.id, title: rule.title, from: rule.source, ...(await withValues(ctx, scope, segment)) };
  }
  if (analytic === null) return null;
  const [manifest] = await listPackManifests(ctx.db, [analytic]);
  if (manifest === undefined) throw new SightlineError("NOT_FOUND", `There is no pack of ${analytic}.`);
  const own = test === null ? {} : (await findPackTest(ctx, { analytic, test })).test.values;
  const { text, values } = await readPackScope(ctx, manifest, new Map(Object.entries(own)));
  return { id: null, title: manifest.title, from: `the pack of ${analytic}`, text: bounded(text), values };
}

async function withValues(ctx: OperationContext, scope: RuleScope, segment: string | null): Promise<Pick<Beginning, "text" | "values">> {
  const versions = segment === null ? [] : await listTuningVersions(ctx.db, [segment]);
  const { files, placeholders } = applyValues(scope, versions, { analytic: scope.manifest?.analytic ?? "", day: ctx.clock().toISOString().slice(0, 10) });
  return { text: bounded(joinDocuments(files.map(({ text }) => text))), values: placeholders };
}

function bounded(text: string): string {
  if (text.length > MOST_RULE_CHARACTERS) throw new SightlineError("TOO_LARGE", `The rule and all that it is read with are longer than the ${MOST_RULE_CHARACTERS} characters that the bench takes.`, { remedy: "Run sightline explain over its file." });
  return text;
}
