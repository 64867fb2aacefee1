import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { fileSource } from "@/lib/files/byte-source";
import { plainClaim } from "@/lib/inventory/plan-inventory";
import { plain } from "@/lib/inventory/statements/plan-statements";
import type { InventoryPreview } from "@/lib/operations/preview-inventory";
import type { InventoryApplied } from "@/lib/operations/apply-inventory";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { failImport, refusedRowsSentence } from "../fail-import";
import type { InventoryFormatsJson, InventoryImportJson } from "../inventory-json";
import { printRefusals, refusalsJson } from "../print-refusals";

interface ImportFlags {
  readonly format?: string;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
  readonly segment?: string;
  readonly hosts?: string;
  readonly asOf?: string;
  readonly queryFile?: string;
  readonly complete?: boolean;
  readonly json?: boolean;
}

/** `inventory import`: what is claimed to be collected. */
export function register(program: Command, io: CliIo): void {
  const inventory = program.command("inventory").description("what is claimed to be collected, where");
  inventory
    .command("import")
    .description("import claims: Sightline's CSV or JSON, DeTT&CT YAML, configurations of sensors, flow statistics; measurements of a query pack (CSV, zip)")
    .argument("<files...>", "inventory files")
    .option("--format <id>", "a format by its id (inventory formats lists them); else recognised from the content")
    .option("--segment <name>", "where it holds: for files that name no segment")
    .option("--hosts <n>", "how many hosts a configuration stands for, as you state it")
    .option("--as-of <date>", "when a configuration was in force (2026-11-21), where the file bears no date; else the day of the import")
    .option("--query-file <file>", "the text of the query behind a measurement CSV; else NAME.query.txt beside it")
    .option("--complete", "the measurement covers every host of the segment and its whole window: absence means silence")
    .option("--dry-run", "show what would change, write nothing")
    .option("--replace", "each file is the whole inventory of the segments it names: claims it no longer makes are removed")
    .option("--json", "print one JSON document")
    .action(async (paths: string[], flags: ImportFlags) => {
      const { outcomes, refused } = await importAll(io, paths, flags);
      if (flags.json) io.json({ dryRun: flags.dryRun ?? false, files: outcomes } satisfies InventoryImportJson);
      failImport(io, refused, paths.length);
    });
  registerFormats(inventory, io);
}

/** `inventory formats`: what can be imported, what it shows and how to get it. */
function registerFormats(inventory: Command, io: CliIo): void {
  inventory
    .command("formats")
    .description("the formats of inventory import: what each shows, what it does not, and how to get the file")
    .option("--json", "print one JSON document")
    .action(async (flags: { readonly json?: boolean }) => {
      const { INVENTORY_FORMATS } = await import("@/lib/inventory/formats/index");
      const { MEASUREMENT_FORMATS } = await import("@/lib/inventory/measurements/formats");
      const formats = [...INVENTORY_FORMATS, ...MEASUREMENT_FORMATS].map(({ id, label, extensions, segment, guide }) => ({ id, label, extensions: [...extensions], segment: segment ?? ("in the file" as const), proves: guide.proves, not: guide.not, obtain: guide.obtain.map((step) => ({ ...step })) }));
      if (flags.json) io.json(formats satisfies InventoryFormatsJson);
      else for (const format of formats) printFormat(io, format);
    });
}

function printFormat(io: CliIo, { id, label, proves, not, obtain }: InventoryFormatsJson[number]): void {
  io.line(`${id}: ${label}`);
  io.line(`  shows       ${proves}`);
  io.line(`  not         ${not}`);
  for (const { product, text } of obtain) io.line([`  get it      ${product}:`, ...text.split("\n").map((line) => `                ${line}`)].join("\n"));
}

