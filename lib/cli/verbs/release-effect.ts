import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `release-effect`: what an imported release would change if it were current, or changed since an earlier one. */
export function register(program: Command, io: CliIo): void {
  program
    .command("release-effect")
    .description("what an imported release of ATT&CK would change if it were current: analytics added, changed, retired, re-pointed, and the numbers of every segment on today's evidence; with --from what it changed since that release")
    .argument("<release>", "a release such as 19.1 or mobile-19.1, imported with --no-current")
    .option("--from <release>", "the release to hold it against, in place of the current one")
    .option("--json", "print one JSON document")
    .action(async (release: string, flags: { from?: string; json?: boolean }) => {
      const { getReleaseEffect } = await import("@/lib/operations/get-release-effect");
      const effect = await io.withContext((ctx) => getReleaseEffect(ctx, { release, from: flags.from }));
      if (flags.json) return io.json(effect);
      const { added, changed, retired, deprecated, repointed } = effect;
      io.line(`${effect.domain} ${effect.from} -> ${effect.to}, on the evidence of ${effect.at}: ${added.length} analytics added, ${changed.length} changed, ${retired.length} retired, ${deprecated.length} of deprecated strategies, ${repointed.length} strategies re-pointed`);
      const say = ({ value, k, n, uniform }: typeof effect.fleet.from): string => (value === null ? `no evidence (${k} of ${n})` : `${(value / 10_000).toFixed(1)} % (${k} of ${n}, counted once ${((uniform ?? 0) / 10_000).toFixed(1)} %)`);
      io.table([{ segment: "fleet", ...effect.fleet }, ...effect.segments].map(({ segment, from, to, points, cells }) => ({ segment, [effect.from]: say(from), [effect.to]: say(to), points: (points / 10_000).toFixed(4), cells })));
      for (const { id, name, fields, asksAnew } of changed) io.line(`changed  ${id} ${name}: ${fields.join(", ")}${asksAnew ? " (asks something else)" : ""}`);
      for (const { id, name, from, to } of repointed) io.line(`re-pointed  ${id} ${name}: ${from.join(", ")} -> ${to.join(", ")}`);
    });
}
