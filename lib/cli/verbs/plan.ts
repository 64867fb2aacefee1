import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import type { PlanJson } from "@/lib/gaps/plan/plan-json";
import { SightlineError } from "@/lib/shared/errors";
import { formatCount } from "@/lib/shared/format-number";
import { formatPercent, formatPoints } from "@/lib/shared/format-share";
import { failImport, refusedRowsSentence } from "../fail-import";
import { printRefusals, refusalsJson } from "../print-refusals";
import { readAssessmentId } from "../read-assessment-id";
import { registerWhatIf } from "./plan-what-if";
import type { CliIo } from "../cli-io";

interface PlanFlags {
  readonly assessment?: string;
  readonly segment?: string;
  readonly budget?: string;
  readonly target?: string;
  readonly seconds?: string;
  readonly json?: boolean;
}

const MOST_DEPENDENCES = 10; // --json has them all

/** `plan` (the default is `plan make`), `plan frontier`, `plan costs list|import|set|remove|rates`, and what plan-what-if.ts adds: which collections to change first. */
export function register(program: Command, io: CliIo): void {
  const plan = program.command("plan").description("the collections that raise the headline most within a budget (plan --budget 50000 is plan make --budget 50000)");
  plan
    .command("make", { isDefault: true })
    .description("the best plan: proven, or with the gap that is left")
    .option("--segment <name>", "plan for one segment: points are of its own headline (default: the fleet)")
    .option("--budget <amount>", "money a year (default: no limit)")
    .option("--target <fraction>", "instead of a budget: reach this headline, 0..1, at the least cost")
    .option("--assessment <id>", "default: the newest")
    .option("--seconds <n>", "time for the optimiser, 1 to 600 (default: 20 for a segment, 60 for the fleet)")
    .option("--json", "print one JSON document")
    .action(async (flags: PlanFlags) => {
      const id = readAssessmentId(flags.assessment);
      const { makePlan } = await import("@/lib/operations/make-plan");
      const request = { assessment: id, segment: flags.segment ?? null, budget: amount("budget", flags.budget), target: amount("target", flags.target), ...(flags.seconds === undefined ? {} : { seconds: amount("seconds", flags.seconds) ?? 20 }) };
      const made = await io.withContext((ctx) => makePlan(ctx, request, io.signal));
      if (flags.json) io.json(made);
      else printPlan(io, made);
      if (made.status === "infeasible") io.fail();
    });
  plan
    .command("frontier")
    .description("trace the efficient plans of an assessment: for every cost the most that it can win")
    .option("--assessment <id>", "default: the newest")
    .option("--json", "print one JSON document")
    .action(async ({ assessment, json }: PlanFlags) => {
      const { preparePlanFrontier } = await import("@/lib/operations/trace-plan-frontier");
      const { getPlanView } = await import("@/lib/operations/get-plan-view");
      const id = readAssessmentId(assessment);
      const view = await io.withContext(async (ctx) => {
        await io.runJob(ctx, await preparePlanFrontier(ctx, id));
        return getPlanView(ctx, id);
      });
      const doc = view?.frontier?.doc;
      if (view === null || doc === undefined) throw new SightlineError("NOT_FOUND", "Nothing has been assessed yet.", { remedy: "Run sightline assess first." });
      const points = doc.points.map(({ cost, points: won, cells, actions }) => ({ cost, points: won, cells, actions: actions?.length ?? null }));
      if (json) io.json({ assessment: view.assessment, currency: doc.currency, proven: doc.proven, whole: doc.whole, nested: doc.nested, points, mostReferenced: doc.naive.map(({ cost, value }) => ({ cost, points: Math.round(value / 1000) })), dependences: doc.dependences.map(({ segment, ...rest }) => ({ segment: doc.segments[segment]?.name ?? "", ...rest })) });
      else {
        io.table(points.map(({ cost, points: won, cells, actions }) => ({ cost, points: formatPoints(won), cells, actions })));
        if (doc.dependences.length > 0) io.line("Observed cells that rest on one source alone:");
        io.table(doc.dependences.slice(0, MOST_DEPENDENCES).map(({ segment, family, lost, of }) => ({ segment: doc.segments[segment]?.name ?? "", source: family, "would be lost": `${lost} of ${of}` })));
      }
    });
  registerCosts(plan, io);
  registerWhatIf(plan, io);
}

