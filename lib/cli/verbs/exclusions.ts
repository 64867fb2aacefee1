import type { Command } from "commander";
import type { CliIo } from "../cli-io";

interface AddFlags {
  readonly analytic: string;
  readonly segment: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly json?: boolean;
}

/** `exclusions add|list`: cells that somebody declared not applicable for a time. */
export function register(program: Command, io: CliIo): void {
  const exclusions = program.command("exclusions").description("cells declared not applicable: dated, owned, reasoned");
  exclusions
    .command("add")
    .description("take a cell out of the denominator, for at most 12 months")
    .requiredOption("--analytic <id>", "the analytic")
    .requiredOption("--segment <name>", "the segment")
    .requiredOption("--reason <text>", "why it does not apply")
    .requiredOption("--owner <who>", "who answers for it")
    .requiredOption("--expires <date>", "the last day it holds")
    .option("--json", "print one JSON document")
    .action(async (flags: AddFlags) => {
      const { addExclusion } = await import("@/lib/operations/add-exclusion");
      const { json, ...request } = flags;
      const made = await io.withContext((ctx) => addExclusion(ctx, request));
      if (json) io.json(made);
      else io.line(`${made.analytic} is excluded from ${made.segment} until ${made.expires}.`);
    });
  exclusions
    .command("list")
    .description("every exclusion, expired ones included")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { listExclusions } = await import("@/lib/operations/list-exclusions");
      const rows = await io.withContext((ctx) => listExclusions(ctx));
      if (flags.json) io.json(rows);
      else io.table(rows.map(({ analytic, segment, owner, expires, expired, withdrawn, reason }) => ({ analytic, segment, owner, expires, state: withdrawn !== null ? `withdrawn ${withdrawn.at.slice(0, 10)}` : expired ? "expired" : "holds", reason })));
    });
  exclusions
    .command("withdraw")
    .description("end an exclusion before its last day; it stays in the list")
    .argument("<id>", "see exclusions list --json")
    .requiredOption("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (id: string, flags: { reason: string; json?: boolean }) => {
      const { withdrawExclusion } = await import("@/lib/operations/withdraw-exclusion");
      await io.withContext((ctx) => withdrawExclusion(ctx, { id, reason: flags.reason }));
      if (flags.json) io.json({ withdrawn: id });
      else io.line("It is withdrawn: the cell counts again from the next assessment on.");
    });
}
