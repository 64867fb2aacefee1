import { Command, CommanderError } from "commander";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { lostDatabase } from "@/lib/shared/lost-database";
import { systemReason } from "@/lib/shared/system-error";
import { createCliIo, type CliIo } from "./cli-io";
import { VERBS } from "./verbs";

/**
 * Runs the command line. Exit 0 done, 1 refused or failed (one sentence on stderr, no stack), 2 usage.
 * Only the module of the verb that is asked for is loaded, so that stateless verbs start without the database.
 */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  const stop = (): void => {
    if (interrupt.signal.aborted) process.exit(130); // the second Ctrl-C does not wait
    interrupt.abort(new SightlineError("CANCELLED", "Sightline was stopped before this was done."));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop); // the terminal was closed
  return runCommandLine(args, createCliIo(interrupt.signal));
}

/** The same without a terminal: for tests, which pass an io of their own. */
export async function runCommandLine(args: readonly string[], io: CliIo): Promise<number> {
  try {
    const program = await buildProgram(args, io);
    await program.parseAsync([...args], { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.note(failureSentence(error));
    if (process.env.SIGHTLINE_DEBUG && error instanceof Error) io.note(String(error.stack));
    return 1;
  }
}

function failureSentence(error: unknown): string {
  if (error instanceof SightlineError) return error.sentence();
  const lost = lostDatabase(error);
  if (lost !== null) return `${lost.words.slice(0, 1).toUpperCase()}${lost.words.slice(1)}. ${lost.remedy}`;
  const reason = systemReason(error);
  if (reason !== null) return `${reason.path === null ? "" : `${reason.path}: `}${reason.words}. ${reason.remedy}`;
  return `Unexpected: ${errorSentence(error).trim().split("\n").at(-1)}`;
}

async function buildProgram(args: readonly string[], io: CliIo): Promise<Command> {
  const program = new Command("sightline").description("Could this ATT&CK analytic have seen it here, and how do you know?");
  program.exitOverride().configureOutput({ writeErr: (text) => io.note(text.trimEnd()), writeOut: (text) => io.line(text.trimEnd()) });
  program.helpCommand(false);
  const asked = args.find((arg) => !arg.startsWith("-"));
  const verb = asked === undefined ? undefined : VERBS[asked];
  if (verb !== undefined) (await verb()).register(program, io);
  else if (asked !== undefined) throw usage(io, `unknown verb "${asked}"`);
  else for (const load of Object.values(VERBS)) (await load()).register(program, io);
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeErr: (text) => io.note(text.trimEnd()), writeOut: (text) => io.line(text.trimEnd()) }).helpCommand(false);
    if (command.commands.length > 0 && command.parent !== null) command.allowExcessArguments(true).action((_, self: Command) => refuseSubcommand(io, self));
  }
  if (args.length === 0) program.help();
  return program;
}

// "audit" alone or "audit nonsense": commander would print its help with a code that depends on the case.
function refuseSubcommand(io: CliIo, command: Command): never {
  const [asked] = command.args;
  throw usage(io, asked === undefined ? `"${command.name()}" needs one of: ${command.commands.map((sub) => sub.name()).join(", ")}` : `unknown verb "${command.name()} ${asked}"`);
}

function usage(io: CliIo, sentence: string): CommanderError {
  io.note(`${sentence} (see sightline --help)`);
  return new CommanderError(2, "sightline.usage", sentence);
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((sub) => [sub, ...allCommands(sub)]);
}
