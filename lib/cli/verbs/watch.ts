import type { Command } from "commander";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";

interface WatchFlags {
  readonly segment?: string;
  readonly forget?: boolean;
  readonly json?: boolean;
  readonly hostFrom?: string;
  readonly zone?: string;
  readonly every?: string;
}

/** `watch`: takes what a scheduled search drops into a folder, until Ctrl-C; `watch --forget` ends it for good. */
export function register(program: Command, io: CliIo): void {
  program
    .command("watch")
    .description("import what a scheduled search drops into a folder, assess daily; until Ctrl-C or SIGTERM. Moves nothing, counts nothing twice")
    .argument("<folder>", "the folder; files are taken when their size and time stand still, .tmp and .part never")
    .option("--segment <name>", "the segment that the files come from")
    .option("--forget", "watch the folder no more: what it delivered is missed no more, what was imported stays")
    .option("--json", "with --forget: print one JSON document")
    .option("--host-from <what>", "host of records that name none: a native field, or a regular expression with one group over the file's path in the folder")
    .option("--zone <name>", "time zone of times that name none (default: the segment's, else UTC)")
    .option("--every <seconds>", "how often to look (default 10)")
    .action(async (folder: string, flags: WatchFlags, command: Command) => {
      if (flags.forget) {
        const { forgetWatchedFolder } = await import("@/lib/operations/forget-watched-folder");
        const forgotten = await io.withContext((ctx) => forgetWatchedFolder(ctx, { folder, segment: flags.segment }));
        if (flags.json) io.json(forgotten);
        else io.line(`${forgotten.folder} is forgotten for ${forgotten.segment}. ${forgotten.files} imported files stay.`);
        return;
      }
      const { segment } = flags;
      if (segment === undefined) return command.error("error: required option '--segment <name>' not specified", { exitCode: 2 });
      const seconds = Number(flags.every ?? 10);
      if (!(seconds >= 1 && seconds <= 3_600)) throw new SightlineError("INVALID", "--every is no number of seconds from 1 to 3600.", { field: "every" });
      const { watchFolder } = await import("@/lib/operations/watch-folder");
      const reading = { hostFrom: flags.hostFrom ?? null, zone: flags.zone ?? null };
      await io.withContext((ctx, revive) => watchFolder(ctx, { folder, segment, reading, signal: io.signal, pollMs: seconds * 1_000, report: (line) => io.note(line), revive }));
    });
}
