import { z } from "zod";
import { findRegressions } from "@/lib/assessment/find-regressions";
import { sameDomains } from "@/lib/assessment/same-domains";
import type { AssessmentRow } from "@/lib/assessment/store";
import { describeCheck } from "@/lib/detection/check/describe-check";
import { findSilent } from "@/lib/detection/check/find-silent";
import { rulePopulation } from "@/lib/detection/check/rule-population";
import { listCheckRuns, listChecks } from "@/lib/detection/check/store";
import { NOTHING_FOUND } from "@/lib/detection/check/stored-check";
import { listRules } from "@/lib/detection/rules/store";
import { listSiemRules } from "@/lib/detection/siem/store";
import { findSegmentByName } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { counted } from "@/lib/shared/format-number";
import { formatPercent, formatPercents } from "@/lib/shared/format-share";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getReport } from "./get-report";
import { listAssessments } from "./list-assessments";
import { listCellStatuses } from "./list-cell-statuses";

/** What a pipeline asks. At least one of rules, minObserved and noRegression. */
export interface GateRequest {
  readonly rules?: boolean; // no rule became silent, none that is deployed is disabled
  readonly minObserved?: number; // fraction 0..1 of the newest assessment's observable number, one run later of the past left out
  readonly noRegression?: boolean; // no cell that was observed fell since the assessment before
  readonly segment?: string; // name; absent: the fleet
}

/** What `gate --json` prints. */
export const gateOutcomeSchema = z.object({
  passed: z.boolean(),
  policyVersion: z.int().nullable(), // of the first check that has one
  checks: z.array(z.object({ check: z.enum(["rules", "min-observed", "no-regression"]), passed: z.boolean(), says: z.string(), reasons: z.array(z.string()), policyVersion: z.int().nullable() })), // policyVersion: of the assessment that was judged; null: none was
});
export type GateOutcome = z.infer<typeof gateOutcomeSchema>;
type GateCheck = GateOutcome["checks"][number];

/**
 * Whether a pipeline may go on.
 *
 * @throws SightlineError INVALID when nothing is asked or the fraction is none, NOT_FOUND for an unknown segment, or when there is nothing to judge
 */
export async function runGate(ctx: OperationContext, request: GateRequest): Promise<GateOutcome> {
  authorize(ctx, "assessment.read", "none");
  authorize(ctx, "rule.read", "none");
  const { minObserved } = request;
  if (request.rules !== true && minObserved === undefined && request.noRegression !== true) throw new SightlineError("INVALID", "The gate was asked nothing.", { remedy: "Give --rules, --min-observed or --no-regression." });
  if (minObserved !== undefined && !(minObserved >= 0 && minObserved <= 1)) throw new SightlineError("INVALID", `${minObserved} is no fraction between 0 and 1.`, { field: "min-observed", remedy: "Write 0.6 for 60 %." });
  const segment = request.segment === undefined ? null : await findSegmentByName(ctx.db, request.segment);
  if (request.segment !== undefined && segment === null) throw new SightlineError("NOT_FOUND", `There is no segment "${request.segment}".`, { field: "segment", remedy: "See sightline segments list." });
  if (segment !== null) authorize(ctx, "rule.read", [segment.id]);
  const judged = minObserved === undefined && request.noRegression !== true ? null : await chooseJudged(ctx);
  const checks = [
    ...(request.rules === true ? [await checkRules(ctx, segment?.id ?? null)] : []),
    ...(minObserved === undefined ? [] : [await checkObserved(ctx, judged, minObserved, segment?.name ?? null)]),
    ...(request.noRegression === true ? [await checkRegression(ctx, judged, segment?.id ?? null)] : []),
  ];
  return { passed: checks.every(({ passed }) => passed), policyVersion: checks.find(({ policyVersion }) => policyVersion !== null)?.policyVersion ?? null, checks };
}

