import type { Command } from "commander";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";

interface QueryFlags {
  readonly target?: string;
  readonly segment?: string;
  readonly analytic?: string;
  readonly usualNames?: boolean;
  readonly json?: boolean;
}

/** `rules queries`: a rule in the query languages of platforms, with the values of a segment. */
export function registerQueries(rules: Command, io: CliIo): void {
  rules
    .command("queries")
    .description("a rule as queries of platforms; placeholders take the values of a segment, else of the rule's pack, else the rule is refused by name")
    .argument("<rule>", "its id, Sigma id or whole title")
    .option("--target <id>", "print this query alone")
    .option("--segment <name>", "whose values stand in it")
    .option("--analytic <id>", "of several that the rule serves: whose values go before those for every rule")
    .option("--usual-names", "the platform's own names of fields, not those of imported mappings")
    .option("--json", "print one JSON document")
    .action((word: string, flags: QueryFlags) => printQueries(io, word, flags));
}

async function printQueries(io: CliIo, word: string, { target, segment, analytic, usualNames, json }: QueryFlags): Promise<void> {
  const { getRuleQueries } = await import("@/lib/operations/get-rule-queries");
  const view = await io.withContext((ctx) => getRuleQueries(ctx, word, { segment: segment ?? null, analytic: analytic ?? null, names: usualNames ? "usual" : "imported" }));
  const queries = target === undefined ? view.queries : view.queries.filter(({ id }) => id === target);
  if (queries.length === 0) throw new SightlineError("NOT_FOUND", `"${target ?? ""}" is not a query language.`, { field: "target", remedy: `Known are ${view.queries.map(({ id }) => id).join(", ")}.` });
  const [only] = queries;
  if (target !== undefined && only?.query === null) throw new SightlineError("CONFLICT", only.refused ?? "There is no query.");
  if (json) return io.json({ ...view, queries });
  if (target !== undefined) {
    for (const note of [...view.values.map(({ name, said }) => `%${name}%: ${said}`), ...(only?.notes ?? [])]) io.note(note);
    return io.line(only?.query ?? "");
  }
  io.line(view.title);
  for (const { name, values, unit, said } of view.values) io.line(`  value       ${name} = ${values === null ? "nothing" : `${values.join(", ")} ${unit}`.trim()}. ${said}`);
  for (const { scope, version } of view.mappings) io.line(`  names       ${view.names === "imported" ? "of" : "not of"} the imported mapping ${scope}, version ${version}`);
  for (const { id, query, refused, notes } of queries) {
    io.line(`\n${id}${query === null ? ` refused: ${refused ?? ""}` : ""}`);
    if (query !== null) io.line(query);
    for (const note of notes) io.line(`  note: ${note}`);
  }
}
