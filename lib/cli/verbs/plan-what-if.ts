import type { Command } from "commander";
import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { SightlineError } from "@/lib/shared/errors";
import { formatCount } from "@/lib/shared/format-number";
import { formatPercent, formatPoints } from "@/lib/shared/format-share";
import { readAssessmentId } from "../read-assessment-id";
import type { CliIo } from "../cli-io";

interface ChoiceFlags {
  readonly choose?: readonly string[];
  readonly assessment?: string;
  readonly json?: boolean;
}

const MOST_CELLS = 20; // --json has them all

/** `plan collections`, `plan what-if`, `plan scenarios list|save|compare|remove`: what collections would bring that nobody collects yet. */
export function registerWhatIf(plan: Command, io: CliIo): void {
  plan
    .command("collections")
    .description("every collection that could be changed, with its kind and what it costs by itself")
    .option("--segment <name>", "default: every segment")
    .option("--assessment <id>", "default: the newest")
    .option("--json", "print one JSON document")
    .action(async ({ segment, assessment, json }: { segment?: string; assessment?: string; json?: boolean }) => {
      const { listPlanCollections } = await import("@/lib/operations/list-plan-collections");
      const found = await io.withContext((ctx) => listPlanCollections(ctx, { segment: segment ?? null, assessment: readAssessmentId(assessment) }));
      if (json) return io.json(found);
      io.line(sayGround(found));
      io.table(found.collections.map((row) => ({ segment: row.segment, collection: row.collection, kind: row.kind, cost: row.cost, price: row.stated ? "stated" : "estimate", why: row.why })));
    });
  chosen(plan.command("what-if").description("what a choice of collections would bring, cell by cell, by the scorer; nothing of it is stored"))
    .option("--json", "print one JSON document")
    .action(async ({ choose = [], assessment, json }: ChoiceFlags) => {
      const { projectChoices } = await import("@/lib/operations/project-choices");
      const found = await io.withContext((ctx) => projectChoices(ctx, { choices: readChoices(choose), assessment: readAssessmentId(assessment) }));
      if (json) return io.json(found);
      io.line(`A projection. ${sayGround(found)}`);
      io.line(`${formatCount(found.cells.length)} cells would become observed, ${formatPoints(found.points)} points of the fleet's headline (n ${formatCount(found.fleet.n)}), for ${formatCount(found.cost)} ${found.currency} a year.`);
      io.table(found.segments.map(({ segment, before, after, n, cells, nearer, wider }) => ({ segment, now: sayShare(before), then: sayShare(after), n, cells, nearer, wider })));
      io.table(found.cells.slice(0, MOST_CELLS).map(({ segment, analytic, from, to, assumedJoin }) => ({ segment, analytic, from, to, join: assumedJoin ? "assumed" : "" })));
      if (found.cells.length > MOST_CELLS) io.line(`and ${formatCount(found.cells.length - MOST_CELLS)} more`);
    });
  registerScenarios(plan, io);
}

function registerScenarios(plan: Command, io: CliIo): void {
  const scenarios = plan.command("scenarios").description("named choices of collections: thoughts, never evidence");
  scenarios
    .command("list")
    .description("saved scenarios with what they came to when they were saved")
    .option("--json", "print one JSON document")
    .action(async ({ json }: { json?: boolean }) => {
      const { listPlanScenarios } = await import("@/lib/operations/list-plan-scenarios");
      const found = await io.withContext((ctx) => listPlanScenarios(ctx));
      if (json) io.json(found);
      else io.table(found.map(({ id, name, outcome, choices, at, by, assessmentId }) => ({ id, name, points: formatPoints(outcome.points), cells: outcome.cells, cost: outcome.cost, collections: choices.length, assessment: assessmentId, by, at })));
    });
  chosen(scenarios.command("save").description("keep a choice of collections under a name").argument("<name>", "of the scenario"))
    .option("--note <text>", "what it is for", "")
    .option("--json", "print one JSON document")
    .action(async (name: string, { choose = [], assessment, note, json }: ChoiceFlags & { note: string }) => {
      const { savePlanScenario } = await import("@/lib/operations/save-plan-scenario");
      const id = await io.withContext((ctx) => savePlanScenario(ctx, { name, note, choices: readChoices(choose), assessment: readAssessmentId(assessment) }));
      if (json) io.json({ id });
      else io.line(`${name} is kept as ${id}.`);
    });
  scenarios
    .command("compare")
    .description("saved scenarios side by side, scored again on one assessment at the costs in force, with the cells that each would win")
    .argument("<scenario...>", "ids or names, two to six")
    .option("--assessment <id>", "default: the newest")
    .option("--json", "print one JSON document")
    .action(async (names: string[], { assessment, json }: { assessment?: string; json?: boolean }) => {
      const { comparePlanScenarios } = await import("@/lib/operations/compare-plan-scenarios");
      const found = await io.withContext((ctx) => comparePlanScenarios(ctx, { scenarios: names, assessment: readAssessmentId(assessment) }));
      if (json) return io.json(found);
      io.line(sayGround(found));
      io.table(
        found.scenarios.map(({ id, name, savedFor, now, gone }) => ({
          name,
          now: sayShare(now.before),
          then: sayShare(now.after),
          n: now.n,
          cells: now.cells,
          "alone in it": found.cells.filter(({ scenarios: by }) => by.length === 1 && by[0] === id).length,
          cost: now.cost,
          "not open any more": gone.length,
          saved: `assessment ${savedFor}`,
        })),
      );
    });
  scenarios
    .command("remove")
    .description("forget a scenario")
    .argument("<id>", "its id")
    .action(async (id: string) => {
      const { removePlanScenario } = await import("@/lib/operations/remove-plan-scenario");
      await io.withContext((ctx) => removePlanScenario(ctx, id));
      io.line("It is forgotten.");
    });
}

function chosen(command: Command): Command {
  return command.requiredOption("--choose <segment=collection...>", 'what is taken as collected, such as "Servers=windows-sysmon:1"').option("--assessment <id>", "default: the newest");
}

/** SEGMENT=COLLECTION: no collection holds "=", a segment's name may. */
function readChoices(texts: readonly string[]): ScenarioChoices {
  return texts.map((text) => {
    const cut = text.lastIndexOf("=");
    if (cut < 1 || cut === text.length - 1) throw new SightlineError("INVALID", `"${text}" names no collection of a segment.`, { field: "choose", remedy: "Write SEGMENT=COLLECTION, as sightline plan collections lists them." });
    return { segment: text.slice(0, cut), collection: text.slice(cut + 1) };
  });
}

function sayGround({ assessment, policyVersion, costsVersion, currency }: { readonly assessment: number; readonly policyVersion: number; readonly costsVersion: number; readonly currency: string }): string {
  return `Assessment ${assessment}, policy version ${policyVersion}, costs version ${costsVersion} in ${currency} a year.`;
}

function sayShare(share: number | null): string {
  return share === null ? "no evidence" : formatPercent(share);
}
