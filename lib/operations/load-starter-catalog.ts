import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { emitAudit } from "@/lib/audit/emit-audit";
import { chooseCurrent, supersedesStarter } from "@/lib/catalog/choose-current";
import { parseStarterCatalog } from "@/lib/catalog/parse-starter-catalog";
import type { StarterEdition } from "@/lib/catalog/starter-release";
import { listSnapshotRows, lockCatalog, setCurrent, writeSnapshot } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { projectRoot } from "@/lib/db/project-root";
import { withTransaction } from "@/lib/db/with-transaction";
import { sha256 } from "@/lib/shared/digest";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { proposeRuleLinks } from "./propose-rule-links";

export interface LoadStarterResult {
  readonly outcome: "loaded" | "unchanged" | "not-needed"; // not-needed: the release that it was made from, or a later one, is imported
  readonly snapshot: Snapshot | null;
}

/**
 * Loads the catalogue that ships with Sightline, so that a machine without internet shows a real picture. Again changes nothing.
 * Of several editions the newest is current, where no published release is.
 */
export async function loadStarterCatalog(ctx: OperationContext, edition: StarterEdition = "19.1"): Promise<LoadStarterResult> {
  authorize(ctx, "catalog.import", "none");
  const fileName = `enterprise-${edition}.json`;
  const text = await readFile(join(projectRoot(), "prisma/starter", fileName), "utf8");
  const digest = sha256(text);
  const { release, objects, linked } = parseStarterCatalog(text);
  const result = await withTransaction(ctx.db, async (tx): Promise<LoadStarterResult> => {
    await lockCatalog(tx);
    const enterprise = (await listSnapshotRows(tx)).filter((snapshot) => snapshot.domain === "enterprise");
    const stored = enterprise.find((snapshot) => snapshot.release === release);
    const head = { domain: "enterprise", release, origin: "starter", releaseFrom: "file-name", detectOnly: true, fileName } as const;
    if (stored?.retiredAt || enterprise.some((one) => supersedesStarter(one, head))) return { outcome: "not-needed", snapshot: stored ?? null };
    if (stored?.digest === digest) return { outcome: "unchanged", snapshot: stored };
    const id = stored?.id ?? randomUUID();
    await writeSnapshot(tx, { id, ...head, digest, importedAt: ctx.clock(), importedBy: ctx.actor.name, objects, linked });
    const { current } = chooseCurrent((await listSnapshotRows(tx)).filter((snapshot) => snapshot.domain === "enterprise"), false);
    await setCurrent(tx, "enterprise", current);
    const snapshot = (await listSnapshotRows(tx)).find((row) => row.id === id) ?? null;
    await emitAudit(tx, ctx, { action: "catalog.load-starter", target: `enterprise ${release}`, detail: { digest, objects: objects.length, current: snapshot?.current ?? false } });
    return { outcome: "loaded", snapshot };
  });
  if (result.outcome === "loaded") await proposeRuleLinks(ctx); // tags of rules lead elsewhere now
  return result;
}
