import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `run-jobs`: the job process that `serve` starts beside the web server. Not in --help: nobody needs to call it. */
export function register(program: Command, io: CliIo): void {
  program.command("run-jobs", { hidden: true }).action(async () => {
    const { runJobs } = await import("@/lib/operations/run-jobs");
    const report = (line: string, defect?: unknown): void => {
      io.note(`jobs: ${line}`);
      if (defect instanceof Error) io.note(String(defect.stack));
    };
    await io.withContext(async (ctx) => {
      const { startPacksLoad } = await import("@/lib/operations/load-packs");
      await startPacksLoad(ctx);
      await runJobs(ctx, { signal: io.signal, report, ...(process.env.SIGHTLINE_TRACE_PLANS === "no" ? { whenIdle: () => Promise.resolve() } : {}) });
    });
  });
}
