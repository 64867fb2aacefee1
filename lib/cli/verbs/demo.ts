import { z } from "zod";
import type { Command } from "commander";
import type { CliIo } from "../cli-io";

const loaded = z.object({ t0: z.string(), segments: z.number(), files: z.number(), records: z.number(), refused: z.number(), assessments: z.number() });

/** `demo load|remove`: the demonstration fleet with four weeks of history. */
export function register(program: Command, io: CliIo): void {
  const demo = program.command("demo").description("the demonstration fleet");
  demo
    .command("load")
    .description("load the demonstration fleet: segments, inventories, sample events and four assessments")
    .option("--if-empty", "do nothing where there are segments already")
    .option("--json", "print one JSON document")
    .action(async (options: { ifEmpty?: boolean; json?: boolean }) => {
      const { prepareDemo } = await import("@/lib/operations/prepare-demo");
      await io.withContext(async (ctx) => {
        const plan = await prepareDemo(ctx);
        if (plan.state === "loaded") {
          if (options.json) io.json(plan);
          else io.line(`The demonstration fleet is loaded; its time is ${plan.t0}.`);
        } else if (plan.state === "not-empty") {
          io.note(`There are segments already (${plan.segments.slice(0, 3).join(", ")}${plan.segments.length > 3 ? ", ..." : ""}): the demonstration is loaded into an empty database only.`);
          if (!options.ifEmpty) io.fail();
          if (options.json) io.json(plan);
        } else {
          io.note(plan.resumed ? "Going on with the demonstration fleet that was being loaded ..." : "Loading the demonstration fleet ...");
          const result = loaded.parse(await io.runJob(ctx, plan.job));
          if (options.json) io.json({ state: "loaded", ...result });
          else io.line(`${result.segments} segments, ${result.files} sample files, ${result.records} records (${result.refused} refused on purpose), ${result.assessments} assessments; T0 is ${result.t0}.`);
        }
      });
    });
  demo
    .command("remove")
    .description("take the demonstration fleet away: its segments, inventories, samples and assessments")
    .option("--json", "print one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { removeDemo } = await import("@/lib/operations/remove-demo");
      const removed = await io.withContext((ctx) => removeDemo(ctx));
      if (options.json) io.json(removed);
      else io.line(`Removed ${removed.segments} segments, ${removed.datasets} sample files, ${removed.exclusions} exclusions, ${removed.rules} rules, ${removed.overrides} readings of log sources and ${removed.assessments} assessments of the demonstration.`);
    });
}
