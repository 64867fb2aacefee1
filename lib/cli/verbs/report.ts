import type { Command } from "commander";
import { readAssessmentId } from "../read-assessment-id";
import { sayMeasure } from "../say-measure";
import type { CliIo } from "../cli-io";

/** `report`: the headline numbers, each with its count and interval. */
export function register(program: Command, io: CliIo): void {
  program
    .command("report")
    .description("print the headline numbers of an assessment, fleet and per segment")
    .option("--assessment <id>", "default: the newest")
    .option("--json", "print one JSON document")
    .action(async (flags: { assessment?: string; json?: boolean }) => {
      const id = readAssessmentId(flags.assessment);
      const { getReport } = await import("@/lib/operations/get-report");
      const report = await io.withContext((ctx) => getReport(ctx, id));
      if (flags.json) {
        io.json(report);
        return;
      }
      io.line(`Assessment ${report.assessment} at ${report.at}${report.runLater ? `, as of, run later (${report.ranAt})` : ""}, policy version ${report.policy.version}, weights ${report.weights.profile}${report.weights.profile === "uniform" ? "" : ` version ${report.weights.version}`}`);
      const row = (segment: string, numbers: typeof report.fleet) => ({ segment, observed: sayMeasure(numbers.observed), uniform: sayMeasure(numbers.uniform.observed), validated: sayMeasure(numbers.validated) });
      io.table([row("fleet", report.fleet), ...report.segments.map((numbers) => row(numbers.segment, numbers))]);
    });
}
