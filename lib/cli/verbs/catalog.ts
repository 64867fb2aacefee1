import { basename } from "node:path";
import type { Command } from "commander";
import type { Domain } from "@/lib/catalog/types";
import type { OperationContext } from "@/lib/operations/context";
import type { ImportCatalogResult } from "@/lib/operations/import-catalog";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { failImport } from "../fail-import";

interface ImportOptions {
  readonly release?: string;
  readonly replace?: boolean;
  readonly current: boolean; // --no-current makes it false
  readonly latest?: boolean;
  readonly domain: string;
  readonly json?: boolean;
}

/** `catalog import | list | show | diff | current | remove`: the releases of ATT&CK that Sightline works on. */
export function register(program: Command, io: CliIo): void {
  const catalog = program.command("catalog").description("releases of ATT&CK: import, list, show, compare");
  catalog
    .command("import")
    .description("import STIX 2.1 bundles, plain or .gz, each whole or not at all; the same bundle again changes nothing")
    .argument("[file...]", "bundles of the enterprise, mobile or ics domain")
    .option("--release <number>", "the release, where a bundle does not say it (else taken from the file name)")
    .option("--replace", "put the bundle in the place of another one of the same release")
    .option("--no-current", "leave the release that is current as it is")
    .option("--latest", "download MITRE's newest bundle instead of reading files")
    .option("--domain <domain>", "with --latest: enterprise, mobile or ics", "enterprise")
    .option("--json", "print one JSON document")
    .action((files: string[], options: ImportOptions) => runImport(io, files, options));
  catalog
    .command("list")
    .description("imported releases")
    .option("--json", "print one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { listSnapshots } = await import("@/lib/operations/list-snapshots");
      const snapshots = await io.withContext((ctx) => listSnapshots(ctx));
      if (options.json) io.json(snapshots);
      else io.table(snapshots.map((row) => ({ domain: row.domain, release: row.release, current: row.current, objects: row.objectCount, analytics: row.counts["x-mitre-analytic"] ?? 0, remarks: row.issueCount, file: row.fileName, imported: row.importedAt })));
    });
  catalog
    .command("show")
    .description("objects by their ids, with everything that is linked to them")
    .argument("<id...>", "ids such as AN0749, DET0268, T1560.002, TA0009, DC0032")
    .option("--release <number>", "as of this release (default: the current one)")
    .option("--json", "print one JSON document: an object for one id, an array for several")
    .action(async (ids: string[], options: { release?: string; json?: boolean }) => {
      const { showCatalogObjects } = await import("@/lib/operations/show-catalog-objects");
      const shown = await io.withContext((ctx) => showCatalogObjects(ctx, { ids, release: options.release }));
      if (options.json) io.json(shown.length === 1 ? shown[0] : shown);
      else for (const object of shown) io.line(JSON.stringify(object, null, 2));
    });
  catalog
    .command("current")
    .description("make an imported release the current one of its domain; see release-effect first")
    .argument("<release>", "a release such as 19.1 or mobile-19.1")
    .option("--json", "print one JSON document")
    .action(async (release: string, options: { json?: boolean }) => {
      const { setCurrentRelease } = await import("@/lib/operations/set-current-release");
      const chosen = await io.withContext((ctx) => setCurrentRelease(ctx, release));
      if (options.json) io.json({ domain: chosen.domain, release: chosen.release, sha256: chosen.digest, current: chosen.current });
      else io.line(`${chosen.domain} ${chosen.release} is the current release; the next assessment asks what it asks.`);
    });
  catalog
    .command("remove")
    .description("delete an imported release that is neither current nor pinned by an assessment")
    .argument("<release>", "a release such as 18.1 or mobile-18.1")
    .option("--json", "print one JSON document")
    .action(async (release: string, options: { json?: boolean }) => {
      const { removeSnapshot } = await import("@/lib/operations/remove-snapshot");
      const removed = await io.withContext((ctx) => removeSnapshot(ctx, release));
      if (options.json) io.json({ domain: removed.domain, release: removed.release, sha256: removed.digest, objects: removed.objectCount });
      else io.line(`${removed.domain} ${removed.release} is removed.`);
    });
  catalog
    .command("diff")
    .description("what really changed between two releases of one domain")
    .argument("<a>", "a release such as 18.1 or mobile-18.1")
    .argument("<b>")
    .option("--json", "print one JSON document")
    .action(async (a: string, b: string, options: { json?: boolean }) => {
      const { diffCatalog } = await import("@/lib/operations/diff-catalog");
      const diff = await io.withContext((ctx) => diffCatalog(ctx, { a, b }));
      if (options.json) return io.json(diff);
      io.line(`${diff.domain} ${diff.a} -> ${diff.b}${diff.scope === "detection" ? " (what detection-only bundles hold)" : ""}`);
      io.table(Object.entries(diff.counts).map(([type, count]) => ({ type, ...count })));
      for (const { id, name, from, to } of diff.repointed) io.line(`${id} ${name}: ${from.join(", ")} -> ${to.join(", ")}`);
      io.line(`${diff.formalOnly} more objects differ only in dates, spec versions or false flags.`);
    });
}

