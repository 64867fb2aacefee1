import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import { writeDurably } from "../write-durably";

/** `query-pack`: the queries that measure a segment in its own platform, as a zip. */
export function register(program: Command, io: CliIo): void {
  program
    .command("query-pack")
    .description("queries that count, in the fleet's own platform, what a segment's analytics need: run them, send the results back with inventory import")
    .requiredOption("--segment <name>", "the segment to measure")
    .requiredOption("--backend <id>", "splunk, sentinel, elastic, athena or osquery")
    .requiredOption("--out <file.zip>", "where to write the pack")
    .option("--days <n>", "how far back the queries look (default 7)")
    .option("--json", "print one JSON document")
    .action(async (flags: { segment: string; backend: string; out: string; days?: string; json?: boolean }) => {
      const { makeQueryPack, zipQueryPack } = await import("@/lib/operations/make-query-pack");
      const pack = await io.withContext((ctx) => makeQueryPack(ctx, { segment: flags.segment, backend: flags.backend, ...(flags.days === undefined ? {} : { days: Number(flags.days) }) }));
      await writeDurably(zipQueryPack(pack), flags.out, io.signal);
      if (flags.json) return io.json({ file: flags.out, segment: pack.segment.name, backend: pack.backend.id, families: pack.families, leftOut: pack.leftOut, queries: pack.queries.map(({ family, purpose, file }) => ({ family, purpose, file })) });
      io.line(`${flags.out}: ${pack.queries.length} queries for ${pack.families.length} families of ${pack.segment.name} (${pack.backend.label}).`);
      for (const { family, uncounted } of pack.families) if (uncounted.length > 0) io.line(`  ${family}: not counted ${uncounted.join(", ")}`);
      for (const { family, reason } of pack.leftOut) io.line(`  ${family}: no query. ${reason}`);
    });
}
