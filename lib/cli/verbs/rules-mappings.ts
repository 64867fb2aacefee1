import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { CliIo } from "../cli-io";
import { failImport } from "../fail-import";

/** `rules mappings import|list|withdraw`: under which names the customer's own records hold the fields that rules ask for. */
export function registerMappings(rules: Command, io: CliIo): void {
  const mappings = rules.command("mappings").description("own names of fields, by logsource");
  mappings
    .command("import")
    .description("take over the renames of a pySigma processing pipeline (field_name_mapping); whatever else it does is refused by name")
    .argument("<file>", "YAML or JSON")
    .option("--reason <text>", "why", "")
    .option("--json", "print one JSON document")
    .action(async (path: string, { reason, json }: { reason: string; json?: boolean }) => {
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        throw new SightlineError("NOT_FOUND", `The file cannot be read: ${errorSentence(error)}.`, { file: path });
      });
      const { importFieldMapping } = await import("@/lib/operations/import-field-mapping");
      const made = await io.withContext((ctx) => importFieldMapping(ctx, { fileName: basename(path), text, reason }));
      if (json) io.json(made);
      else {
        for (const { scope, version, fields } of made.written) io.line(`${scope}: ${fields} fields, version ${version}`);
        for (const { at, message, remedy } of made.refused) io.line(`  refused     ${at}: ${message} ${remedy}`);
      }
      const [first] = made.refused;
      failImport(io, first === undefined ? [] : [`${made.fileName}: ${made.refused.length} of its parts ${made.refused.length === 1 ? "is" : "are"} not carried over, the first is ${first.at}: ${first.message}`], 1);
    });
  mappings
    .command("list")
    .description("renames in force")
    .option("--all", "every version, newest first")
    .option("--json", "print one JSON document")
    .action(async ({ all, json }: { all?: boolean; json?: boolean }) => {
      const { listFieldMappings } = await import("@/lib/operations/list-field-mappings");
      const found = await io.withContext((ctx) => listFieldMappings(ctx));
      const rows = all ? found.versions : found.inForce;
      if (json) io.json(rows.map(({ scopeKey, scope: _, ...row }) => ({ scope: scopeKey, ...row })));
      else io.table(rows.map(({ scopeKey, version, state, fields, reason, by, at }) => ({ scope: scopeKey, version, state, fields: Object.keys(fields).length, reason, by, at })));
    });
  mappings
    .command("withdraw")
    .description("end the renames of a logsource; its versions stay")
    .argument("<scope>", "product/category/service, as list prints it")
    .requiredOption("--reason <text>", "why")
    .option("--json", "print one JSON document")
    .action(async (scope: string, { reason, json }: { reason: string; json?: boolean }) => {
      const { withdrawFieldMapping } = await import("@/lib/operations/withdraw-field-mapping");
      const version = await io.withContext((ctx) => withdrawFieldMapping(ctx, { scope, reason }));
      if (json) io.json({ scope, version });
      else io.line(`The mapping of ${scope} is withdrawn (version ${version}).`);
    });
}
