import { Command } from "commander";
import type { OperationContext } from "@/lib/operations/context";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { VERBS } from "../verbs";

/** What a verb printed, and whether it failed. */
export interface RanVerb {
  readonly json: unknown; // the one document of --json, as its reader gets it
  readonly text: string; // stdout without that document: its lines
  readonly notes: readonly string[]; // stderr
  readonly failed: boolean; // exit code 1
}

/**
 * Runs verbs in this process on the database of a test. Refusals of the whole verb are thrown, as the command line catches them.
 *
 * @param context of the database, asked for when a verb runs
 */
export function verbRunner(context: () => OperationContext): (...words: readonly string[]) => Promise<RanVerb> {
  return async (...words) => {
    const seen = { json: undefined as unknown, lines: [] as string[], notes: [] as string[], failed: false };
    const load = VERBS[words[0] ?? ""];
    if (load === undefined) throw new Error(`there is no verb "${words[0]}"`);
    const program = new Command().exitOverride();
    (await load()).register(program, {
      withContext: (work) => work(context()),
      runJob: runJobInline,
      json: (value) => void (seen.json = JSON.parse(JSON.stringify(value))),
      line: (text) => void seen.lines.push(text),
      table: (rows) => void seen.lines.push(...rows.map((row) => JSON.stringify(row))),
      note: (text) => void seen.notes.push(text),
      fail: () => void (seen.failed = true),
      signal: new AbortController().signal,
    });
    await program.parseAsync(words, { from: "user" });
    const streamed = seen.json === undefined && words.includes("--json") && seen.lines.length > 0; // cells prints its document piece by piece
    return { json: streamed ? JSON.parse(seen.lines.join("\n")) : seen.json, text: seen.lines.join("\n"), notes: seen.notes, failed: seen.failed };
  };
}
