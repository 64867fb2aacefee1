import { z } from "zod";
import { listRuleSources } from "@/lib/detection/rules/store";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { KeptUpload } from "./keep-upload";
import type { InlineJob } from "./run-job-inline";

/** What people say about an import of rules. source: null = named after the file; several files that are no archive are "own rules". */
export interface RulesImportRequest {
  readonly source: string | null;
  readonly adds?: boolean | null; // null: what is missing stays unless an archive was given
}

export const RULES_IMPORT = "rules-import";
/** The source of single files for which nobody names another. */
export const OWN_RULES = "own rules";

/**
 * Checks what can be checked before anything is read, and gives the job that does the import.
 *
 * @throws SightlineError INVALID for a name that is none, CONFLICT for the source of a pack
 */
export async function prepareRulesImport(ctx: OperationContext, uploads: readonly KeptUpload[], request: RulesImportRequest): Promise<InlineJob> {
  authorize(ctx, "rule.import", "none");
  const source = await checkRulesImport(ctx, { ...request, source: request.source ?? sourceOfFiles(uploads.map(({ fileName }) => fileName)) });
  const [first] = uploads;
  const title = `Import rules from ${uploads.length === 1 ? (first?.fileName ?? "") : `${uploads.length} files`} into ${source}`;
  return { kind: RULES_IMPORT, title, input: z.json().parse({ source, parts: [...uploads], adds: request.adds ?? null }) };
}

/** The same, put into the queue. @returns the job's id. */
export async function startRulesImport(ctx: OperationContext, uploads: readonly KeptUpload[], request: RulesImportRequest): Promise<string> {
  authorize(ctx, "rule.import", "none");
  const job = await prepareRulesImport(ctx, uploads, request);
  return enqueueJob(ctx.db, { ...job, actor: ctx.actor.name, now: ctx.clock() });
}

/** Whether such an import could begin, before any file is sent. @returns the source's name, in the spelling that is stored. */
export async function checkRulesImport(ctx: OperationContext, request: RulesImportRequest): Promise<string> {
  authorize(ctx, "rule.import", "none");
  const name = (request.source ?? "").trim().replace(/\s+/g, " ");
  if (request.source !== null && name === "") throw new SightlineError("INVALID", "The source has no name.", { field: "source" });
  if (name.length > 100) throw new SightlineError("INVALID", "The name of a source has at most 100 characters.", { field: "source" });
  const known = (await listRuleSources(ctx.db)).find((source) => source.name.toLowerCase() === name.toLowerCase());
  if (known?.kind === "pack") throw new SightlineError("CONFLICT", `"${known.name}" is the source of a pack's rules.`, { field: "source", remedy: "Give another name." });
  return known?.name ?? (name === "" ? OWN_RULES : name);
}

/**
 * The name of a source by the archive or folder it came from, without what changes with every release, so that the next
 * release brings the same source up to date.
 */
function sourceOfFiles(names: readonly string[]): string {
  const [only] = names;
  if (names.length !== 1 || only === undefined || /\.ya?ml(?:\.gz)?$/i.test(only)) return OWN_RULES;
  const stem = only.replace(/\.(?:tar\.gz|tgz|tar|zip|gz)$/i, "");
  return stem.replace(/[-_.](?:v?\d[\w.]*|[0-9a-f]{7,40}|main|master)$/i, "") || stem;
}
