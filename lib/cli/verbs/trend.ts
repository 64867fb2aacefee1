import type { Command } from "commander";
import type { CliIo } from "../cli-io";

/** `trend`: the headline numbers over the assessments, with what moved the ground under them. */
export function register(program: Command, io: CliIo): void {
  program
    .command("trend")
    .description("the headline numbers over the assessments, oldest first, with changes of engine, release, fleet and policy and what was imported")
    .option("--segment <name>", "only this segment; else the fleet")
    .option("--domain <domain...>", "assessments of exactly these domains; default: those of the newest assessment")
    .option("--csv", "print CSV")
    .option("--json", "print one JSON document")
    .action(async (flags: { segment?: string; domain?: string[]; csv?: boolean; json?: boolean }) => {
      const { getTrend } = await import("@/lib/operations/get-trend");
      const trend = await io.withContext((ctx) => getTrend(ctx, { segment: flags.segment ?? null, domains: flags.domain ?? null }));
      if (flags.json) return io.json(trend);
      if (flags.csv) {
        const { writeTrendCsv } = await import("@/lib/evidence/write-trend-csv");
        for (const line of writeTrendCsv(trend)) io.line(line.trimEnd());
        return;
      }
      const others = trend.choices.filter(({ domains }) => domains.join() !== trend.domains.join());
      io.line(`Assessments of ${trend.domains.join(", ")}${others.length === 0 ? "" : `; there are others of ${others.map(({ domains, assessments }) => `${domains.join(" and ")} (${assessments})`).join("; ")}`}.`);
      const say = ({ value, low, high, k, n }: (typeof trend.points)[number]["observed"]): string => (value === null ? "no evidence" : `${percent(value)} % (${percent(low ?? value)} to ${percent(high ?? value)}; ${k} of ${n})`);
      io.table(trend.points.map(({ label, at, observed, uniform, validated, marks }) => ({ assessment: label, "as of": at, observed: say(observed), uniform: say(uniform), validated: say(validated), changes: marks.map(({ text }) => text).join("; ") })));
      for (const { label, at, ranAt } of trend.excluded) io.note(`${label} is outside the trend: as of ${at}, run later (${ranAt}).`);
    });
}

function percent(millionths: number): string {
  return (millionths / 10_000).toFixed(1);
}
