import { z } from "zod";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { planRuleImport, type RuleImportPlan } from "@/lib/detection/rules/plan-rule-import";
import { proposeLinks, type Proposals } from "@/lib/detection/rules/propose-links";
import { readRuleTexts } from "@/lib/detection/rules/read-rule-texts";
import type { RuleSourceHead } from "@/lib/detection/rules/rule-source";
import { countSharedIds, listRuleImports, listRuleTexts, lockRuleSource, readKnownSource, readRuleIds, replaceProposals, writeRuleImport } from "@/lib/detection/rules/store";
import type { ImportRefusal, ImportWarning, RuleTextFile } from "@/lib/detection/rules/stored-rule";
import { keptSource } from "@/lib/files/byte-source";
import type { Json } from "@/lib/shared/canonical-json";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { RefusedFile } from "@/lib/workers/read-rules-messages";
import { authorize } from "./authorize";
import type { JobRun } from "./job-handlers";
import { ruleImportOutcomeSchema, type RuleImportOutcome } from "./rules/import-outcome";
import { readLinkCatalog } from "./rules/read-link-catalog";
import { readRulesInWorker } from "./rules/read-rules-in-worker";
import { unpackRules } from "./rules/unpack-rules";
import { rematchSiem } from "./siem/rematch";

/** Kept uploads that are one import. adds: what they do not hold stays; null: it stays unless one of them is an archive. */
export const importRulesSchema = z.object({
  source: z.string().min(1).max(200),
  parts: z.array(z.object({ fileName: z.string().min(1).max(2000), digest: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().nonnegative() })).min(1),
  adds: z.boolean().nullable().default(null),
});
export type ImportRulesInput = z.infer<typeof importRulesSchema>;

/** What is to stand in a source, read from wherever. */
export interface RuleDelivery {
  readonly source: RuleSourceHead;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly licence: string | null;
  readonly adds: boolean;
  readonly files: readonly (RuleTextFile | RefusedFile)[];
  readonly tried?: boolean; // these very files were read in a thread with limits before: they are read here
}

/** A crash leaves nothing behind: everything is written in one transaction, and the same content again changes nothing. */
export const resumable = true;

/** Imports kept uploads as a job. @returns RuleImportOutcome */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(ruleImportOutcomeSchema.parse(await importRules(run, importRulesSchema.parse(input))));
}

/**
 * Imports Sigma rules into a source. An archive is the whole source: what it does not hold any more is removed; single files
 * are added to it. Refused documents are stored with their place and reason, and never evaluated.
 *
 * @throws SightlineError INVALID when nothing is a rule file, CONFLICT for a pack's own source, TOO_LARGE, CANCELLED
 */
export async function importRules(run: JobRun, input: ImportRulesInput): Promise<RuleImportOutcome> {
  authorize(run.ctx, "rule.import", "none");
  const files = new Map<string, RuleTextFile | RefusedFile>();
  let licence: string | null = null;
  let archives = 0;
  for (const part of input.parts) {
    run.progress(0, null, `Unpacking ${part.fileName}`);
    const unpacked = await unpackRules(keptSource(run.ctx.files, part.digest, part.bytes), part.fileName);
    licence ??= unpacked.licence;
    if (unpacked.archive) archives += 1;
    for (const file of unpacked.files) {
      const path = input.parts.length > 1 && unpacked.archive ? `${part.fileName}/${file.path}` : file.path;
      if (files.has(path)) throw new SightlineError("INVALID", "Two of the files have this name.", { file: path, remedy: "Rename one, or import the folder that holds them." });
      files.set(path, { ...file, path });
    }
  }
  const fileName = input.parts.map((part) => part.fileName).join(", ").slice(0, 2000);
  if (files.size === 0) throw new SightlineError("INVALID", "There is no Sigma rule file (.yml, .yaml) here.", { file: fileName, remedy: "Give rule files, or a folder or archive that holds some." });
  const fileDigest = input.parts.length === 1 && input.parts[0] !== undefined ? input.parts[0].digest : digestOf(input.parts.map(({ digest }) => digest));
  return deliverRules(run, { source: { name: input.source, kind: "imported", pack: null }, fileName, fileDigest, licence, adds: input.adds ?? archives === 0, files: [...files.values()] });
}

/**
 * Puts files into a source: read in a thread, compared with what is stored, written with its proposals in one transaction.
 * What loads packs delivers their rules by this too.
 */
