import { matchRules } from "@/lib/detection/siem/match-rules";
import { planSiemImport, type SiemPlan } from "@/lib/detection/siem/plan-siem-import";
import { readSiemFile } from "@/lib/detection/siem/read-siem-file";
import type { SiemFile } from "@/lib/detection/siem/siem-types";
import { listSiemRules, systemName } from "@/lib/detection/siem/store";
import { listRules } from "@/lib/detection/rules/store";
import type { Db, Tx } from "@/lib/db/client";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import type { KeptUpload } from "../keep-upload";

const MOST_BYTES = 32 * 1024 * 1024;

export interface ReadList extends SiemFile {
  readonly file: string;
}

/** The files as lists. @throws SightlineError for a file that is none, or too large */
export async function readLists(ctx: OperationContext, uploads: readonly Pick<KeptUpload, "digest" | "fileName">[]): Promise<ReadList[]> {
  if (uploads.length === 0) throw new SightlineError("INVALID", "No file was given.", { field: "file" });
  const lists: ReadList[] = [];
  for (const { digest, fileName } of uploads) lists.push({ file: fileName, ...readSiemFile(fileName, await readWhole(ctx, digest, fileName)) });
  return lists;
}

async function readWhole(ctx: OperationContext, digest: string, file: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of ctx.files.open(digest)) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new SightlineError("TOO_LARGE", `The file has more than ${MOST_BYTES} bytes.`, { file, remedy: "Split it." });
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts);
}

/** The system as it is called here. @throws SightlineError INVALID for a name that is none */
export async function readSystem(db: Db | Tx, given: string): Promise<string> {
  const system = given.trim().replace(/\s+/g, " ");
  if (system === "" || system.length > 100) throw new SightlineError("INVALID", system === "" ? "The SIEM has no name." : "The name of a SIEM has at most 100 characters.", { field: "system", remedy: "Say which it is, such as --system splunk." });
  return systemName(db, system);
}

/** What the lists change in a system, and a digest of that: what a person saw is what is applied. */
export async function planLists(db: Db | Tx, system: string, lists: readonly ReadList[]): Promise<{ readonly plan: SiemPlan; readonly digest: string }> {
  const listed = lists.filter(({ kind }) => kind === "rules");
  const plan = planSiemImport({
    system,
    known: await listSiemRules(db, { system }),
    rules: listed.length === 0 ? null : listed.flatMap(({ rules }) => rules),
    alerts: lists.flatMap(({ alerts }) => alerts),
    matcher: matchRules(await listRules(db, {})),
  });
  return { plan, digest: digestOf({ rules: plan.rules.map(({ change, draft }) => [change, draft.externalId, digestOf({ ...draft, tags: [...draft.tags] })]), removed: plan.removed.map(({ externalId }) => externalId), alerts: plan.alerts.map(({ alertId }) => alertId) }) };
}
