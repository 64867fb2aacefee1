import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { MOST_LAYER_BYTES, readLayer } from "@/lib/evidence/navigator/read-layer";
import { findLayer, insertLayer, type StoredLayer } from "@/lib/evidence/navigator/store";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** A layer that was read. again: the same file was imported before, and nothing changed. */
export interface LayerImport {
  readonly layer: StoredLayer;
  readonly again: boolean;
}

/**
 * Keeps somebody's Navigator layer, to be compared with. It proves nothing and enters no assessment.
 *
 * @throws SightlineError INVALID, UNSUPPORTED or TOO_LARGE naming the file and field; nothing is kept then
 */
export async function importLayer(ctx: OperationContext, input: { readonly fileName: string; readonly content: Uint8Array | AsyncIterable<Uint8Array>; readonly demo?: boolean }): Promise<LayerImport> {
  authorize(ctx, "layer.import", "none");
  const { fileName, demo = false } = input;
  const content = await wholeOf(input.content, fileName);
  const before = await findLayer(ctx.db, { fileDigest: sha256(content) });
  if (before !== null) return { layer: before, again: true };
  const read = readLayer(decode(content, fileName), fileName);
  const kept = await ctx.files.put(Buffer.from(content));
  const at = ctx.clock();
  const id = await withTransaction(ctx.db, async (tx) => {
    await recordKeptFile(tx, kept, fileName, at);
    const made = await insertLayer(tx, read, { name: fileName, digest: kept.digest }, { at, actor: ctx.actor.name, demo });
    await emitAudit(tx, ctx, { action: "layer.import", target: `layer/${made}`, detail: { name: read.name, domain: read.domain, file: fileName, digest: kept.digest, techniques: read.techniques.length, refused: read.refused.length + read.left } });
    return made;
  });
  const layer = await findLayer(ctx.db, { id });
  if (layer === null) throw new SightlineError("NOT_FOUND", "The layer was removed while it was imported.");
  return { layer, again: false };
}

async function wholeOf(content: Uint8Array | AsyncIterable<Uint8Array>, file: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content instanceof Uint8Array ? [content] : content) {
    bytes += part.byteLength;
    if (bytes > MOST_LAYER_BYTES) throw new SightlineError("TOO_LARGE", `The layer is larger than ${MOST_LAYER_BYTES >> 20} MB.`, { file });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decode(content: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new SightlineError("INVALID", "The file is not UTF-8 text.", { file, remedy: "Save it in Navigator as a layer (JSON)." });
  }
}