async function runImport(io: CliIo, files: readonly string[], options: ImportOptions): Promise<void> {
  if (options.latest ? files.length > 0 : files.length === 0) {
    throw new SightlineError("INVALID", options.latest ? "--latest downloads a bundle and takes no files." : "No file was named.", { remedy: "Name bundles, or use --latest." });
  }
  const results = await io.withContext(async (ctx) => {
    if (options.latest) return [await latest(ctx, options)];
    const outcomes: (ReturnType<typeof toJson> | { file: string; error: string })[] = [];
    for (const file of files) outcomes.push(await importFile(ctx, file, options));
    return outcomes;
  });
  for (const result of results) {
    if (options.json) break;
    if ("error" in result) io.line(`${result.file}\n  refused     ${result.error}`);
    else {
      io.line(`${result.file}: ${result.message}`);
      io.line(`  remarks: ${result.issues.odd} odd, ${result.issues.folded} folded, ${result.issues.refused} refused`);
    }
  }
  if (options.json) io.json(results);
  failImport(io, results.flatMap((result) => ("error" in result ? [result.error] : [])), results.length);
}

async function importFile(ctx: OperationContext, file: string, options: ImportOptions): Promise<ReturnType<typeof toJson> | { file: string; error: string }> {
  const { importCatalog } = await import("@/lib/operations/import-catalog");
  const { fileSource } = await import("@/lib/files/byte-source");
  try {
    const source = await fileSource(file);
    return toJson(file, await importCatalog(ctx, { fileName: basename(file), source, release: options.release, replace: options.replace, keepCurrent: !options.current }));
  } catch (error) {
    if (!(error instanceof SightlineError)) throw error;
    return { file, error: errorSentence(error) };
  }
}

async function latest(ctx: OperationContext, options: ImportOptions): Promise<ReturnType<typeof toJson>> {
  const { downloadAttack } = await import("@/lib/operations/download-attack");
  const domain = domainNamed(options.domain);
  const result = await downloadAttack(ctx, { domain, replace: options.replace, keepCurrent: !options.current });
  return { ...toJson(result.url, result), sha256: result.digest };
}

function domainNamed(text: string): Domain {
  const domain = (["enterprise", "mobile", "ics"] as const).find((name) => name === text);
  if (domain === undefined) throw new SightlineError("INVALID", `"${text}" is not a domain.`, { field: "--domain", remedy: "Domains are enterprise, mobile and ics." });
  return domain;
}

function toJson(file: string, result: ImportCatalogResult) {
  const { outcome, message, snapshot, retired, issues } = result;
  return { file, outcome, message, domain: snapshot.domain, release: snapshot.release, releaseFrom: snapshot.releaseFrom, current: snapshot.current, sha256: snapshot.digest, objects: snapshot.objectCount, counts: snapshot.counts, retired, issues };
}
