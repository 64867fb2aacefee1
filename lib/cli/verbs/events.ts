import type { Command } from "commander";
import type { FileOutcome } from "@/lib/operations/events/file-outcome";
import type { OperationContext } from "@/lib/operations/context";
import { fileSource } from "@/lib/files/byte-source";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { failImport } from "../fail-import";
import { listEventFiles, type EventFile } from "../list-event-files";

interface ImportFlags {
  readonly segment: string;
  readonly host?: string;
  readonly hostFrom?: string;
  readonly format?: string;
  readonly map?: string;
  readonly origin?: "production" | "exercise" | "lab" | "public";
  readonly label?: string;
  readonly zone?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
  readonly extractedBy?: string;
  readonly extractedFrom?: string;
  readonly extractedWhen?: string;
  readonly query?: string;
  readonly countAtSource?: string;
}

/** An example says the shape of a mapping best. */
const MAPPING_SHAPE = '{"time": {"column": "When"}, "host": {"column": "Machine"}, "kind": {"family": "windows-security", "key": {"column": "EventID"}}, "fields": {"user": "Who"}}, or {"value": "4624"} as key';

/** `events import|formats|list|remove|rederive`: sample events from files and folders into a segment, and out of it. */
export function register(program: Command, io: CliIo): void {
  const events = program.command("events").description("sample events of the fleet");
  registerFormats(events, io);
  events
    .command("import")
    .description("import sample events (JSON, text, XML, EVTX, CSV, .gz, .zip); the format is recognised from the content")
    .argument("<files...>", "files, or folders that are read whole")
    .requiredOption("--segment <name>", "the segment that the events come from")
    .option("--host <name>", "the host of records that name none")
    .option("--host-from <regex|field>", "take it from the file's path (one group) or from a native field")
    .option("--format <id>", "read as this format, whatever the content looks like")
    .option("--map <file.json>", `what the columns of a CSV mean: ${MAPPING_SHAPE}`)
    .option("--origin <origin>", "production, exercise, lab or public; lab and public never prove a cell", "production")
    .option("--label <label>", "attack:T1560.002, attack or benign")
    .option("--zone <name>", "IANA zone of times that name none (default: the segment's, else UTC)")
    .option("--extracted-by <who>", "who took the sample")
    .option("--extracted-from <system>", "from which system")
    .option("--query <text>", "by which query")
    .option("--extracted-when <when>", "when")
    .option("--count-at-source <n>", "how many records the query found there")
    .option("--replace", "read content again that was imported with other options")
    .option("--json", "print one JSON document")
    .action(async (paths: string[], flags: ImportFlags) => {
      const files = await listEventFiles(paths);
      const outcomes = await io.withContext((ctx) => importAll(ctx, io, files, flags));
      if (flags.json) io.json({ files: outcomes });
      failImport(io, outcomes.filter(({ outcome }) => outcome === "refused").map(({ file, reason }) => `${file}: ${reason ?? "refused"}`), outcomes.length);
    });
  events
    .command("list")
    .description("imported samples with their ids, newest first")
    .option("--segment <name>", "only of this segment")
    .option("--json", "print one JSON document")
    .action(async (flags: { segment?: string; json?: boolean }) => {
      const [{ listDatasets }, { listSegments }] = await Promise.all([import("@/lib/operations/list-datasets"), import("@/lib/operations/list-segments")]);
      const [datasets, segments] = await io.withContext(async (ctx) => [await listDatasets(ctx), await listSegments(ctx, { retired: true })] as const);
      const names = new Map(segments.map(({ id, name }) => [id, name]));
      const named = datasets.map((dataset) => ({ ...dataset, segment: names.get(dataset.segmentId) ?? "" }));
      const wanted = flags.segment?.trim().toLowerCase();
      const found = named.filter(({ segment }) => wanted === undefined || segment.toLowerCase() === wanted);
      if (flags.json) io.json(found);
      else io.table(found.map(({ id, segment, fileName, format, origin, records, refused, importedAt }) => ({ id, segment, file: fileName, format, origin, records, refused, imported: importedAt.slice(0, 10) })));
    });
  events
    .command("show")
    .description("one imported sample: what it holds by record kind, what was refused, and what the quality probes say of each source")
    .argument("<dataset>", "its id, as events list prints it")
    .option("--json", "print one JSON document")
    .action(async (id: string, flags: { json?: boolean }) => {
      const [{ getDataset }, { getQuality }, { qualityJsonSchema }] = await Promise.all([import("@/lib/operations/get-dataset"), import("@/lib/operations/get-quality"), import("@/lib/events/probes/quality-json")]);
      const [dataset, quality] = await io.withContext(async (ctx) => [await getDataset(ctx, id), await getQuality(ctx, { datasetId: id })] as const);
      if (flags.json) return io.json({ ...dataset, quality: qualityJsonSchema.parse(quality) });
      io.line(`${dataset.fileName}: ${dataset.records} records, ${dataset.refused} refused, ${dataset.format}`);
      for (const source of quality) {
        io.line(`\n${source.title}${source.family === null ? "" : ` (${source.family})`}`);
        io.table(source.probes.map(({ label, grade, n, says }) => ({ probe: label, grade, n, says })));
      }
    });
  events
    .command("remove")
    .description("take samples out of every later assessment; assessments that counted them stay as they are and name them as removed")
    .argument("<datasets...>", "ids, as events list prints them")
    .option("--json", "print one JSON document")
    .action(async (ids: string[], flags: { json?: boolean }) => {
      const { removeDataset } = await import("@/lib/operations/remove-dataset");
      const removed: { readonly id: string; readonly file: string; readonly records: number }[] = [];
      await io.withContext(async (ctx) => {
        for (const id of ids) {
          const { fileName: file, records } = await removeDataset(ctx, id);
          removed.push({ id, file, records });
          if (!flags.json) io.line(`${file} (${id}): ${records} records are out of every later assessment.`);
        }
      });
      if (flags.json) io.json({ removed });
    });
  events
    .command("rederive")
    .description("read kept samples again that an earlier version had read; an assessment waits for this")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { rederiveResultSchema } = await import("@/lib/operations/events/file-outcome");
      const result = rederiveResultSchema.parse(await io.withContext((ctx) => io.runJob(ctx, { kind: "events-rederive", title: "Read samples again", input: {} })));
      if (flags.json) io.json(result);
      else io.line(`${result.derived} read again, ${result.failed.length} failed${result.failed.map(({ file, reason }) => `\n  ${file}: ${reason}`).join("")}`);
      if (result.failed.length > 0) io.fail();
    });
}