async function checkRules(ctx: OperationContext, segmentId: string | null): Promise<GateCheck> {
  const [now, before] = await listCheckRuns(ctx.db, 2);
  if (now === undefined) throw new SightlineError("NOT_FOUND", "Nobody has checked yet whether rules can fire.", { remedy: "Run sightline rules check." });
  const rules = new Map((await listRules(ctx.db)).map((rule) => [rule.id, rule]));
  const where = segmentId === null ? (ctx.segments === "all" ? {} : { segmentIds: ctx.segments }) : { segmentIds: [segmentId] };
  const silent = before === undefined ? [] : findSilent({ run: before, rows: await listChecks(ctx.db, before.id, where) }, { run: now, rows: await listChecks(ctx.db, now.id, where) }, new Set(rules.keys()));
  const became = silent.flatMap(({ ruleId, segmentId: id, now: found, stale }) => {
    const rule = rules.get(ruleId);
    const place = now.segments.find((one) => one.id === id);
    if (rule === undefined || place === undefined) return [];
    const check = found ?? { state: "no-source" as const, hosts: 0, hostsOf: rulePopulation(rule, place), detail: NOTHING_FOUND };
    return [`${rule.title} became silent in ${place.name} (${stale ? "stale" : check.state}): ${stale ? `its newest record is of ${check.detail.newest ?? "no known time"}, older than what counts as fresh.` : describeCheck(rule, check, place)}`];
  });
  const disabled = (await listSiemRules(ctx.db)).flatMap(({ ruleId, enabled, system }) => {
    const rule = ruleId === null ? undefined : rules.get(ruleId);
    return rule !== undefined && enabled === false ? [`${rule.title} is deployed in ${system} and does not run there.`] : [];
  });
  const reasons = [...became, ...disabled];
  const since = before === undefined ? "there is no run before it to compare with" : `compared with ${before.at}`;
  return { check: "rules", passed: reasons.length === 0, says: `Rules as checked at ${now.at}, ${since}: ${became.length} became silent, ${disabled.length} deployed ones do not run.`, reasons, policyVersion: null };
}

/** What a pipeline is judged by. */
interface Judged {
  readonly now: AssessmentRow;
  readonly before: AssessmentRow | null; // null: none of the same domains
}

/**
 * The newest assessment, and the one of the same domains before it. One that was told later of the past ("as of, run later") is no
 * state of the fleet: it is judged only where there is no other.
 */
async function chooseJudged(ctx: OperationContext): Promise<Judged | null> {
  const rows = await listAssessments(ctx);
  const regular = rows.filter(({ runLater }) => !runLater);
  const [now, ...earlier] = regular.length > 0 ? regular : rows;
  return now === undefined ? null : { now, before: earlier.find((one) => sameDomains(one, now) && Date.parse(one.at) <= Date.parse(now.at)) ?? null };
}

function nothingJudged(): SightlineError {
  return new SightlineError("NOT_FOUND", "There is no assessment yet.", { remedy: "Run sightline assess first." });
}

async function checkObserved(ctx: OperationContext, judged: Judged | null, wanted: number, segment: string | null): Promise<GateCheck> {
  if (judged === null) throw nothingJudged();
  const report = await getReport(ctx, judged.now.id);
  const numbers = segment === null ? report.fleet : report.segments.find((one) => one.segment === segment);
  if (numbers === undefined) throw new SightlineError("NOT_FOUND", `Assessment ${report.assessment} does not hold ${segment ?? ""}.`, { field: "segment", remedy: "Run sightline assess." });
  const { value, k, n } = numbers.observed;
  const where = `${segment ?? "the fleet"}, assessment ${report.assessment}, policy version ${report.policy.version}`;
  const passed = value !== null && value >= wanted;
  const [is, asked] = value === null ? ["no evidence", formatPercent(Math.round(wanted * 1_000_000))] : formatPercents(Math.round(value * 1_000_000), Math.round(wanted * 1_000_000));
  return { check: "min-observed", passed, says: `Observable in ${where}: ${is} (${k} of ${n} cells), wanted ${asked}.`, reasons: passed ? [] : [`${where}: ${is} (${k} of ${n} cells) is below ${asked}.`], policyVersion: report.policy.version };
}

async function checkRegression(ctx: OperationContext, judged: Judged | null, segmentId: string | null): Promise<GateCheck> {
  if (judged === null) throw nothingJudged();
  const { now, before } = judged;
  if (before === null) return { check: "no-regression", passed: true, says: `Assessment ${now.id} is the first of ${now.domains.join(", ")}: there is none to compare with.`, reasons: [], policyVersion: now.policyVersion };
  const read = async (id: number) => {
    const { cells, segments } = await listCellStatuses(ctx, id);
    const names = new Map(segments.map((one) => [one.position, one]));
    const compared = cells.flatMap(({ analytic, segment, status }) => {
      const place = names.get(segment);
      return place === undefined || (segmentId !== null && place.id !== segmentId) ? [] : [{ analytic, segment: place.id, status }];
    });
    return { compared, names: new Map(segments.map((one) => [one.id, one.name])) };
  };
  const later = await read(now.id);
  const fallen = findRegressions((await read(before.id)).compared, later.compared);
  return { check: "no-regression", passed: fallen.length === 0, says: `Assessment ${now.id} against ${before.id}: ${counted(fallen.length, "cell")} fell from observed or validated.`, reasons: fallen.map(({ analytic, segment, before: was, now: is }) => `${analytic} in ${later.names.get(segment) ?? segment}: ${was} before, ${is} now.`), policyVersion: now.policyVersion };
}
