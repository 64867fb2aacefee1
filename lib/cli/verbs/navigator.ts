import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { DOMAINS } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { readAssessmentId } from "../read-assessment-id";
import { writeDurably } from "../write-durably";

/** `navigator export | import | list | compare | remove`: layers of MITRE's ATT&CK Navigator, out and in. */
export function register(program: Command, io: CliIo): void {
  const navigator = program.command("navigator").description("layers of ATT&CK Navigator 4.5: write ours, compare with somebody's");
  navigator
    .command("export")
    .description("write a layer of the fleet and one per segment, or of one segment; what is unknown has no score")
    .requiredOption("--out <folder>", "folder to write into")
    .option("--assessment <id>", "default: the newest")
    .option("--segment <name>", "only this segment")
    .option("--domain <domain>", "enterprise, mobile or ics; default: enterprise")
    .option("--json", "print one JSON document")
    .action(async (flags: { out: string; assessment?: string; segment?: string; domain?: string; json?: boolean }) => {
      const assessment = readAssessmentId(flags.assessment);
      const domain = readDomain(flags.domain);
      const [{ exportLayer }, { getReport }] = await Promise.all([import("@/lib/operations/export-layer"), import("@/lib/operations/get-report")]);
      const files = await io.withContext(async (ctx) => {
        const scopes = flags.segment === undefined ? [undefined, ...(await getReport(ctx, assessment)).segments.map(({ segment }) => segment)] : [flags.segment];
        await mkdir(flags.out, { recursive: true });
        const written: { file: string; techniques: number; scored: number }[] = [];
        for (const segment of scopes) {
          const { fileName, layer } = await exportLayer(ctx, { assessment, ...(segment === undefined ? {} : { segment }), ...(domain === undefined ? {} : { domain }) });
          const file = join(flags.out, fileName);
          await writeDurably(bytesOf(`${JSON.stringify(layer, null, 2)}\n`), file, io.signal);
          written.push({ file, techniques: layer.techniques.length, scored: layer.techniques.filter(({ score }) => score !== undefined).length });
        }
        return written;
      });
      if (flags.json) io.json(files);
      else io.table(files);
    });
  navigator
    .command("import")
    .description("keep somebody's layer, to be compared with; it proves nothing")
    .argument("<file...>", "layer files, format 4.0 to 4.5")
    .option("--json", "print one JSON document")
    .action(async (files: string[], flags: { json?: boolean }) => {
      const { importLayer } = await import("@/lib/operations/import-layer");
      const outcomes = await io.withContext(async (ctx) => {
        const read = [];
        for (const file of files) {
          const content = await readFile(file).catch((error: unknown) => {
            throw new SightlineError("NOT_FOUND", "The file cannot be read.", { file }, { cause: error });
          });
          const { layer, again } = await importLayer(ctx, { fileName: basename(file), content });
          const { doc, ...row } = layer;
          read.push({ ...row, again, refusals: doc.refused });
        }
        return read;
      });
      if (flags.json) return io.json(outcomes);
      io.table(outcomes.map(({ id, name, techniques, marked, refused, again }) => ({ id, name, techniques, marked, refused, was: again ? "there already" : "new" })));
      for (const { fileName, refusals } of outcomes) for (const { position, field, message } of refusals) io.note(`${fileName}, techniques.${position}.${field}: ${message}`);
    });
  navigator
    .command("list")
    .description("layers that were imported")
    .option("--json", "print one JSON document")
    .action(async (flags: { json?: boolean }) => {
      const { listLayers } = await import("@/lib/operations/list-layers");
      const layers = await io.withContext((ctx) => listLayers(ctx));
      if (flags.json) io.json(layers);
      else io.table(layers.map(({ id, name, domain, attack, techniques, marked, importedAt }) => ({ id, name, domain, attack: attack ?? "-", techniques, marked, imported: importedAt })));
    });
  navigator
    .command("compare")
    .description("a layer beside what is proven here, technique by technique")
    .argument("<layer>", "id of an imported layer")
    .option("--assessment <id>", "default: the newest")
    .option("--segment <name>", "one segment; else the fleet")
    .option("--json", "print one JSON document")
    .action(async (layer: string, flags: { assessment?: string; segment?: string; json?: boolean }) => {
      const { compareLayer } = await import("@/lib/operations/compare-layer");
      const assessment = readAssessmentId(flags.assessment);
      const found = await io.withContext((ctx) => compareLayer(ctx, { layer, assessment, ...(flags.segment === undefined ? {} : { segment: flags.segment }) }));
      if (flags.json) return io.json(found);
      io.table(Object.entries(found.counts).map(([stand, techniques]) => ({ stand, techniques })));
      io.table(found.techniques.filter(({ stand }) => stand === "only-theirs" || stand === "unknown-here").map(({ technique, name, stand, k, n }) => ({ technique, name, stand, here: `${k} of ${n}` })));
    });
  navigator
    .command("remove")
    .description("take an imported layer away")
    .argument("<layer>", "id of an imported layer")
    .option("--json", "print one JSON document")
    .action(async (layer: string, flags: { json?: boolean }) => {
      const { removeLayer } = await import("@/lib/operations/remove-layer");
      const removed = await io.withContext((ctx) => removeLayer(ctx, layer));
      if (flags.json) io.json({ removed: removed.id, name: removed.name });
      else io.line(`The layer "${removed.name}" is removed.`);
    });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function readDomain(text: string | undefined) {
  const domain = DOMAINS.find((one) => one === text?.trim().toLowerCase());
  if (text !== undefined && domain === undefined) throw new SightlineError("INVALID", `"${text}" is not an ATT&CK domain.`, { field: "domain", remedy: `Known are ${DOMAINS.join(", ")}.` });
  return domain;
}