async function importAll(ctx: OperationContext, io: CliIo, files: readonly EventFile[], flags: ImportFlags): Promise<FileOutcome[]> {
  const { checkEventsImport, prepareEventsImport } = await import("@/lib/operations/prepare-events-import");
  const { keepUpload } = await import("@/lib/operations/keep-upload");
  const { emptyOutcome, fileOutcomesSchema, reasonOf } = await import("@/lib/operations/events/file-outcome");
  const mapping = flags.map === undefined ? undefined : await readMapping(flags.map);
  const request = { segment: flags.segment, options: { ...optionsOf(flags), ...(mapping === undefined ? {} : { mapping }) }, replace: flags.replace ?? false };
  await checkEventsImport(ctx, request); // before anything is read or kept
  const outcomes: FileOutcome[] = [];
  for (const { path, name } of files) {
    const before = outcomes.length;
    io.signal.throwIfAborted();
    try {
      const upload = await keepUpload(ctx, (await fileSource(path)).stream(), name);
      outcomes.push(...fileOutcomesSchema.parse(await io.runJob(ctx, await prepareEventsImport(ctx, upload, request))));
    } catch (error) {
      if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
      outcomes.push(emptyOutcome(name, flags.segment, reasonOf(error)));
    }
    if (!flags.json) for (const outcome of outcomes.slice(before)) print(io, outcome);
  }
  return outcomes;
}

/** What `events formats --json` prints. */
export interface EventFormatJson {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
}

function registerFormats(events: Command, io: CliIo): void {
  events
    .command("formats")
    .description("the formats of sample events that are read; --format takes their ids")
    .option("--json", "print one JSON document")
    .action(async (flags: { readonly json?: boolean }) => {
      const { CHOICES } = await import("@/lib/events/formats/index");
      const rows = CHOICES.map(({ id, label, extensions }): EventFormatJson => ({ id, label, extensions: [...extensions] }));
      if (flags.json) io.json(rows);
      else io.table(rows.map(({ id, label, extensions }) => ({ format: id, label, files: extensions.join(" ") })));
    });
}

async function readMapping(path: string) {
  const { readFile } = await import("node:fs/promises");
  const { csvMappingSchema } = await import("@/lib/events/csv-mapping");
  const text = await readFile(path, "utf8").catch(() => {
    throw new SightlineError("NOT_FOUND", "The mapping cannot be read.", { file: path, field: "map" });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SightlineError("INVALID", "The mapping is not valid JSON.", { file: path, field: "map" });
  }
  const read = csvMappingSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new SightlineError("INVALID", `The mapping is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message ?? "unknown fault"}.`, { file: path, field: "map", remedy: `Write ${MAPPING_SHAPE}; host may be left out.` });
}

function optionsOf(flags: ImportFlags) {
  const count = flags.countAtSource === undefined ? ("unknown" as const) : Number(flags.countAtSource);
  return {
    host: flags.host ?? null,
    hostFrom: flags.hostFrom ?? null,
    format: flags.format ?? null,
    origin: flags.origin ?? ("production" as const),
    label: flags.label ?? null,
    zone: flags.zone ?? null,
    extraction: { who: flags.extractedBy ?? "unknown", system: flags.extractedFrom ?? "unknown", query: flags.query ?? "unknown", when: flags.extractedWhen ?? "unknown", countAtSource: count },
  };
}

function print(io: CliIo, outcome: FileOutcome): void {
  io.line(outcome.file);
  if (outcome.outcome === "refused") return io.line(`  refused: ${outcome.reason ?? "unknown reason"}`);
  if (outcome.outcome === "unchanged") return io.line(`  unchanged: the same content was imported with the same options (${outcome.format ?? ""})`);
  io.line(`  format      ${outcome.format ?? ""} (${outcome.evidence.join(", ")})`);
  io.line(`  records     ${outcome.records}${outcome.formats.length === 0 ? "" : `: ${outcome.formats.map(({ format, records }) => `${records} ${format}`).join(", ")}`}`);
  io.line(`  refused     ${outcome.refused.count}${outcome.refused.reasons.map(({ reason, count, message }) => `\n    ${count} ${reason}: ${message}`).join("")}`);
  const more = outcome.hosts.count > 10 ? ", ..." : "";
  io.line(`  hosts       ${outcome.hosts.count}${outcome.hosts.count === 0 ? "" : `: ${outcome.hosts.names.slice(0, 10).join(", ")}${more}`}`);
  io.line(`  first       ${outcome.first ?? "-"}`);
  io.line(`  last        ${outcome.last ?? "-"}`);
  io.line(`  components  ${outcome.components.map(({ id, name }) => `${name} (${id})`).join(", ") || "none"}`);
  for (const warning of outcome.warnings) io.line(`  warning     ${warning.message}`);
}
