import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import type { Pack, PackManifest } from "@/lib/detection/packs/pack-schema";
import type { PackTestResult } from "@/lib/detection/packs/run-pack-tests";
import { lockPack, writePack, type PackOrigin } from "@/lib/detection/packs/store";
import { decideRuleLinks, listRules } from "@/lib/detection/rules/store";
import { deliverRules } from "../import-rules";
import type { JobRun } from "../job-handlers";

export interface PackToPut {
  readonly manifest: PackManifest;
  readonly rules: Pack["rules"];
  readonly tests: readonly PackTestResult[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly digest: string;
  readonly origin: PackOrigin;
}

/**
 * Puts a pack in force: its rules become the source "pack AN1316", its signals are linked to the analytic, and the version
 * before stays to be read. The pack's own row comes last: after a crash the same pack is simply put again.
 */
export async function putPack(run: JobRun, { manifest, rules, tests, files, digest, origin }: PackToPut): Promise<void> {
  const { ctx } = run;
  const { analytic, version } = manifest;
  const delivered = await deliverRules(run, {
    source: { name: `pack ${analytic}`, kind: "pack", pack: analytic },
    fileName: `${manifest.id} version ${version}`,
    fileDigest: digest,
    licence: null,
    adds: false,
    tried: true,
    files: rules.map(({ file, text }) => ({ path: file, text })),
  });
  await withTransaction(ctx.db, async (tx) => {
    await lockPack(tx, analytic);
    const at = ctx.clock();
    const own = (await listRules(tx, { calledAny: manifest.signals })).filter(({ source, name }) => source === delivered.source && name !== null && manifest.signals.includes(name));
    await decideRuleLinks(tx, own.map(({ id }) => ({ ruleId: id, analytic, state: "accepted", because: "pack", reason: `A signal of the pack ${manifest.id}.` })), { at, actor: ctx.actor.name });
    await writePack(tx, { manifest, files, digest, origin, tests }, { at, actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "pack.put", target: `packs/${analytic}`, detail: { id: manifest.id, version, digest, origin, tests: tests.length, failed: tests.filter(({ passed }) => !passed).length } });
  });
}
