import type { Command } from "commander";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { sayMeasure } from "../say-measure";

interface SetFlags {
  readonly segment: string;
  readonly share: string;
  readonly by: string;
  readonly owner: string;
  readonly reason: string;
  readonly json?: boolean;
}

/** `targets set|clear|list|history`: the observable share that a segment shall reach, by when, and who answers for it. */
export function register(program: Command, io: CliIo): void {
  const targets = program.command("targets").description("the observable share that each segment shall reach, and the distance to it");
  targets
    .command("set")
    .description("set or change the target of a segment; assessments already run keep theirs")
    .requiredOption("--segment <name>", "the segment")
    .requiredOption("--share <percent>", "observable share to reach, 0 to 100")
    .requiredOption("--by <date>", "the day it is due")
    .requiredOption("--owner <who>", "who answers for it")
    .requiredOption("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (flags: SetFlags) => change(io, flags, { value: readShare(flags.share), date: flags.by, owner: flags.owner }));
  targets
    .command("clear")
    .description("take the target of a segment away")
    .requiredOption("--segment <name>", "the segment")
    .requiredOption("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (flags: Pick<SetFlags, "segment" | "reason" | "json">) => change(io, flags, null));
  targets
    .command("list")
    .description("every segment against its target, farthest first")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const [{ listTargets }, { targetsJson }] = await Promise.all([import("@/lib/operations/list-targets"), import("@/lib/reports/targets-json")]);
      const json = targetsJson(await io.withContext((ctx) => listTargets(ctx)));
      if (flags.json) return io.json(json);
      const percent = (fraction: number): string => (fraction * 100).toFixed(1);
      io.line(json.assessment === null ? "Nothing was assessed yet." : `Shares of assessment ${json.assessment}, policy version ${json.policy ?? 1}`);
      io.table(
        json.targets.map(({ segment, criticality, observed, target }) => ({
          segment,
          criticality,
          observed: observed === null ? "not assessed" : sayMeasure(observed),
          target: target === null ? "none" : `${percent(target.value)} %`,
          distance: target === null || target.short === null ? "" : target.short <= 0 ? "reached" : `${percent(target.short)} points short`,
          by: target?.date ?? "",
          owner: target?.owner ?? "",
        })),
      );
    });
  targets
    .command("history")
    .description("how the target of a segment came to be what it is, newest first")
    .requiredOption("--segment <name>", "the segment")
    .option("--json", "print one JSON document")
    .action(async (flags: { segment: string; json?: boolean }) => {
      const [{ getSegment }, { listTargetChanges }, { toTargetJson }] = await Promise.all([import("@/lib/operations/get-segment"), import("@/lib/operations/list-target-changes"), import("@/lib/assessment/target-json")]);
      const changes = await io.withContext(async (ctx) => listTargetChanges(ctx, (await getSegment(ctx, flags.segment)).segment.id));
      const rows = changes.map(({ at, by, reason, from, to }) => ({ at, by, reason, from: from && toTargetJson(from), to: to && toTargetJson(to) }));
      if (flags.json) return io.json(rows);
      const words = (target: (typeof rows)[number]["to"]): string => (target === null ? "none" : `${target.value * 100} %${target.date === null ? "" : ` by ${target.date}`}`);
      io.table(rows.map(({ at, by, reason, from, to }) => ({ at, by, from: words(from), to: words(to), reason })));
    });
}

async function change(io: CliIo, { segment, reason, json }: Pick<SetFlags, "segment" | "reason" | "json">, target: { readonly value: number; readonly date: string; readonly owner: string } | null): Promise<void> {
  const [{ setTarget }, { toTargetJson }] = await Promise.all([import("@/lib/operations/set-target"), import("@/lib/assessment/target-json")]);
  const set = await io.withContext((ctx) => setTarget(ctx, { segment, target, reason }));
  if (json) return io.json({ segment: set.segment, target: set.target && toTargetJson(set.target) });
  io.line(set.target === null ? `${set.segment} has no target.` : `${set.segment} shall reach ${set.target.value / 10_000} % by ${set.target.date ?? "no day"}; ${set.target.owner} answers for it.`);
}

function readShare(text: string): number {
  if (/^\d{1,3}([.]\d{1,4})?$/.test(text.trim()) && Number(text) <= 100) return Math.round(Number(text) * 10_000);
  throw new SightlineError("INVALID", `"${text}" is not a share.`, { field: "share", remedy: "Write percent from 0 to 100, such as 62.5." });
}
