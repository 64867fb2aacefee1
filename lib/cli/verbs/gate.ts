import type { Command } from "commander";
import type { CliIo } from "../cli-io";

interface GateFlags {
  readonly rules?: boolean;
  readonly minObserved?: string;
  readonly regression: boolean; // --no-regression
  readonly segment?: string;
  readonly json?: boolean;
}

/** `gate`: exit 1 with the reasons when a pipeline should stop. */
export function register(program: Command, io: CliIo): void {
  program
    .command("gate")
    .description("for pipelines: exit 1 with the reasons when something got worse; says what it looked at")
    .option("--rules", "no rule that could fire in the run before became silent, and none that is deployed is disabled")
    .option("--min-observed <fraction>", "the newest assessment's observable number is at least this (0.6)")
    .option("--no-regression", "no cell that was observed or validated fell since the assessment before")
    .option("--segment <name>", "judge one segment only; else the fleet")
    .option("--json", "print one JSON document")
    .action(async (flags: GateFlags) => {
      const { runGate } = await import("@/lib/operations/run-gate");
      const { rules, minObserved, segment } = flags;
      const request = { ...(rules === undefined ? {} : { rules }), ...(minObserved === undefined ? {} : { minObserved: minObserved.trim() === "" ? Number.NaN : Number(minObserved) }), noRegression: !flags.regression, ...(segment === undefined ? {} : { segment }) };
      const outcome = await io.withContext((ctx) => runGate(ctx, request));
      if (flags.json) io.json(outcome);
      else for (const { passed, says } of outcome.checks) io.line(`${passed ? "passed" : "FAILED"}  ${says}`);
      for (const { reasons } of outcome.checks) for (const reason of reasons) io.note(reason);
      if (!outcome.passed) io.fail();
    });
}
