import type { Command } from "commander";
import { readAssessmentId } from "../read-assessment-id";
import type { CliIo } from "../cli-io";

/** `cells`: every cell of an assessment, streamed. */
export function register(program: Command, io: CliIo): void {
  program
    .command("cells")
    .description("print the cells of an assessment, not-applicable ones included, by analytic, then segment")
    .option("--assessment <id>", "default: the newest")
    .option("--segment <name>", "only this segment")
    .option("--analytic <id>", "only this analytic")
    .option("--json", "print one JSON document")
    .action(async (flags: { assessment?: string; segment?: string; analytic?: string; json?: boolean }) => {
      const assessment = readAssessmentId(flags.assessment);
      const { streamCells } = await import("@/lib/operations/stream-cells");
      await io.withContext(async (ctx) => {
        let before: string | null = null; // held back by one, so that only the last has no comma behind it
        for await (const cell of streamCells(ctx, { assessment, segment: flags.segment, analytic: flags.analytic })) {
          if (!flags.json) {
            io.line([cell.analytic, cell.segment, cell.status, cell.score ?? "-", cell.flags.join(",")].join("  ").trimEnd());
            continue;
          }
          io.line(before === null ? "[" : `${before},`);
          before = JSON.stringify(cell);
        }
        if (flags.json) io.line(before === null ? "[]" : `${before}]`);
      });
    });
}
