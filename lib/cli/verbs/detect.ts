import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import type { DetectJson } from "../detect-json";
import { addEvaluationOptions, type EvaluationFlags } from "../evaluation-options";

interface DetectFlags extends EvaluationFlags {
  readonly rules: string[];
}

const MOST_GAPS = 10; // fields that no record answers, as sentences

/** `detect`: Sigma rules and correlations over files of events, without a database. */
export function register(program: Command, io: CliIo): void {
  const command = program
    .command("detect")
    .description("which events the rules match; nothing is stored and no database is needed. Exit 0 when it was evaluated: refused rules are listed and said on stderr; 1 when a file cannot be read")
    .requiredOption("--rules <paths...>", "Sigma files, folders, .zip or .tar.gz; the documents of one file are one scope");
  addEvaluationOptions(command).action(async (flags: DetectFlags) => {
    const found = await detect(flags, io.signal);
    if (flags.json) io.json(found);
    else print(io, found);
    const refused = found.rules.filter(({ status }) => status === "refused").length;
    if (refused > 0) io.note(`${refused} of ${found.rules.length} rules were refused and looked at nothing.`);
    const unread = found.inputs.filter(({ error }) => error !== undefined);
    for (const { file, error } of unread) io.note(`${file}: ${error ?? ""}`);
    if (unread.length > 0) io.fail();
  });
}

async function detect(flags: DetectFlags, signal: AbortSignal): Promise<DetectJson> {
  const [{ readEvaluation }, { evaluateInWorkers }, { detectJsonSchema }] = await Promise.all([import("../evaluation-options"), import("@/lib/operations/detection/evaluate-in-workers"), import("../detect-json")]);
  const { inputs, documents, matches, fired, untimed, unanswered, ruleAt, correlationAt } = await evaluateInWorkers(await readEvaluation(flags.rules, flags), { signal });
  return detectJsonSchema.parse({
    inputs,
    rules: documents.map(({ file, id, title, kind, error, line, column, meta, unrouted, warnings }) =>
      error === null
        ? { file, id, title, kind, status: "ok", author: meta?.author ?? null, ...(unrouted ? { unrouted } : {}), ...(warnings.length === 0 ? {} : { warnings }) }
        : { file, id, title, kind, status: "refused", error, line, column },
    ),
    matches: matches.map(({ rule, event }) => ({ rule: ruleAt[rule], event })),
    correlations: fired.filter(({ inner }) => !inner).map(({ title, events, at, correlation, group }) => ({ title, events, at, rule: correlationAt[correlation], group })),
    unanswered: unanswered.map((gap) => ({ ...gap, rules: gap.rules.map((rule) => ruleAt[rule]) })),
    untimed,
  });
}

function print(io: CliIo, { inputs, rules, matches, correlations, unanswered, untimed }: DetectJson): void {
  for (const { file, format, first, records, refused } of inputs) io.line(`${file}: ${records} records (${format ?? "not read"}), numbers ${first} to ${first + records - 1}${refused === 0 ? "" : `, ${refused} refused`}`);
  const events = new Map<number, number[]>();
  for (const { rule, event } of matches) {
    const known = events.get(rule);
    if (known === undefined) events.set(rule, [event]);
    else known.push(event);
  }
  for (const [rule, own] of [...events].sort(([a], [b]) => a - b)) {
    const about = rules[rule];
    io.line(`${about?.title ?? ""}${about?.author ? ` (by ${about.author})` : ""}: ${own.length} events: ${own.slice(0, 20).join(", ")}${own.length > 20 ? ", ..." : ""}`);
  }
  for (const { title, events: own, at } of correlations) io.line(`${title}: correlation of events ${own.slice(0, 20).join(", ")}${own.length > 20 ? ", ..." : ""}, complete with ${at}`);
  if (matches.length === 0 && correlations.length === 0) io.line("No rule matches.");
  if (untimed > 0) io.line(`${untimed} records that correlated rules match have no usable time; no correlation saw them.`);
  const asked = [...unanswered].sort((a, b) => b.rules.length - a.rules.length);
  for (const { kind, field, state, records, rules: asking } of asked.slice(0, MOST_GAPS)) io.line(`${kind}: ${state === "field-empty" ? `${field} is empty in` : `no ${field} in`} all ${records} records looked at; ${asking.length} ${asking.length === 1 ? "rule asks" : "rules ask"} for it.`);
  if (asked.length > MOST_GAPS) io.line(`${asked.length - MOST_GAPS} more fields that no record answers: see --json.`);
  for (const { file, title, error } of rules) if (error !== undefined) io.line(`refused: ${file}${title === null ? "" : ` (${title})`}: ${error}`);
}
