import type { Command } from "commander";
import type { SampleExplanation } from "@/lib/detection/explain/start-explanation";
import type { RuleSet } from "@/lib/detection/sigma/link-rules";
import type { RuleRefusal } from "@/lib/detection/sigma/rule-types";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import type { ExplainJson } from "../explain-json";

interface ExplainFlags {
  readonly rule: string;
  readonly events: string[];
  readonly name?: string;
  readonly format?: string;
  readonly set?: string[];
  readonly ignoreLogsource?: boolean;
  readonly json?: boolean;
}

/** `explain`: why a rule or a correlation did or did not match, without a database. */
export function register(program: Command, io: CliIo): void {
  program
    .command("explain")
    .description("why a Sigma rule did or did not match: item by item, and what a correlation lacked; no database is needed")
    .requiredOption("--rule <file>", "Sigma file; its documents are one scope, and its outermost correlation is explained, else its first rule")
    .requiredOption("--events <files...>", "files of events (JSON, text, XML, EVTX, CSV, .gz, .zip), or folders")
    .option("--name <id>", "explain the document with this id, name or title instead")
    .option("--format <id>", "read all files as this format, whatever the content looks like")
    .option("--set <name=value...>", "value of a placeholder (%name%); give it again for a list")
    .option("--ignore-logsource", "ask the rules about every event")
    .option("--json", "print one JSON document")
    .action(async (flags: ExplainFlags) => {
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
  const [{ linkRules }, { startExplanation }, { readPlaceholders, readRuleFiles }, { readEventFiles }, { explainJsonSchema }] = await Promise.all([
    import("@/lib/detection/sigma/link-rules"),
    import("@/lib/detection/explain/start-explanation"),
    import("../read-rule-files"),
    import("../read-event-files"),
    import("../explain-json"),
  ]);
  const set = linkRules(await readRuleFiles([flags.rule], readPlaceholders(flags.set ?? [])));
  const chosen = chooseDocument(set, flags.rule, flags.name ?? null);
  const explanation = startExplanation(set, { ignoreLogsource: flags.ignoreLogsource ?? false });
  const inputs = await readEventFiles(flags.events, flags.format ?? null, explanation.record, signal);
  return explainJsonSchema.parse({ ...describe(set, chosen, explanation.finish()), inputs });
}

type Chosen = { readonly kind: "rule" | "correlation"; readonly index: number };

/** @throws SightlineError when the file holds no such document, or the one that is asked for was refused */
function chooseDocument(set: RuleSet, file: string, name: string | null): Chosen {
  const is = ({ meta }: RuleSet["rules"][number] | RuleSet["correlations"][number]): boolean => meta.id === name || meta.name === name || meta.title === name;
  const refused = set.refused.filter((one) => name === null || one.id === name || one.name === name || one.title === name);
  const inner = new Set(set.correlations.flatMap(({ references }) => references.flatMap(({ kind, index }) => (kind === "correlation" ? [index] : []))));
  const correlation = set.correlations.findIndex((one, index) => (name === null ? !inner.has(index) : is(one)));
  if (correlation !== -1) return { kind: "correlation", index: correlation };
  const rule = set.rules.findIndex((one) => name === null || is(one));
  const [first] = refused;
  // A correlation that was refused is what the file is about: its rules alone would answer another question.
  if (first !== undefined && (rule === -1 || name === null)) throw new SightlineError("INVALID", first.message, { file, line: first.line ?? undefined, remedy: first.remedy });
  if (rule !== -1) return { kind: "rule", index: rule };
  throw new SightlineError("NOT_FOUND", name === null ? "The file holds no rule and no correlation." : `The file holds no rule or correlation with the id, name or title "${name}".`, { file });
}

function describe(set: RuleSet, { kind, index }: Chosen, { rules, correlations }: SampleExplanation): Omit<ExplainJson, "inputs"> | Record<string, unknown> {
  const aboutRule = ({ file, meta }: RuleSet["rules"][number]) => ({ file, id: meta.id, title: meta.title, author: meta.author, kind: "rule" as const });
  const all = set.rules.flatMap((rule, i) => (rules[i] === undefined ? [] : [{ rule: aboutRule(rule), ...rules[i] }]));
  const shared = { rules: all, refused: set.refused.map((one) => ({ title: one.title, error: sayRefusal(one) })) };
  const correlation = kind === "correlation" ? set.correlations[index] : undefined;
  const explained = kind === "correlation" ? correlations[index] : undefined;
  if (correlation === undefined || explained === undefined) {
    const own = all[index];
    return { verdict: own?.verdict, rule: own?.rule, event: own?.event, items: own?.items, ...shared };
  }
  const { nearestMiss, fired, ...rest } = explained;
  const absent = nearestMiss?.kind === "stage-absent" ? ruleOfStage(set, nearestMiss.stage, index) : undefined;
  const stage = absent === undefined ? undefined : rules[absent];
  const seen = rules.some((one) => one.event !== null);
  return {
    verdict: fired.length > 0 ? "matched" : seen ? "not-matched" : "no-events",
    rule: { file: correlation.file, id: correlation.meta.id, title: correlation.meta.title, author: correlation.meta.author, kind: "correlation" as const },
    event: fired[0]?.at ?? stage?.event ?? null,
    items: stage?.items ?? [],
    correlation: { fired, ...rest, ...(nearestMiss === null ? {} : { nearestMiss }) },
    ...shared,
  };
}

/** The rule behind a stage, looked for in the correlation and in those that it refers to. */
function ruleOfStage(set: RuleSet, stage: string, index: number): number | undefined {
  for (const reference of set.correlations[index]?.references ?? []) {
    if (reference.kind === "rule" && reference.as === stage) return reference.index;
    const inner = reference.kind === "correlation" ? ruleOfStage(set, stage, reference.index) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function sayRefusal({ line, column, message, remedy }: RuleRefusal): string {
  return `${line === null ? "" : `line ${line}, column ${column ?? 1}: `}${message} ${remedy}`;
}
