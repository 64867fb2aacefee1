import type { Command } from "commander";
import { CHECK_STATES } from "@/lib/detection/check/check-types";
import type { CliIo } from "../cli-io";

/** `rules check`: decide for every rule and segment whether it can fire, and print what was found. */
export function registerCheck(rules: Command, io: CliIo): void {
  rules
    .command("check")
    .description("can each rule fire in each segment: decides it anew from the rules and the events that came, and prints what was found")
    .option("--segment <name>", "print one segment only")
    .option("--last", "print the newest run instead of deciding anew")
    .option("--json", "print one JSON document: an array, one row per rule and segment")
    .action(async (flags: { segment?: string; last?: boolean; json?: boolean }) => {
      const { prepareRuleCheck } = await import("@/lib/operations/prepare-rule-check");
      const { listRuleChecks } = await import("@/lib/operations/list-rule-checks");
      const rows = await io.withContext(async (ctx) => {
        if (flags.last !== true) await io.runJob(ctx, prepareRuleCheck(ctx));
        return listRuleChecks(ctx, flags.segment === undefined ? {} : { segment: flags.segment });
      });
      if (flags.json) return io.json(rows);
      const segments = [...new Set(rows.map(({ segment }) => segment))];
      io.table(
        segments.map((segment) => {
          const own = rows.filter((row) => row.segment === segment);
          return { segment, ...Object.fromEntries(CHECK_STATES.map((state) => [state, own.filter((row) => row.state === state).length])), stale: own.filter(({ stale }) => stale).length, rules: own.length };
        }),
      );
      for (const { title, segment, field, why, state } of rows.filter((row) => row.state.startsWith("field-") && row.analytics.length > 0).slice(0, 20)) io.line(`${state}  ${title} (${segment}${field === null ? "" : `, ${field}`}): ${why}`);
    });
}
