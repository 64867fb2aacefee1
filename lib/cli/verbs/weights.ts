import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import type { WeightListJson } from "@/lib/assessment/weights/weights-json";
import { SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";
import { readAssessmentId } from "../read-assessment-id";
import { sayMeasure } from "../say-measure";
import type { CliIo } from "../cli-io";

interface GroupFlags {
  readonly groups: string[];
  readonly asOf?: string;
  readonly fullDays?: string;
  readonly declineDays?: string;
  readonly floor?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** `weights list|groups|set|import|choose|effect`: what techniques weigh in the numbers; uniform until somebody chooses. */
export function register(program: Command, io: CliIo): void {
  const weights = program.command("weights").description("what techniques weigh in the numbers; the uniform number always stands beside");
  weights
    .command("list")
    .description("print every version of every profile, and which one counts")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { listWeightProfiles } = await import("@/lib/operations/list-weight-profiles");
      const rows = await io.withContext((ctx) => listWeightProfiles(ctx));
      if (flags.json) io.json(rows);
      else io.table(rows.map((row) => ({ profile: row.name, version: row.version, "in force": row.inForce ? "yes" : "", techniques: row.techniques, from: saySource(row), by: row.by, reason: row.reason })));
    });
  weights
    .command("groups")
    .description("print the threat groups of the current catalogues")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { listThreatGroups } = await import("@/lib/operations/list-threat-groups");
      const rows = await io.withContext((ctx) => listThreatGroups(ctx));
      if (flags.json) io.json(rows);
      else io.table(rows.map(({ id, name, techniques, newest, aliases }) => ({ id, name, techniques, newest: newest ?? "unknown", aliases: aliases.slice(0, 3).join(", ") })));
    });
  weights
    .command("set")
    .description("write the next version of a profile from what threat groups use: 1 + log2(1 + sum of uses, fading with age)")
    .argument("<name>", "of the profile")
    .requiredOption("--groups <id...>", "threat groups by id, name or alias")
    .option("--as-of <date>", "the day from which uses age; default: today")
    .option("--full-days <days>", "a use counts whole for so long; default 365")
    .option("--decline-days <days>", "and fades over so long; default 1460")
    .option("--floor <share>", "to this share, 0 to 1; default 0")
    .option("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (name: string, flags: GroupFlags) => {
      const { setWeightProfile } = await import("@/lib/operations/set-weight-profile");
      const request = { name, groups: flags.groups, asOf: flags.asOf, fullDays: number("full-days", flags.fullDays), declineDays: number("decline-days", flags.declineDays), floor: number("floor", flags.floor), reason: flags.reason };
      print(await io.withContext((ctx) => setWeightProfile(ctx, request)), flags.json);
    });
  weights
    .command("import")
    .description("write the next version of a profile from a CSV: technique,weight (1 = as in uniform)")
    .argument("<file>")
    .requiredOption("--name <name>", "of the profile")
    .option("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (path: string, flags: { name: string; reason?: string; json?: boolean }) => {
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        throw new SightlineError("NOT_FOUND", `The file cannot be read: ${systemReason(error)?.words ?? "unknown reason"}.`, { file: path });
      });
      const { importWeightProfile } = await import("@/lib/operations/import-weight-profile");
      const written = await io.withContext((ctx) => importWeightProfile(ctx, { name: flags.name, fileName: basename(path), text, reason: flags.reason }));
      if (written.unknown.length > 0) io.note(`No imported catalogue holds ${written.unknown.slice(0, 5).join(", ")}${written.unknown.length > 5 ? ` and ${written.unknown.length - 5} more` : ""}; their weights are kept.`);
      print(written, flags.json);
    });
  weights
    .command("choose")
    .description("let a profile count from the next assessment on; uniform takes the weights away")
    .argument("<name>")
    .option("--version <number>", "default: the newest")
    .option("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (name: string, flags: { version?: string; reason?: string; json?: boolean }) => {
      const { chooseWeightProfile } = await import("@/lib/operations/choose-weight-profile");
      const chosen = await io.withContext((ctx) => chooseWeightProfile(ctx, { name, version: number("version", flags.version), reason: flags.reason }));
      if (flags.json) io.json(chosen);
      else io.line(`${chosen.name}, version ${chosen.version}, counts from the next assessment on.`);
    });
  weights
    .command("effect")
    .description("print what a profile does to an assessment, beside uniform weights")
    .argument("<name>")
    .option("--version <number>", "default: the newest")
    .option("--assessment <id>", "default: the newest")
    .option("--json", "print one JSON document")
    .action(async (name: string, flags: { version?: string; assessment?: string; json?: boolean }) => {
      const { getWeightEffect } = await import("@/lib/operations/get-weight-effect");
      const effect = await io.withContext((ctx) => getWeightEffect(ctx, { name, version: number("version", flags.version), assessment: readAssessmentId(flags.assessment) }));
      if (flags.json) {
        io.json(effect);
        return;
      }
      io.line(`Assessment ${effect.assessment} under ${effect.profile.name} ${effect.profile.version}; tau of ${effect.techniques} techniques by what is missing: ${effect.tau === null ? "none, nothing is ranked" : effect.tau.toFixed(3)}`);
      io.table([{ segment: "fleet", ...effect.fleet }, ...effect.segments].map(({ segment, weighted, uniform }) => ({ segment, weighted: sayMeasure(weighted.observed), uniform: sayMeasure(uniform.observed) })));
      io.table(effect.moved.map(({ id, name: technique, weight, rank, uniformRank }) => ({ technique: id, name: technique, weight, rank, "uniform rank": uniformRank })));
    });

  function print(written: { readonly name: string; readonly version: number; readonly techniques: number }, json: boolean | undefined): void {
    if (json) io.json(written);
    else io.line(`${written.name}, version ${written.version}: ${written.techniques} techniques. It counts when it is chosen: sightline weights choose "${written.name}".`);
  }
}

function saySource({ source }: WeightListJson[number]): string {
  if (source === null) return "built in";
  return source.kind === "file" ? source.fileName : `${source.groups.map(({ id }) => id).join(" ")} as of ${source.decay.asOf}`;
}

function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}(\.\d{1,6})?$/.test(text.trim())) return Number(text);
  throw new SightlineError("INVALID", `"${text}" is not a number.`, { field: option });
}