export async function deliverRules(run: JobRun, delivery: RuleDelivery): Promise<RuleImportOutcome> {
  authorize(run.ctx, "rule.import", "none");
  const { ctx } = run;
  const catalog = delivery.source.kind === "pack" ? null : await readLinkCatalog(ctx.db); // a pack says itself which of its rules are signals
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const prepared = await prepare(run, delivery);
    const { known, plan } = prepared;
    const last = plan.write.length + plan.removed.length > 0 ? undefined : (await listRuleImports(ctx.db, known.id ?? "")).find(({ fileDigest }, i) => i === 0 && fileDigest === delivery.fileDigest);
    const outcome = (rest: Pick<RuleImportOutcome, "import" | "unchanged" | "warnings" | "links">, proposals: Proposals): RuleImportOutcome => ({
      source: delivery.source.name,
      file: delivery.fileName,
      adds: delivery.adds,
      counts: plan.counts,
      refusals: [...prepared.refusals],
      unmapped: proposals.unmapped.map(({ tag, rules }) => ({ tag, rules: rules.length })),
      ...rest,
    });
    const proposals = catalog === null ? NO_PROPOSALS : proposeLinks(plan.drafts.map((draft) => ({ ...draft, id: draft.key })), catalog.analytics, catalog.index);
    if (last !== undefined) return outcome({ import: last.id, unchanged: true, warnings: [...last.warnings], links: { proposed: 0, undecided: 0 } }, proposals);
    const warnings = [...prepared.warnings, ...remarks(proposals, catalog !== null && catalog.index.live.size === 0)];
    run.progress(prepared.files, prepared.files, "Storing");
    const written = await withTransaction(
      ctx.db,
      async (tx) => {
        if ((await lockRuleSource(tx, delivery.source.name)) !== known.version) return null; // another import came first: compare again
        const at = ctx.clock();
        const { sourceId, importId } = await writeRuleImport(tx, { ...delivery, at, actor: ctx.actor.name, plan, texts: prepared.texts, refusals: prepared.refusals, warnings });
        const ids = await readRuleIds(tx, sourceId);
        const links = await replaceProposals(tx, sourceId, proposals.links.flatMap((link) => ({ ...link, rule: ids.get(link.rule) ?? link.rule })), at);
        await rematchSiem(tx);
        await run.confirm(tx);
        const detail = { fileName: delivery.fileName, digest: delivery.fileDigest, ...plan.counts, proposed: links.fresh };
        await emitAudit(tx, ctx, { action: "rule.import", target: `rules/${delivery.source.name}`, detail });
        return { importId, links };
      },
      120_000,
    );
    if (written !== null) run.progress(prepared.files, prepared.files, "Stored");
    if (written !== null) return outcome({ import: written.importId, unchanged: false, warnings, links: { proposed: written.links.fresh, undecided: written.links.open } }, proposals);
  }
  throw new SightlineError("CONFLICT", `Other imports into ${delivery.source.name} came first each time.`, { remedy: "Import it again." });
}

const MOST_ATTEMPTS = 3;
const NO_PROPOSALS: Proposals = { links: [], unmapped: [], unplaced: [] };

interface Prepared {
  readonly known: Awaited<ReturnType<typeof readKnownSource>>;
  readonly plan: RuleImportPlan;
  readonly texts: readonly RuleTextFile[];
  readonly files: number;
  readonly refusals: readonly ImportRefusal[];
  readonly warnings: readonly ImportWarning[];
}

async function prepare(run: JobRun, delivery: RuleDelivery): Promise<Prepared> {
  const { ctx } = run;
  const known = await readKnownSource(ctx.db, delivery.source.name);
  if (known.id !== null && known.kind !== delivery.source.kind) {
    throw new SightlineError("CONFLICT", `"${delivery.source.name}" is the source of a pack's rules.`, { field: "source", remedy: "Give another name." });
  }
  const given = new Set(delivery.files.map(({ path }) => path));
  const staying = delivery.adds && known.id !== null ? (await listRuleTexts(ctx.db, { sourceIds: [known.id] })).filter(({ path }) => !given.has(path)) : [];
  const files = [...staying.map(({ path, text }) => ({ path, text })), ...delivery.files];
  const onFile = (done: number): void => run.progress(done, files.length, done < files.length ? `Reading rules: ${done} of ${files.length} files` : "Linking rules");
  const texts = files.flatMap((file) => ("text" in file ? [file] : []));
  const read = delivery.tried === true && texts.length === files.length ? readRuleTexts(texts) : await readRulesInWorker(files, { signal: run.signal, onFile });
  run.signal.throwIfAborted();
  const plan = planRuleImport(read.documents, known.rules, files.length);
  const refusals = plan.drafts.flatMap(({ path, position, title, kind, refusal }) => (refusal === null ? [] : [{ file: path, document: position, title: kind === "unread" ? null : title, ...refusal }]));
  const shared = await countSharedIds(ctx.db, delivery.source.name, plan.drafts.flatMap(({ sigmaId }) => sigmaId ?? []));
  const twins = shared.map(({ source, rules }): ImportWarning => ({ code: "same-id", message: `${rules} of these rules have the id of a rule in ${source}. To bring ${source} up to date instead, import into it by name.`, file: null, rules }));
  return { known, plan, texts: files.map((file) => ("text" in file ? file : { path: file.path, text: "" })), files: files.length, refusals, warnings: [...read.warnings, ...plan.warnings, ...twins] };
}

function remarks({ unmapped, unplaced }: Proposals, bare: boolean): ImportWarning[] {
  const tagged = new Set(unmapped.flatMap(({ rules }) => rules)).size;
  if (bare && tagged > 0) return [{ code: "no-catalog", message: "No release of ATT&CK is imported, so their technique tags lead to no analytic. Import a catalogue (sightline catalog import, or Catalogue), and links are proposed.", file: null, rules: tagged }];
  const tags = unmapped.map(({ tag, rules }): ImportWarning => ({ code: "unmapped-tag", message: `No imported release of ATT&CK leads from ${tag} to a technique in force.`, file: null, rules: rules.length }));
  return unplaced.length === 0 ? tags : [...tags, { code: "no-platform", message: "Their logsource names no platform of ATT&CK, so nothing is proposed for them; link them by hand.", file: null, rules: unplaced.length }];
}