async function importAll(io: CliIo, paths: readonly string[], flags: ImportFlags): Promise<{ readonly outcomes: InventoryImportJson["files"]; readonly refused: readonly string[] }> {
  const { previewInventory } = await import("@/lib/operations/preview-inventory");
  const { applyInventory } = await import("@/lib/operations/apply-inventory");
  const outcomes: InventoryImportJson["files"] = [];
  const refused: string[] = []; // a sentence for each file
  await io.withContext(async (ctx) => {
    for (const path of paths) {
      try {
        await fileSource(path); // refuses a missing file in words
        const request = { source: { fileName: basename(path), content: await readFile(path) }, format: flags.format, replace: flags.replace, segment: flags.segment, hosts: flags.hosts === undefined ? null : Number(flags.hosts), asOf: flags.asOf ?? null, query: await readQuery(path, flags.queryFile), ...(flags.complete === undefined ? {} : { complete: flags.complete }) };
        const preview = await previewInventory(ctx, request);
        const applied = flags.dryRun || (preview.understood === 0 && preview.refused.length > 0) ? null : await applyInventory(ctx, request);
        if (flags.json) outcomes.push(outcomeJson(path, applied ?? preview, applied));
        else print(io, path, applied ?? preview, applied);
        const sentence = refusedRowsSentence(path, preview.rows, preview.refused, flags.dryRun ? "would be imported" : "are imported");
        if (sentence !== null) refused.push(sentence);
        else if (preview.understood === 0) refused.push(`${path}: The file has no rows, nothing is imported.`);
      } catch (error) {
        if (!(error instanceof SightlineError) || error.code === "UNAVAILABLE") throw error;
        refused.push(errorSentence(error));
        outcomes.push({ file: path, outcome: "refused", reason: errorSentence(error) });
        if (!flags.json) io.line(`${path}\n  refused     ${errorSentence(error)}`);
      }
    }
  });
  return { outcomes, refused };
}

/** The query that a person names, else the one that lies beside the file; undefined: none. */
async function readQuery(path: string, named: string | undefined): Promise<string | undefined> {
  if (named === undefined) return readFile(path.replace(/\.csv$/i, "") + ".query.txt", "utf8").catch(() => undefined);
  return readFile(named, "utf8").catch(() => {
    throw new SightlineError("NOT_FOUND", "The query cannot be read.", { file: named, field: "query-file" });
  });
}

function outcomeJson(file: string, plan: InventoryPreview, applied: InventoryApplied | null): InventoryImportJson["files"][number] {
  return {
    file,
    outcome: applied === null ? "preview" : applied.importId === null ? "unchanged" : "imported",
    format: plan.format.id,
    digest: plan.fileDigest,
    rows: plan.rows,
    understood: plan.understood,
    refused: refusalsJson(plan.refused),
    changes: { ...plan.changes, missing: plan.missing },
    segments: plan.segments.map(({ draft, missing }) => ({ name: draft.name, platforms: draft.platforms.map((platform) => ({ ...platform })), complete: [...missing] })),
    claims: plan.claims.map(({ change, segment, line, claim }) => ({ change, segment, line, ...plainClaim(claim) })),
    statements: (plan.statements?.items ?? []).map(({ change, statement }) => ({ change, ...plain(statement) })),
    losses: plan.losses.map((loss) => ({ ...loss })),
    measurements: (plan.measurements?.items ?? []).map((item) => ({ ...item, fields: [...item.fields] })),
    raw: (plan.measurements?.outcomes ?? []).map((outcome) => ({ ...outcome })),
  };
}

function print(io: CliIo, file: string, plan: InventoryPreview, applied: InventoryApplied | null): void {
  const { added, changed, unchanged, removed } = plan.changes;
  const done = applied === null ? "would change" : applied.importId === null ? "nothing to change" : "changed";
  io.line(file);
  io.line(`  format      ${plan.format.label} (${plan.evidence.join(", ")})`);
  io.line(`  rows        ${plan.rows}: ${plan.understood} understood, ${refusalsJson(plan.refused).count} refused`);
  for (const { change, kind, segment, hosts, records, newest, complete } of plan.measurements?.items ?? []) io.line(`  measured    ${kind} in ${segment}: ${records} records of ${hosts} hosts, newest ${newest ?? "none"}${complete ? ", complete" : ""} (${change})`);
  for (const { file: raw, outcome, records, reason } of plan.measurements?.outcomes ?? []) io.line(`  raw         ${raw}: ${outcome}${reason === null ? `, ${records} records` : `: ${reason}`}`);
  io.line(`  ${plan.measurements !== undefined ? "measured" : plan.statements === null ? "claims" : "scores"}      ${done}: ${added} new, ${changed} changed, ${unchanged} unchanged, ${removed} removed`);
  if (plan.missing > 0) io.line(`  missing     ${plan.missing} claims of an earlier file are not in this one and stay (--replace removes them)`);
  for (const { draft, missing } of plan.segments) io.line(`  segment     ${draft.name} (${draft.platforms.map(({ name }) => name).join(", ")}) is created; complete its ${missing.join(", ")}`);
  printRefusals(io, plan.refused);
  for (const { text, count } of plan.losses) io.line(`  loss        ${text}${count > 1 ? ` (${count} times)` : ""}`);
}
