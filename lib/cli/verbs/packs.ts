import type { Command } from "commander";
import type { CliIo } from "../cli-io";
import { writeDurably } from "../write-durably";

/** `packs`: what is curated for analytics: those that ship with Sightline, and a customer's own. */
export function register(program: Command, io: CliIo): void {
  const packs = program.command("packs").description("curated requirements, rules, tests and guidance per analytic");

  packs
    .command("list")
    .description("the packs in force, and what became of their own tests")
    .option("--all", "and the versions they took the place of")
    .option("--json", "print one JSON document")
    .action(async (flags: { all?: boolean; json?: boolean }) => {
      const { listPacks } = await import("@/lib/operations/list-packs");
      const { preparePacksLoad } = await import("@/lib/operations/load-packs");
      const rows = await io.withContext(async (ctx) => {
        const load = await preparePacksLoad(ctx);
        if (load !== null) await io.runJob(ctx, load);
        return listPacks(ctx, { all: flags.all ?? false });
      });
      const shown = rows.map(({ analytic, version, origin, release, manifest, tests, passed, current, loadedAt }) => ({ analytic, id: manifest.id, version, title: manifest.title, platform: manifest.platform, origin, release, tests: tests.length, failed: tests.filter((test) => !test.passed).length, passed, current, loadedAt }));
      if (flags.json) io.json(shown);
      else io.table(shown.map(({ analytic, version, platform, origin, tests, failed, current, title }) => ({ analytic, version, platform, origin, tests, failed, ...(flags.all ? { current } : {}), title })));
    });

  packs
    .command("import <file>")
    .description("a pack as a zip: pack.yaml, rules/ and samples/ (docs/packs.md); it takes the place of the one before")
    .option("--json", "print one JSON document")
    .action(async (file: string, flags: { json?: boolean }) => {
      const { createReadStream } = await import("node:fs");
      const { basename } = await import("node:path");
      const { keepUpload } = await import("@/lib/operations/keep-upload");
      const { importedPackSchema, preparePackImport } = await import("@/lib/operations/import-pack");
      const found = await io.withContext(async (ctx) => importedPackSchema.parse(await io.runJob(ctx, preparePackImport(ctx, await keepUpload(ctx, createReadStream(file), basename(file))))));
      if (flags.json) io.json(found);
      else {
        io.line(found.outcome === "unchanged" ? `${found.analytic}: version ${found.version} is in force already.` : `${found.analytic}: version ${found.version} of ${found.id} is in force.`);
        for (const { test, passed, problems } of found.tests) if (!passed) io.line(`failed: ${test}: ${problems.join(" ")}`);
      }
      if (found.tests.some(({ passed }) => !passed)) io.fail();
    });

  packs
    .command("export <analytic>")
    .description("a pack as a zip")
    .requiredOption("--out <file.zip>", "where to write it")
    .option("--version <n>", "an earlier version (default: the one in force)")
    .action(async (analytic: string, flags: { out: string; version?: string }) => {
      const { exportPack } = await import("@/lib/operations/export-pack");
      await io.withContext(async (ctx) => {
        const pack = await exportPack(ctx, { analytic, ...(flags.version === undefined ? {} : { version: Number(flags.version) }) });
        await writeDurably(pack.zip, flags.out, io.signal);
        io.line(`${flags.out}: version ${pack.version} of the pack of ${pack.analytic}.`);
      });
    });
}
