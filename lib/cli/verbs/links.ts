import type { Command } from "commander";
import type { RuleLinkView } from "@/lib/operations/list-rule-links";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";

interface Query {
  readonly analytic?: readonly string[];
  readonly rule?: string;
  readonly source?: string;
  readonly level?: string;
  readonly state?: string;
  readonly json?: boolean;
}

/** `links list|add|accept|reject|propose`: which rules serve which analytics. */
export function register(program: Command, io: CliIo): void {
  const links = program.command("links").description("which rules serve which analytics: proposed by technique tags, decided by people");
  narrowed(links.command("list").description("links with their state and what proposed them"))
    .option("--state <state>", "proposed, accepted or rejected")
    .option("--json", "print one JSON document")
    .action(async ({ json, ...query }: Query) => {
      const found = await find(io, query);
      if (json) io.json(found.map(toJson));
      else io.table(found.map(({ analytic, state, rule, because, decidedBy }) => ({ analytic, state, rule: rule.title, source: rule.source, author: short(rule.author ?? "not stated"), because: short(because), by: decidedBy })));
    });
  links
    .command("add")
    .description("link a rule to an analytic by hand; the next assessment counts it")
    .requiredOption("--analytic <id>", "an analytic such as AN0749")
    .requiredOption("--rule <rule>", "its id, Sigma id or whole title")
    .option("--reason <text>", "why it serves the analytic", "")
    .option("--json", "print one JSON document")
    .action(async ({ json, ...request }: { analytic: string; rule: string; reason: string; json?: boolean }) => {
      const { addRuleLink } = await import("@/lib/operations/add-rule-link");
      const added = await io.withContext((ctx) => addRuleLink(ctx, request));
      if (json) io.json(added);
      else io.line(`${added.rule.title} (${added.rule.source}) serves ${added.analytic}.`);
    });
  for (const [name, state, words] of [["accept", "accepted", "accept proposed links"], ["reject", "rejected", "reject proposed links"]] as const) {
    narrowed(links.command(name).description(`${words}: of an analytic, a rule, a source, a level, or all`))
      .option("--all", "every proposed link")
      .option("--decided", "those that were decided before too")
      .option("--reason <text>", "why", "")
      .option("--json", "print one JSON document")
      .action((query: Query & { all?: boolean; decided?: boolean; reason: string }) => decide(io, state, query));
  }
  links
    .command("propose")
    .description("propose links again from the tags of all imported rules; what was decided stays")
    .option("--json", "print one JSON document")
    .action(async ({ json }: { json?: boolean }) => {
      const { proposeRuleLinks } = await import("@/lib/operations/propose-rule-links");
      const made = await io.withContext((ctx) => proposeRuleLinks(ctx));
      if (json) return io.json(made);
      io.line(`${made.proposed} new proposals, ${made.undecided} wait for a decision; ${made.unplaced} rules name no platform.`);
      for (const { tag, rules } of made.unmapped) io.line(`  unmapped    ${tag}: ${rules} rules`);
    });
}

function narrowed(command: Command): Command {
  return command
    .option("--analytic <id...>", "only of these analytics")
    .option("--rule <rule>", "only of this rule: its id, Sigma id or whole title")
    .option("--source <name>", "only of rules of this source")
    .option("--level <level>", "only of rules of this level");
}

async function find(io: CliIo, { analytic, ...query }: Query): Promise<RuleLinkView[]> {
  const { listRuleLinks } = await import("@/lib/operations/list-rule-links");
  return io.withContext((ctx) => listRuleLinks(ctx, { ...query, ...(analytic === undefined ? {} : { analytics: analytic }) }));
}

async function decide(io: CliIo, state: "accepted" | "rejected", { all, decided, reason, json, ...query }: Query & { all?: boolean; decided?: boolean; reason: string }): Promise<void> {
  if (all !== true && query.analytic === undefined && query.rule === undefined && query.source === undefined && query.level === undefined) {
    throw new SightlineError("INVALID", "Nothing says which links are meant.", { remedy: "Name an analytic, a rule, a source or a level, or give --all." });
  }
  const found = await find(io, { ...query, ...(decided === true ? {} : { state: "proposed" }) });
  const { decideRuleLinks } = await import("@/lib/operations/decide-rule-links");
  const count = await io.withContext((ctx) => decideRuleLinks(ctx, { state, reason, links: found.map(({ ruleId, analytic }) => ({ ruleId, analytic })) }));
  if (json) io.json({ state, links: count });
  else io.line(`${count} ${count === 1 ? "link is" : "links are"} ${state}.`);
}

function toJson({ analytic, state, because, reason, decidedBy, decidedAt, proposedAt, rule }: RuleLinkView) {
  return { analytic, state, because, reason, decidedBy, decidedAt, proposedAt, rule };
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
