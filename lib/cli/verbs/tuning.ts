import type { Command } from "commander";
import type { TestRow } from "@/lib/detection/tests/test-row";
import type { OperationContext } from "@/lib/operations/context";
import type { SavedTuning } from "@/lib/operations/save-tuning";
import type { TuningPreview, TuningRequest } from "@/lib/operations/preview-tuning";
import type { CliIo } from "../cli-io";

interface ChangeFlags {
  readonly segment: string;
  readonly analytic?: string;
  readonly name: string;
  readonly value?: string[];
  readonly owner?: string;
  readonly reason: string;
  readonly expires?: string;
  readonly dryRun?: boolean;
  readonly acceptEffect?: boolean;
  readonly json?: boolean;
}

/** `tuning list|set|withdraw`: values of placeholders and of packs' mutable elements, per segment. */
export function register(program: Command, io: CliIo): void {
  const tuning = program.command("tuning").description("values of placeholders and mutable elements, per segment: owned, reasoned, dated");
  tuning
    .command("list")
    .description("every version of every value, with what it did to the stored samples")
    .option("--segment <name>", "only in this segment")
    .option("--analytic <id>", "only for this analytic")
    .option("--json", "print one JSON document")
    .action(async ({ json, ...query }: { segment?: string; analytic?: string; json?: boolean }) => {
      const { listTunings } = await import("@/lib/operations/list-tunings");
      const rows = await io.withContext((ctx) => listTunings(ctx, query));
      if (json) return io.json(rows);
      io.table(rows.map(({ segment, scope, name, version, state, inForce, expired, values, owner, expires, effect, reason }) => ({ segment, for: scope || "every rule", name, version, state: expired ? "expired: the default holds" : inForce ? "in force" : state, values: short(values.join(" ")), owner, expires, lost: effect.truePositivesLost, gained: effect.benignHitsGained, reason: short(reason) })));
    });
  changing(tuning.command("set").description("give a value; what it does to the labelled samples of the segment and to those of its tests is shown before it is saved"))
    .requiredOption("--value <value...>", "the value; several for a list")
    .requiredOption("--owner <who>", "who answers for it")
    .option("--expires <date>", "the last day it holds; then the default again")
    .action((flags: ChangeFlags) => change(io, flags, flags.value ?? []));
  changing(tuning.command("withdraw").description("end a value; the default holds again"))
    .option("--owner <who>", "who answers for it (default: you)")
    .action((flags: ChangeFlags) => change(io, flags, null));
}

function changing(command: Command): Command {
  return command
    .requiredOption("--segment <name>", "the segment")
    .option("--analytic <id>", "only for rules that serve this analytic; needed for a pack's elements (default: every rule that uses the placeholder)")
    .requiredOption("--name <name>", "of the placeholder, without percent signs, or of the mutable element")
    .requiredOption("--reason <text>", "why")
    .option("--dry-run", "show what it would do, and save nothing")
    .option("--accept-effect", "save it though attack samples lose matches, benign ones gain some, or rules are refused")
    .option("--json", "print one JSON document");
}

async function change(io: CliIo, flags: ChangeFlags, values: readonly string[] | null): Promise<void> {
  const [{ prepareTuningPreview, tuningPreviewSchema }, { saveTuning }] = await Promise.all([import("@/lib/operations/preview-tuning"), import("@/lib/operations/save-tuning")]);
  const { segment, analytic, name, owner = "", reason, expires } = flags;
  const request: TuningRequest = { segment, name, values, owner, reason, ...(analytic === undefined ? {} : { analytic }), ...(expires === undefined ? {} : { expires }) };
  await io.withContext(async (ctx) => {
    const preview = tuningPreviewSchema.parse(await io.runJob(ctx, await prepareTuningPreview(ctx, request)));
    const { truePositivesLost, benignHitsGained, refused } = preview.effect;
    const harms = truePositivesLost > 0 || benignHitsGained > 0 || refused.length > 0;
    const saved = flags.dryRun === true || (harms && flags.acceptEffect !== true) ? null : await saveTuning(ctx, preview.preview);
    const tests = saved === null ? [] : await runDue(io, ctx, saved);
    const lost = tests.filter(({ run }) => run !== null && !run.passed);
    if (flags.json) io.json({ ...preview, saved: saved !== null, version: saved?.version ?? null, tests: tests.map(({ id, analytic: of, segment: where, run, withdrawn }) => ({ id, analytic: of, segment: where, passed: run?.passed ?? null, withdrawn, because: run?.because ?? "" })) });
    else print(io, preview);
    if (saved !== null) {
      if (!flags.json) io.line(`Saved as version ${saved.version}; ${tests.length === 0 ? "no test rests on it." : `${tests.length} ${tests.length === 1 ? "test stands" : "tests stand"} on it, ${lost.length} ${lost.length === 1 ? "does" : "do"} not pass.`}`);
      if (!flags.json) for (const { analytic: of, run, withdrawn } of lost) io.line(`  ${of}: ${withdrawn ? "withdrawn" : "did not pass"}: ${run?.because ?? ""}`);
    } else if (flags.dryRun === true) io.note("Nothing was saved.");
    else {
      io.note("Nothing was saved. Give --accept-effect to save it all the same.");
      io.fail();
    }
  });
}

/** The tests of the segment as they stand with the value: those that it concerns run now. */
async function runDue(io: CliIo, ctx: OperationContext, { segmentId, scope }: SavedTuning): Promise<TestRow[]> {
  const { prepareTestsRun, ranTestsSchema } = await import("@/lib/operations/run-tests");
  return ranTestsSchema.parse(await io.runJob(ctx, await prepareTestsRun(ctx, { segment: segmentId, onlyDue: true, ...(scope === "" ? {} : { analytic: scope }) })));
}

function print(io: CliIo, { segment, scope, name, values, state, effect }: TuningPreview): void {
  io.line(`${name} in ${segment}, ${scope === "" ? "for every rule that uses it" : `for ${scope}`}: ${state === "withdrawn" ? "back to the default" : values.join(", ")}`);
  const { samples, truePositivesLost, benignHitsGained, truePositivesGained, benignHitsLost, samplesLost, rules, skipped, refused } = effect;
  io.line(`  ${samples.length} samples past ${rules} rules: ${truePositivesLost} true positives lost, ${benignHitsGained} benign hits gained, ${truePositivesGained} true positives gained, ${benignHitsLost} benign hits gone`);
  if (samplesLost > 0) io.line(`  ${samplesLost} attack samples are matched by nothing any more: tests that rest on them no longer pass`);
  for (const sample of samples) {
    if (sample.lostCount + sample.gainedCount > 0) io.line(`  ${sample.label} ${sample.name}: ${sample.before} hits before, ${sample.after} after; lost ${sample.lost.map(({ title, event }) => `"${title}" at record ${event}`).join(", ") || "none"}; gained ${sample.gained.map(({ title, event }) => `"${title}" at record ${event}`).join(", ") || "none"}`);
  }
  for (const { name: file, why } of skipped) io.line(`  not asked: ${file}: ${why}`);
  for (const { title, message } of refused) io.line(`  refused with it: ${title}: ${message}`);
  if (samples.length === 0) io.line("  No sample of the segment is labelled attack or benign, and no test stands on it: nobody knows what it does.");
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
