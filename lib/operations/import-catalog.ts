import { randomUUID } from "node:crypto";
import { emitAudit } from "@/lib/audit/emit-audit";
import { chooseCurrent } from "@/lib/catalog/choose-current";
import { decideImport, type BundleContent, type ImportDecision } from "@/lib/catalog/decide-import";
import { MAX_BUNDLE_BYTES } from "@/lib/catalog/decode-bundle-text";
import { identifyBundle, type BundleIdentity } from "@/lib/catalog/identify-bundle";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle, type ParsedBundle } from "@/lib/catalog/parse-stix-bundle";
import { listSnapshotRows, lockCatalog, readHashes, retireSnapshots, setCurrent, writeSnapshot, type SnapshotDraft } from "@/lib/catalog/store";
import type { CatalogIssue, Snapshot } from "@/lib/catalog/types";
import type { Db, Tx } from "@/lib/db/client";
import { withTransaction } from "@/lib/db/with-transaction";
import type { ByteSource } from "@/lib/files/byte-source";
import { readSingleFile } from "@/lib/files/read-single-file";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { proposeRuleLinks } from "./propose-rule-links";

export interface ImportCatalogInput {
  readonly fileName: string;
  readonly source: ByteSource; // plain JSON, gzip, or a zip of one file
  readonly release?: string; // only where the bundle does not say
  readonly replace?: boolean;
  readonly keepCurrent?: boolean; // --no-current
  readonly progress?: (done: number, total: number, text: string) => void;
  /** Called in the transaction that makes the import visible; a job confirms its lease here. */
  readonly confirm?: (tx: Tx) => Promise<void>;
}

export interface ImportCatalogResult {
  readonly outcome: "imported" | "unchanged" | "contained" | "extended" | "replaced";
  readonly message: string;
  readonly snapshot: Snapshot;
  readonly retired: readonly string[]; // releases of starter catalogues that this import retired
  readonly issues: Readonly<Record<CatalogIssue["severity"], number>>;
}

const STEPS = 6;

/**
 * Imports one STIX bundle: read, parse, link, then one transaction that writes everything and makes it visible. Bad bundles
 * are refused before anything is written; the same bundle again changes nothing.
 *
 * @throws SightlineError INVALID, TOO_LARGE or UNSUPPORTED for the file; CONFLICT for another bundle of the same release.
 */
export async function importCatalog(ctx: OperationContext, input: ImportCatalogInput): Promise<ImportCatalogResult> {
  authorize(ctx, "catalog.import", "none");
  const step = (done: number, text: string): void => input.progress?.(done, STEPS, text);
  step(0, "reading the file");
  const bytes = await readSingleFile(input.source, input.fileName, MAX_BUNDLE_BYTES);
  const digest = sha256(bytes);
  step(1, "parsing and hashing");
  const bundle = parseStixBundle(bytes, input.fileName);
  const identity = identifyBundle(bundle, input.fileName, input.release);
  step(2, "linking");
  const linked = linkCatalog(bundle, identity.domain);
  const issues = countSeverities(linked.issues);
  const incoming: BundleContent = { digest, detectOnly: identity.detectOnly, hashes: new Map(bundle.objects.map((object) => [object.stixId, object.rawSha256])) };
  const before = await compare(ctx.db, identity, incoming, input);
  if (before.untouched !== null) return { ...before.untouched, issues };
  step(3, "keeping the file");
  const kept = await ctx.files.put(bytes);

  const result = await withTransaction<ImportCatalogResult>(
    ctx.db,
    async (tx) => {
      await lockCatalog(tx);
      const { stored, decision, untouched } = await compare(tx, identity, incoming, input); // again: another import may have come first
      if (untouched !== null) return { ...untouched, issues };
      const { objects } = bundle;
      const id = stored?.id ?? randomUUID();
      const draft: SnapshotDraft = { id, ...identity, origin: "mitre", digest, fileName: input.fileName, importedAt: ctx.clock(), importedBy: ctx.actor.name, objects, linked };
      await writeSnapshot(tx, draft, (text) => step(4, text));
      await recordKeptFile(tx, kept, input.fileName, ctx.clock());

      const others = (await listSnapshotRows(tx)).filter((snapshot) => snapshot.domain === identity.domain);
      const choice = chooseCurrent(others, input.keepCurrent ?? false);
      await setCurrent(tx, identity.domain, choice.current);
      await retireSnapshots(tx, choice.retire, ctx.clock());
      const retired = others.filter((snapshot) => choice.retire.includes(snapshot.id)).map((snapshot) => snapshot.release);
      const snapshot = (await listSnapshotRows(tx)).find((row) => row.id === id);
      if (snapshot === undefined) throw new Error("a snapshot that was just written is missing");
      const outcome = decision === "extend" ? "extended" : decision === "replace" ? "replaced" : "imported";
      await input.confirm?.(tx);
      const detail = { outcome, digest, fileName: input.fileName, objects: objects.length, issues: linked.issues.length, current: snapshot.current, retired };
      await emitAudit(tx, ctx, { action: "catalog.import", target: `${identity.domain} ${identity.release}`, detail });
      step(STEPS, "done");
      return { outcome, message: importedMessage(outcome, snapshot, bundle, identity, retired), snapshot, retired, issues };
    },
    120_000,
  );
  await proposeRuleLinks(ctx); // tags of rules lead elsewhere now; a crash before this leaves the older proposals, which links propose renews
  return result;
}

