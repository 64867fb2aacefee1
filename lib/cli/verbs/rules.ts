import type { Command } from "commander";
import type { OperationContext } from "@/lib/operations/context";
import type { KeptUpload } from "@/lib/operations/keep-upload";
import type { RuleImportOutcome } from "@/lib/operations/rules/import-outcome";
import type { ListedRule } from "@/lib/operations/list-rules";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { failImport } from "../fail-import";
import { registerMappings } from "./rules-mappings";
import { gatherRuleUploads, uploadedAsIs, type RuleUpload } from "../gather-rule-uploads";
import { registerCheck } from "./rules-check";
import { registerQueries } from "./rules-queries";

interface ImportFlags {
  readonly source?: string;
  readonly add?: boolean;
  readonly json?: boolean;
}

interface ListFlags {
  readonly source?: string;
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
  readonly analytic?: string;
  readonly refused?: boolean;
  readonly removed?: boolean;
  readonly json?: boolean;
}

/** `rules import|list|show|sources|remove|mappings|check|queries`: Sigma rules in the product. */
export function register(program: Command, io: CliIo): void {
  const rules = program.command("rules").description("Sigma rules: import, list, show, and whether they can fire");
  rules
    .command("import")
    .description("import Sigma rules; a folder or archive is the whole of its source, single files are added to one")
    .argument("<paths...>", "rule files, folders, zip, tar and tar.gz archives")
    .option("--source <name>", "the source they belong to (default: the folder's or archive's name, own rules for single files)")
    .option("--add", "what a folder or archive does not hold stays")
    .option("--json", "print one JSON document")
    .action((paths: string[], flags: ImportFlags) => runImport(io, paths, flags));
  rules
    .command("list")
    .description("rules with their analytics")
    .argument("[text...]", "words that must occur in title, description, id or tags")
    .option("--source <name>", "only of this source")
    .option("--product <name>", "only of this product")
    .option("--category <name>", "only of this category")
    .option("--service <name>", "only of this service")
    .option("--analytic <id>", "only those that serve this analytic")
    .option("--refused", "only those that were refused, with the reason")
    .option("--removed", "only those that their source holds no more")
    .option("--json", "print one JSON document")
    .action((words: string[], flags: ListFlags) => runList(io, words, flags));
  rules
    .command("show")
    .description("one rule: what it is, what it asks for, which analytics it serves, and its text")
    .argument("<rule>", "its id, Sigma id or whole title")
    .option("--json", "print one JSON document")
    .action(async (word: string, { json }: { json?: boolean }) => {
      const { getRule } = await import("@/lib/operations/get-rule");
      const { rule, text, links } = await io.withContext((ctx) => getRule(ctx, word));
      if (json) return io.json({ ...rule, links, text });
      io.line(`${rule.title} (${rule.source}, ${rule.path})`);
      io.line(`  author      ${rule.author ?? "not stated"}`);
      io.line(`  licence     ${rule.license ?? "not stated"}`);
      if (rule.refusal !== null) io.line(`  refused     ${placeOf(rule.refusal)}${rule.refusal.message} ${rule.refusal.remedy}`);
      for (const { analytic, state, because } of links) io.line(`  ${state.padEnd(11)} ${analytic} (${because})`);
      io.line(`\n${text}`);
    });
  rules
    .command("sources")
    .description("where rules came from: counts, licence, newest import")
    .option("--json", "print one JSON document")
    .action(async ({ json }: { json?: boolean }) => {
      const { listRuleSources } = await import("@/lib/operations/list-rule-sources");
      const sources = await io.withContext((ctx) => listRuleSources(ctx));
      if (json) io.json(sources);
      else io.table(sources.map(({ name, kind, rules: count, refused, licence, lastImport }) => ({ source: name, kind, rules: count, refused, licence: licence ?? "not stated", imported: lastImport?.at ?? null, file: lastImport?.fileName ?? null })));
    });
  rules
    .command("remove")
    .description("take all rules of a source out of every later evaluation; their history stays")
    .requiredOption("--source <name>", "as rules sources prints it")
    .option("--json", "print one JSON document")
    .action(async ({ source, json }: { source: string; json?: boolean }) => {
      const { removeRuleSource } = await import("@/lib/operations/remove-rule-source");
      const removed = await io.withContext((ctx) => removeRuleSource(ctx, source));
      if (json) io.json({ source, removed });
      else io.line(`${removed} rules of ${source} are out of every later evaluation.`);
    });
  registerMappings(rules, io);
  registerCheck(rules, io);
  registerQueries(rules, io);
}

async function runImport(io: CliIo, paths: readonly string[], flags: ImportFlags): Promise<void> {
  const uploads = await gatherRuleUploads(paths);
  const groups = flags.source === undefined ? uploads.map((upload) => [upload]) : [uploads];
  const outcomes: (RuleImportOutcome | { readonly file: string; readonly error: string })[] = [];
  await io.withContext(async (ctx) => {
    for (const group of groups) {
      const before = outcomes.length;
      try {
        outcomes.push(await importGroup(ctx, io, group, flags));
      } catch (error) {
        if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
        outcomes.push({ file: group.map(({ name }) => name).join(", "), error: errorSentence(error) });
      }
      if (!flags.json) for (const outcome of outcomes.slice(before)) print(io, outcome);
    }
  });
  if (flags.json) io.json({ imports: outcomes });
  failImport(io, outcomes.flatMap(sayRefused), outcomes.length);
}