function registerCosts(plan: Command, io: CliIo): void {
  const costs = plan.command("costs").description("what collections cost: licence, volume and effort");
  costs
    .command("list")
    .description("what is stated of costs; for everything else Sightline's estimates count")
    .option("--json", "print one JSON document")
    .action(async ({ json }: PlanFlags) => {
      const { listPlanCosts } = await import("@/lib/operations/list-plan-costs");
      const found = await io.withContext((ctx) => listPlanCosts(ctx));
      if (json) return io.json(found);
      io.line(`version ${found.version}; ${found.rates.perEffortDay} ${found.rates.currency} a day of effort, ${found.rates.perGbDay} ${found.rates.currency} a year for a GB a day`);
      sayUnpriced(io, found.unpriced);
      io.table(found.rows.map((row) => ({ segment: row.segment, collection: row.collection, licence: row.licence, gb_day: row.volumeGbPerDay, effort_days: row.effortDays, shared_licence: row.sharedLicence, note: row.note })));
    });
  costs
    .command("import")
    .description("state costs from a CSV (segment,collection,licence,volume_gb_day,effort_days,shared_licence,note)")
    .argument("<file>", "CSV file")
    .option("--json", "print one JSON document")
    .action(async (path: string, { json }: PlanFlags) => {
      const { importPlanCosts } = await import("@/lib/operations/import-plan-costs");
      const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw new SightlineError("NOT_FOUND", `${path} cannot be read (${error.code ?? "unknown"}).`, { file: path });
      });
      const result = await io.withContext((ctx) => importPlanCosts(ctx, { fileName: basename(path), content }));
      failImport(io, [refusedRowsSentence(path, result.rows, result.refused, "are stated") ?? []].flat(), 1);
      if (json) return io.json({ file: path, version: result.version, rows: result.rows, understood: result.understood.length, changed: result.changed, refused: refusalsJson(result.refused), unknownColumns: result.unknownColumns, unpriced: result.unpriced });
      io.line(`${path}: ${result.understood.length} of ${result.rows} rows understood, ${result.changed} changed; version ${result.version}`);
      for (const column of result.unknownColumns) io.line(`  not read    column ${column}`);
      printRefusals(io, result.refused);
      sayUnpriced(io, result.unpriced);
    });
  costs
    .command("set")
    .description("state what one collection, or everything of a family, costs; a field that is left out stays an estimate")
    .argument("<collection>", "a family, a collection as plan collections names it, or licence:NAME")
    .option("--segment <name>", "default: every segment")
    .option("--licence <amount>", "money a year")
    .option("--gb-day <amount>", "volume in GB a day")
    .option("--effort-days <days>", "once")
    .option("--shared-licence <name>", "a licence that several collections share, paid once")
    .option("--note <text>", "where it is from")
    .action(async (collection: string, flags: { segment?: string; licence?: string; gbDay?: string; effortDays?: string; sharedLicence?: string; note?: string }) => {
      const { statePlanCost } = await import("@/lib/operations/set-plan-costs");
      const { segment = "*", licence = "", gbDay = "", effortDays = "", sharedLicence = "", note = "" } = flags;
      const version = await io.withContext((ctx) => statePlanCost(ctx, { segment, collection, licence, volumeGbPerDay: gbDay, effortDays, sharedLicence, note }));
      io.line(`The costs are version ${version} now.`);
    });
  costs
    .command("remove")
    .description("take back what is stated of a collection; Sightline's estimate counts again")
    .argument("<collection>", "as plan costs list names it")
    .option("--segment <name>", "default: the row of every segment")
    .action(async (collection: string, { segment = "*" }: { segment?: string }) => {
      const { setPlanCosts } = await import("@/lib/operations/set-plan-costs");
      const version = await io.withContext((ctx) => setPlanCosts(ctx, { remove: { segment, collection } }));
      io.line(`The costs are version ${version} now.`);
    });
  costs
    .command("rates")
    .description("set what a day of effort and a GB a day cost")
    .option("--currency <code>", "for example EUR")
    .option("--effort-day <amount>", "money for a day of effort")
    .option("--gb-day <amount>", "money a year for a GB a day")
    .action(async (flags: { currency?: string; effortDay?: string; gbDay?: string }) => {
      const { setPlanCosts } = await import("@/lib/operations/set-plan-costs");
      const [perEffortDay, perGbDay] = [amount("effort-day", flags.effortDay), amount("gb-day", flags.gbDay)];
      const version = await io.withContext((ctx) => setPlanCosts(ctx, { rates: { ...(flags.currency === undefined ? {} : { currency: flags.currency }), ...(perEffortDay === null ? {} : { perEffortDay }), ...(perGbDay === null ? {} : { perGbDay }) } }));
      io.line(`The rates are version ${version} now.`);
    });
}

function printPlan(io: CliIo, made: PlanJson): void {
  const proven = made.status === "optimal" ? "exact optimum" : made.status === "infeasible" ? `no plan reaches this target: all that can be collected brings the headline to ${formatPercent(made.reachable ?? made.headline.before)}` : made.gap === null ? "not proven optimal: no bound is known" : `not proven optimal: another plan could have ${made.target === null ? `${formatPoints(made.gap)} points more` : `cost ${Math.ceil(made.gap)} ${made.currency} less`}`;
  io.line(`${formatCount(made.items.length)} collections for ${formatCount(made.cost)} ${made.currency} bring ${formatPoints(made.points)} points and ${formatCount(made.cells)} of ${formatCount(made.open)} open cells (n ${formatCount(made.headline.n)}); ${proven}.`);
  if (made.assumedJoins > 0) io.line(`${formatCount(made.assumedJoins)} of the cells are chains of stages that nobody has seen: their join is assumed.`);
  io.table(made.items.map(({ segment, collection, kind, cost, points, cells, aloneUnlocks, stated }) => ({ segment, collection, kind, cost, points: formatPoints(points), cells, alone: aloneUnlocks, price: stated ? "stated" : "estimate" })));
  for (const { name, segment, cost } of made.licences) io.line(`and ${name}${segment === null ? "" : ` in ${segment}`}, paid once: ${formatCount(cost)} ${made.currency}`);
  sayUnpriced(io, made.unpricedLicences);
}

function sayUnpriced(io: CliIo, names: readonly string[]): void {
  for (const name of names) io.line(`The shared licence ${name} has no price and counts as nothing: state it as licence:${name}.`);
}

function amount(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new SightlineError("INVALID", `"${text}" is not an amount.`, { field: name, remedy: "Write digits, for example 50000." });
  return value;
}
