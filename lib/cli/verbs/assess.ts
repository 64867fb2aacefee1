import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `assess`: run an assessment at T and print its number. */
export function register(program: Command, io: CliIo): void {
  program
    .command("assess")
    .description("decide every cell at a time and keep the result; it never changes afterwards")
    .option("--at <time>", "T as an ISO time with a zone (default: now); more than 24 h from the run it is labelled \"as of, run later\"")
    .option("--domain <domain...>", "enterprise, mobile, ics (default: enterprise)")
    .option("--json", "print one JSON document")
    .action(async (flags: { at?: string; domain?: string[]; json?: boolean }) => {
      const { prepareAssessment } = await import("@/lib/operations/prepare-assessment");
      const { preparePacksLoad } = await import("@/lib/operations/load-packs");
      const { assessmentOutcomeSchema } = await import("@/lib/operations/run-assessment");
      const outcome = await io.withContext(async (ctx) => {
        const load = await preparePacksLoad(ctx); // a fleet that never had a server has none yet
        if (load !== null) await io.runJob(ctx, load);
        return assessmentOutcomeSchema.parse(await io.runJob(ctx, await prepareAssessment(ctx, { at: flags.at, domains: flags.domain })));
      });
      if (flags.json) io.json(outcome);
      else io.line(`Assessment ${outcome.assessment}: ${outcome.cells} cells at ${outcome.at}${outcome.runLater ? `, as of, run later (${outcome.ranAt})` : ""}.`);
    });
}
