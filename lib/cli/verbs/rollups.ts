import { Option, type Command } from "commander";
import { ROLLUP_LEVELS, type RollupLevel } from "@/lib/assessment/rollups";
import { readAssessmentId } from "../read-assessment-id";
import { sayMeasure } from "../say-measure";
import type { CliIo } from "../cli-io";

interface Flags {
  readonly assessment?: string;
  readonly level?: RollupLevel;
  readonly segment?: string;
  readonly eachSegment?: boolean;
  readonly json?: boolean;
}

/** `rollups`: the numbers of every level by the one formula, from analytic to fleet. */
export function register(program: Command, io: CliIo): void {
  program
    .command("rollups")
    .description("print the numbers of analytics, strategies, techniques, tactics, segments and the fleet")
    .option("--assessment <id>", "default: the newest")
    .addOption(new Option("--level <level>", "only this level").choices([...ROLLUP_LEVELS]))
    .option("--segment <name>", "over this segment alone; default: the fleet")
    .option("--each-segment", "over the fleet, then over every segment alone")
    .option("--json", "print one JSON document")
    .action(async (flags: Flags) => {
      const assessment = readAssessmentId(flags.assessment);
      const { getRollups } = await import("@/lib/operations/get-rollups");
      const found = await io.withContext((ctx) => getRollups(ctx, { assessment, levels: flags.level === undefined ? undefined : [flags.level], segment: flags.segment, each: flags.eachSegment }));
      if (flags.json) {
        io.json(found);
        return;
      }
      io.line(`Assessment ${found.assessment} at ${found.at}${found.runLater ? `, as of, run later (${found.ranAt})` : ""}, ${found.segments.counted} of ${found.segments.of} segments`);
      io.table(
        found.rows.map(({ level, id, name, segment, observed, validated, uniform, includingSubTechniques }) => ({
          level,
          id,
          name,
          segment: segment ?? "all",
          observed: sayMeasure(observed),
          uniform: sayMeasure(uniform.observed),
          validated: sayMeasure(validated),
          "with sub-techniques": includingSubTechniques === null ? "" : sayMeasure(includingSubTechniques.observed),
        })),
      );
    });
}
