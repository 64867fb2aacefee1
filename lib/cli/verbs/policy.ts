import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import { sayMeasure } from "../say-measure";

/** `policy show|preview|set`: what a proof must satisfy, versioned. */
export function register(program: Command, io: CliIo): void {
  const policy = program.command("policy").description("what a proof must satisfy; part of every assessment");
  policy
    .command("show")
    .description("print the policy that the next assessment uses")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { getPolicy } = await import("@/lib/operations/get-policy");
      const found = await io.withContext((ctx) => getPolicy(ctx));
      print(io, found.policy, flags.json);
    });
  policy
    .command("preview")
    .description("what changed settings would do to today's numbers; nothing is written")
    .argument("<settings...>", "KEY=VALUE, for example freshDays=14")
    .option("--json", "print one JSON document")
    .action(async (settings: string[], flags: { json?: boolean }) => {
      const [{ previewPolicy }, { policyEffectJson }] = await Promise.all([import("@/lib/operations/preview-policy"), import("@/lib/reports/policy-effect-json")]);
      const effect = policyEffectJson(await io.withContext((ctx) => previewPolicy(ctx, settings)));
      if (flags.json) return io.json(effect);
      io.table([{ segment: "Fleet", ...effect.fleet }, ...effect.segments].map(({ segment, before, after }) => ({ segment, "as it is": sayMeasure(before), changed: sayMeasure(after) })));
      for (const { from, to, cells } of effect.moves) io.line(`  ${cells} from ${from} to ${to}`);
    });
  policy
    .command("set")
    .description("write the next version of the policy; assessments already run keep theirs")
    .argument("<settings...>", "KEY=VALUE, for example freshDays=14")
    .option("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (settings: string[], flags: { reason?: string; json?: boolean }) => {
      const { setPolicy } = await import("@/lib/operations/set-policy");
      print(io, await io.withContext((ctx) => setPolicy(ctx, { settings, reason: flags.reason })), flags.json);
    });
}

function print(io: CliIo, policy: Readonly<Record<string, number | boolean>>, json: boolean | undefined): void {
  if (json) io.json(policy);
  else io.table(Object.entries(policy).map(([key, value]) => ({ key, value: String(value) })));
}