interface Comparison {
  readonly stored: Snapshot | undefined;
  readonly decision: Exclude<ImportDecision["outcome"], "conflict">;
  readonly untouched: Omit<ImportCatalogResult, "issues"> | null; // the answer where nothing is to be written
}

/** What this bundle means beside what is stored. @throws SightlineError CONFLICT */
async function compare(db: Db | Tx, identity: BundleIdentity, incoming: BundleContent, input: ImportCatalogInput): Promise<Comparison> {
  const stored = (await listSnapshotRows(db)).find((snapshot) => snapshot.domain === identity.domain && snapshot.release === identity.release);
  if (stored === undefined) return { stored, decision: "import", untouched: null };
  const hashes = stored.digest === incoming.digest ? incoming.hashes : await readHashes(db, stored.id);
  const decision = decideImport({ digest: stored.digest, detectOnly: stored.detectOnly, hashes }, incoming, input.replace ?? false);
  if (decision.outcome === "conflict") {
    throw new SightlineError(
      "CONFLICT",
      `${stored.domain} ${stored.release} is already imported from ${stored.fileName} with other content: ${decision.differing} objects differ, the first is ${decision.example}. Nothing was changed.`,
      { file: input.fileName, remedy: "To put this bundle in its place, choose to replace (--replace)." },
    );
  }
  const { outcome } = decision;
  const untouched = outcome === "unchanged" || outcome === "contained" ? { outcome, message: unchangedMessage(outcome, stored), snapshot: stored, retired: [] } : null;
  return { stored, decision: outcome, untouched };
}

function countSeverities(issues: readonly CatalogIssue[]): Record<CatalogIssue["severity"], number> {
  const counts = { odd: 0, folded: 0, refused: 0 };
  for (const { severity } of issues) counts[severity] += 1;
  return counts;
}

function unchangedMessage(outcome: "unchanged" | "contained", stored: Snapshot): string {
  const why = outcome === "unchanged" ? "this very bundle" : "a bundle that holds all of these objects";
  return `Nothing changed: ${stored.domain} ${stored.release} was already imported from ${why}.`;
}

const FROM = { collection: "as the bundle says", option: "as you said", "file-name": "taken from the file name" } as const;

function importedMessage(outcome: string, snapshot: Snapshot, bundle: ParsedBundle, identity: BundleIdentity, retired: readonly string[]): string {
  const verb = { imported: "Imported", extended: "Extended", replaced: "Replaced" }[outcome] ?? "Imported";
  const rest = [snapshot.current ? "It is the current release." : "Another release stays current.", ...retired.map((release) => `The starter catalogue ${release} is retired.`)];
  return `${verb} ${identity.domain} ${identity.release} (release ${FROM[identity.releaseFrom]}): ${bundle.objects.length} objects, ${bundle.analytics.length} analytics, ${snapshot.issueCount} remarks. ${rest.join(" ")}`;
}