async function importGroup(ctx: OperationContext, io: CliIo, group: readonly RuleUpload[], flags: ImportFlags): Promise<RuleImportOutcome> {
  const { OWN_RULES, prepareRulesImport } = await import("@/lib/operations/prepare-rules-import");
  const { ruleImportOutcomeSchema } = await import("@/lib/operations/rules/import-outcome");
  const kept: KeptUpload[] = [];
  for (const upload of group) kept.push(await keep(ctx, upload));
  const loose = group.every((upload) => upload.loose);
  const job = await prepareRulesImport(ctx, kept, { source: flags.source ?? (loose ? OWN_RULES : null), adds: flags.add === true || loose ? true : null });
  return ruleImportOutcomeSchema.parse(await io.runJob(ctx, job));
}

async function keep(ctx: OperationContext, upload: RuleUpload): Promise<KeptUpload> {
  const { fileSource } = await import("@/lib/files/byte-source");
  const { name, files } = upload;
  const single = uploadedAsIs(upload);
  if (single !== null) {
    const { keepUpload } = await import("@/lib/operations/keep-upload");
    return keepUpload(ctx, (await fileSource(single)).stream(), name);
  }
  const { keepRuleFiles } = await import("@/lib/operations/keep-rule-files");
  const open = (from: string) =>
    async function* (): AsyncGenerator<Uint8Array> {
      yield* (await fileSource(from)).stream();
    };
  return keepRuleFiles(ctx, files.map(({ path, from }) => ({ path, open: open(from) })), name);
}

function sayRefused(outcome: RuleImportOutcome | { readonly file: string; readonly error: string }): string[] {
  if ("error" in outcome) return [outcome.error];
  const [first] = outcome.refusals;
  if (first === undefined) return [];
  return [`${outcome.file}: ${outcome.counts.refused} of ${outcome.counts.documents} rules ${outcome.counts.refused === 1 ? "was" : "were"} refused, the others are imported; the first is ${first.file}, ${placeOf(first)}${first.message} ${first.remedy}`];
}

function print(io: CliIo, outcome: RuleImportOutcome | { readonly file: string; readonly error: string }): void {
  io.line(outcome.file);
  if ("error" in outcome) return io.line(`  refused     ${outcome.error}`);
  const { counts, links } = outcome;
  io.line(`  source      ${outcome.source}${outcome.adds ? " (added to it)" : ""}`);
  if (outcome.unchanged) io.line("  unchanged   the same content was its newest import");
  else io.line(`  rules       ${counts.documents}: ${counts.new} new, ${counts.changed} changed, ${counts.same} same; ${counts.removed} removed`);
  io.line(`  links       ${links.proposed} proposed, ${links.undecided} wait for a decision`);
  io.line(`  refused     ${counts.refused}`);
  for (const refusal of outcome.refusals) io.line(`    ${refusal.file}, ${placeOf(refusal)}${refusal.message} ${refusal.remedy}`);
  for (const { message, file, rules } of outcome.warnings) io.line(`  warning     ${file === null ? (rules === null ? "" : `${rules} rules: `) : `${file}: `}${message}`);
}

function placeOf({ line, column }: { readonly line: number | null; readonly column: number | null }): string {
  return line === null ? "" : `line ${line}, column ${column ?? 1}: `;
}

async function runList(io: CliIo, words: readonly string[], flags: ListFlags): Promise<void> {
  const { listRules } = await import("@/lib/operations/list-rules");
  const { listRuleSources } = await import("@/lib/operations/list-rule-sources");
  const rules = await io.withContext(async (ctx): Promise<readonly ListedRule[]> => {
    const source = flags.source === undefined ? undefined : (await listRuleSources(ctx)).find(({ name }) => name === flags.source);
    if (flags.source !== undefined && source === undefined) throw new SightlineError("NOT_FOUND", `There is no source of rules named "${flags.source}".`, { field: "source", remedy: "See sightline rules sources." });
    const { product, category, service } = flags;
    const found = await listRules(ctx, {
      text: words.join(" "),
      state: flags.removed ? "removed" : "active",
      ...(source === undefined ? {} : { sourceIds: [source.id] }),
      ...(product === undefined ? {} : { product }),
      ...(category === undefined ? {} : { category }),
      ...(service === undefined ? {} : { service }),
      ...(flags.analytic === undefined ? {} : { linkedTo: flags.analytic.toUpperCase() }),
      ...(flags.refused ? { refused: true } : {}),
    });
    return found.rules;
  });
  if (flags.json) return io.json(rules);
  io.table(rules.map(({ id, title, source, level, status, author, refusal, analytics, proposed }) => ({ id, title: short(title, 60), source, level, status, author: short(author ?? "not stated", 30), analytics: short(analytics.join(" "), 40), proposed: proposed.length, ...(flags.refused ? { refused: refusal === null ? "" : `${placeOf(refusal)}${refusal.message}` } : {}) })));
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
