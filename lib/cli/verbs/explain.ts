import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import { addEvaluationOptions, type EvaluationFlags } from "../evaluation-options";
import type { ExplainJson } from "../explain-json";

interface ExplainFlags extends EvaluationFlags {
  readonly rule: string;
  readonly name?: string;
}

/** `explain`: why a rule or a correlation did or did not match, without a database. */
export function register(program: Command, io: CliIo): void {
  const command = program
    .command("explain")
    .description("why a Sigma rule did or did not match: item by item, and what a correlation lacked; no database is needed")
    .requiredOption("--rule <file>", "Sigma file; its documents are one scope, and its outermost correlation is explained, else its first rule")
    .option("--name <id>", "explain the document with this id, name or title instead");
  addEvaluationOptions(command).action(async (flags: ExplainFlags) => {
    const found = await explain(flags, io.signal);
    if (flags.json) io.json(found);
    else {
      const { explanationLines } = await import("../explanation-lines");
      for (const line of explanationLines(found)) io.line(line);
    }
    const unread = found.inputs.filter(({ error }) => error !== undefined);
    for (const { file, error } of unread) io.note(`${file}: ${error ?? ""}`);
    if (unread.length > 0) io.fail();
  });
}

async function explain(flags: ExplainFlags, signal: AbortSignal): Promise<ExplainJson> {
  const [{ readEvaluation }, { explainInWorker }, { describeExplanation }, { explainJsonSchema }] = await Promise.all([
    import("../evaluation-options"),
    import("@/lib/operations/detection/explain-in-worker"),
    import("../describe-explanation"),
    import("../explain-json"),
  ]);
  const found = await explainInWorker(await readEvaluation([flags.rule], flags), { signal });
  return explainJsonSchema.parse(describeExplanation(found, flags.rule, flags.name ?? null));
}
