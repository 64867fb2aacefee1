import type { Command } from "commander";
import type { EvaluationRequest } from "@/lib/operations/detection/evaluation";

/** What `detect` and `explain` are told alike. */
export interface EvaluationFlags {
  readonly events: string[];
  readonly format?: string;
  readonly host?: string;
  readonly set?: string[];
  readonly ignoreLogsource?: boolean;
  readonly json?: boolean;
}

/** Adds the options that every verb about rules and events has. */
export function addEvaluationOptions(command: Command): Command {
  return command
    .requiredOption("--events <files...>", "files of events (JSON, text, XML, EVTX, CSV, .gz, .zip), or folders")
    .option("--format <id>", "read all files as this format, whatever the content looks like")
    .option("--host <name>", "the host of records that name none")
    .option("--set <name=value...>", "value of a placeholder (%name%); give it again for a list")
    .option("--ignore-logsource", "show every rule to every event")
    .option("--json", "print one JSON document");
}

/**
 * Rule files and files of events as an evaluation takes them.
 *
 * @throws SightlineError for paths that cannot be read, and for a --set that sets nothing
 */
export async function readEvaluation(rulePaths: readonly string[], flags: EvaluationFlags): Promise<EvaluationRequest> {
  const [{ readPlaceholders, readRuleFiles }, { listEventFiles }, { readEventFiles }] = await Promise.all([import("./read-rule-files"), import("./list-event-files"), import("./read-event-files")]);
  const placeholders = readPlaceholders(flags.set ?? []);
  await listEventFiles(flags.events); // a wrong path is told before the rules are loaded
  return {
    rules: await readRuleFiles(rulePaths),
    placeholders,
    ignoreLogsource: flags.ignoreLogsource ?? false,
    contents: readEventFiles(flags.events, { format: flags.format ?? null, host: flags.host ?? null }),
  };
}
