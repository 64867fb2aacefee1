import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `serve`: database, web server and job process, until Ctrl-C. */
export function register(program: Command, io: CliIo): void {
  program
    .command("serve")
    .description("start the web server on HOST and PORT (default 127.0.0.1:3000) with its job process")
    .option("--dev", "recompile pages as their sources change")
    .action(async (options: { dev?: boolean }) => {
      const { serve } = await import("../serve");
      await serve(io, { dev: options.dev ?? false, host: process.env.HOST || "127.0.0.1", port: process.env.PORT || "3000" });
    });
}
