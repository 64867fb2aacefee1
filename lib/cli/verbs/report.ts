import type { Command } from "commander";
import { readAssessmentId } from "../read-assessment-id";
import type { CliIo } from "../cli-io";

interface Measured {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly k: number;
  readonly n: number;
}

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
      io.line(`Assessment ${report.assessment} at ${report.at}${report.runLater ? `, as of, run later (${report.ranAt})` : ""}`);
      const row = (segment: string, numbers: typeof report.fleet) => ({ segment, observed: say(numbers.observed), uniform: say(numbers.uniform.observed), validated: say(numbers.validated) });
      io.table([row("fleet", report.fleet), ...report.segments.map((numbers) => row(numbers.segment, numbers))]);
    });
}

/** "41.3 % (38.0 to 60.2; 120 of 353)": never a number without its count. */
function say({ value, low, high, k, n }: Measured): string {
  const percent = (share: number | null): string => (share === null ? "-" : (share * 100).toFixed(1));
  return value === null ? `no evidence (${k} of ${n})` : `${percent(value)} % (${percent(low)} to ${percent(high)}; ${k} of ${n})`;
}
