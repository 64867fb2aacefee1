import { basename } from "node:path";
import type { Command } from "commander";
import { fileSource } from "@/lib/files/byte-source";
import type { SiemLink } from "@/lib/operations/link-siem-rule";
import type { SiemImport } from "@/lib/operations/preview-siem";
import type { CliIo } from "../cli-io";

interface LinkFlags {
  readonly system?: string;
  readonly json?: boolean;
}

/** `siem import`, `siem list`, `siem link`, `siem unlink`: what a SIEM runs, and what it raised. */
export function register(program: Command, io: CliIo): void {
  const siem = program.command("siem").description("rules that are deployed in a SIEM, and their alerts");
  siem
    .command("import")
    .description("import a SIEM's own list of rules (Splunk saved searches: REST JSON, CSV, savedsearches.conf; Sentinel analytics rules; Elastic rules NDJSON; CSV with name,enabled) or its alerts (CSV with rule,host,time)")
    .argument("<files...>", "lists; several lists of rules are one list of the system")
    .requiredOption("--system <name>", "which SIEM it is, such as splunk")
    .option("--dry-run", "show what would change, write nothing")
    .option("--json", "print one JSON document")
    .action(async (paths: string[], flags: { system: string; dryRun?: boolean; json?: boolean }) => {
      const { keepUpload } = await import("@/lib/operations/keep-upload");
      const { previewSiem } = await import("@/lib/operations/preview-siem");
      const { importSiem } = await import("@/lib/operations/import-siem");
      const outcome = await io.withContext(async (ctx) => {
        const uploads = [];
        for (const path of paths) uploads.push(await keepUpload(ctx, (await fileSource(path)).stream(), basename(path)));
        return flags.dryRun === true ? previewSiem(ctx, { system: flags.system, uploads }) : importSiem(ctx, { system: flags.system, uploads });
      });
      if (flags.json) io.json(outcome);
      else print(io, outcome, flags.dryRun === true);
      if (outcome.files.some(({ refused }) => refused.length > 0)) io.fail();
    });
  siem
    .command("link")
    .description("say by hand which of our rules a SIEM's rule is; later lists keep that")
    .argument("<listed>", "the SIEM's rule: its name or its id there")
    .argument("<rule>", "ours: its id, Sigma id or whole title")
    .option("--system <name>", "the SIEM, where several list such a rule")
    .option("--json", "print one JSON document")
    .action((listed: string, rule: string, flags: LinkFlags) => link(io, { listed, rule, system: flags.system ?? null }, flags));
  siem
    .command("unlink")
    .description("undo what was said by hand; the rule is looked for by Sigma id and title again")
    .argument("<listed>", "the SIEM's rule: its name or its id there")
    .option("--system <name>", "the SIEM, where several list such a rule")
    .option("--json", "print one JSON document")
    .action((listed: string, flags: LinkFlags) => link(io, { listed, rule: null, system: flags.system ?? null }, flags));
  siem
    .command("list")
    .description("rules that SIEMs list, and which of ours they are")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { listSiem } = await import("@/lib/operations/list-siem");
      const rows = await io.withContext((ctx) => listSiem(ctx));
      if (flags.json) return io.json(rows);
      io.table(rows.map(({ system, name, enabled, schedule, lastRun, lastAlert, title, matchedBy }) => ({ system, name, enabled: enabled === null ? "unknown" : enabled ? "yes" : "no", schedule, lastRun, lastAlert, ours: title, "matched by": matchedBy })));
    });
}

async function link(io: CliIo, request: SiemLink, flags: LinkFlags): Promise<void> {
  const { linkSiemRule } = await import("@/lib/operations/link-siem-rule");
  const linked = await io.withContext((ctx) => linkSiemRule(ctx, request));
  if (flags.json) return io.json(linked);
  io.line(`${linked.system}: ${linked.name} is ${linked.rule === null ? "none of our rules" : `our rule ${linked.rule}, matched by ${linked.matchedBy}`}.`);
}

function print(io: CliIo, outcome: SiemImport, dry: boolean): void {
  const { rules, alerts } = outcome;
  io.line(`${outcome.system}: ${rules.listed} rules${dry ? ", nothing written" : ""}: ${rules.new} new, ${rules.changed} changed, ${rules.same} the same, ${rules.removed} no longer listed; ${rules.matched} are rules of ours.${alerts.read > 0 ? ` ${alerts.read} alerts${alerts.new === null ? "" : `, ${alerts.new} new`}.` : ""}`);
  for (const { file, format, warnings, refused } of outcome.files) {
    io.line(`${file}: ${format}`);
    for (const warning of warnings) io.note(`${file}: ${warning}`);
    for (const { line, name, field, message, remedy } of refused) io.note(`${file}, line ${line}${name === "" ? "" : ` (${name})`}${field === "" ? "" : `, ${field}`}: ${message} ${remedy}`);
  }
  if (outcome.unlisted.length > 0) io.note(`Alerts of rules that no list of ${outcome.system} holds: ${outcome.unlisted.slice(0, 10).join(", ")}${outcome.unlisted.length > 10 ? ", ..." : ""}.`);
}
