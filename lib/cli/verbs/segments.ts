import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { fileSource } from "@/lib/files/byte-source";
import type { SegmentSummary } from "@/lib/inventory/types";
import type { CliIo } from "../cli-io";
import { failImport, refusedRowsSentence } from "../fail-import";
import { printRefusals, refusalsJson } from "../print-refusals";

/** `segments import|list|hosts import|hosts list`: the parts of the fleet and the hosts in them. */
export function register(program: Command, io: CliIo): void {
  const segments = program.command("segments").description("parts of the fleet");
  segments
    .command("import")
    .description("create and change segments from a CSV (name,platforms,assets,criticality,owner,tags,time_zone)")
    .argument("<file>", "CSV file")
    .option("--json", "print one JSON document")
    .action(async (path: string, flags: { json?: boolean }) => {
      const { importSegments } = await import("@/lib/operations/import-segments");
      const result = await io.withContext(async (ctx) => importSegments(ctx, { fileName: basename(path), content: await readBytes(path) }));
      const names = (change: string): string[] => result.planned.filter((row) => row.change === change).map(({ draft }) => draft.name);
      const counts = { file: path, rows: result.rows, understood: result.planned.length, created: names("new"), changed: names("changed"), unchanged: names("unchanged") };
      failImport(io, [refusedRowsSentence(path, result.rows, result.refused, "are imported") ?? []].flat(), 1);
      if (flags.json) return io.json({ ...counts, refused: refusalsJson(result.refused), unknownColumns: result.unknownColumns });
      io.line(`${path}: ${counts.created.length} created, ${counts.changed.length} changed, ${counts.unchanged.length} unchanged, ${refusalsJson(result.refused).count} refused`);
      for (const column of result.unknownColumns) io.line(`  not read    column ${column}`);
      printRefusals(io, result.refused);
    });
  segments
    .command("list")
    .description("segments with their platforms, assets and what is known of them")
    .option("--retired", "retired ones too")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean; retired?: boolean }) => {
      const { listSegments } = await import("@/lib/operations/list-segments");
      const found = await io.withContext((ctx) => listSegments(ctx, { retired: flags.retired }));
      if (flags.json) io.json(found);
      else io.table(found.map(segmentRow));
    });
  registerHosts(segments, io);
}

function registerHosts(segments: Command, io: CliIo): void {
  const hosts = segments.command("hosts").description("the roster of a segment");
  hosts
    .command("import")
    .description("replace the roster of a segment by the hosts of a CSV (host,platform)")
    .argument("<file>", "CSV file")
    .requiredOption("--segment <name>", "the segment")
    .option("--json", "print one JSON document")
    .action(async (path: string, flags: { segment: string; json?: boolean }) => {
      const { importRoster } = await import("@/lib/operations/import-roster");
      const result = await io.withContext(async (ctx) => importRoster(ctx, { segment: flags.segment, source: { fileName: basename(path), content: await readBytes(path) } }));
      const { segment, rows, changes, unknownColumns } = result;
      const { added, changed, unchanged, removed } = changes;
      failImport(io, [refusedRowsSentence(path, rows, result.refused, "are the roster now") ?? []].flat(), 1);
      if (flags.json) return io.json({ file: path, segment: segment.name, rows, hosts: result.hosts.length, added, changed, unchanged, removed, refused: refusalsJson(result.refused), unknownColumns });
      io.line(`${path}: ${result.hosts.length} hosts in ${segment.name} (${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed), ${refusalsJson(result.refused).count} rows refused`);
      for (const column of unknownColumns) io.line(`  not read    column ${column}`);
      printRefusals(io, result.refused);
    });
  hosts
    .command("list")
    .description("the roster against the samples: hosts never seen, and hosts seen that it does not list")
    .requiredOption("--segment <name>", "the segment")
    .option("--json", "print one JSON document")
    .action(async (flags: { segment: string; json?: boolean }) => {
      const { getRosterReport } = await import("@/lib/operations/get-roster-report");
      const report = await io.withContext((ctx) => getRosterReport(ctx, flags.segment));
      if (flags.json) return io.json(report);
      if (report === null) return io.line(`${flags.segment} has no roster.`);
      io.line(`roster      ${report.roster.length}`);
      io.line(`never seen  ${report.neverSeen.length}${report.neverSeen.map(({ host }) => `\n  ${host}`).join("")}`);
      io.line(`foreign     ${report.foreign.length}${report.foreign.map(({ host }) => `\n  ${host}`).join("")}`);
    });
}

function segmentRow(segment: SegmentSummary): Record<string, string | number | null> {
  return {
    name: segment.name,
    platforms: segment.platforms.map(({ name, hosts }) => (hosts === null ? name : `${name}=${hosts}`)).join(";"),
    assets: segment.assets,
    criticality: segment.criticality,
    owner: segment.owner,
    zone: segment.timeZone,
    roster: segment.rosterHosts,
    claims: segment.claims,
    retired: segment.retiredAt?.slice(0, 10) ?? null,
  };
}

async function readBytes(path: string): Promise<Uint8Array> {
  await fileSource(path); // refuses a missing file in words
  return readFile(path);
}
