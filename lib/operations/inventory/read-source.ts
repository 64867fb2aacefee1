import { decodeText, MAX_INVENTORY_BYTES } from "@/lib/inventory/decode-text";
import type { Loss } from "@/lib/inventory/types";
import { unwrapSigned } from "@/lib/inventory/unwrap-signed";
import { SightlineError } from "@/lib/shared/errors";
import { sha256 } from "@/lib/shared/digest";
import type { OperationContext } from "../context";

/** A file of a person: its bytes, or the digest under which an earlier preview kept it. */
export interface InventorySource {
  readonly fileName: string;
  readonly content: Uint8Array | { readonly digest: string };
}

export interface SourceBytes {
  readonly fileName: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export interface ReadSource extends SourceBytes {
  readonly text: string;
  readonly notes: readonly Loss[]; // what reading it already lost
}

const UNSIGNED: Loss = { kind: "unused", what: "signature", text: "The file is signed (CMS); its content is read, the signature itself was not checked.", count: 1 };

/** The bytes of a source. @throws SightlineError TOO_LARGE, and NOT_FOUND for a digest that was never kept. */
export async function readBytes(ctx: OperationContext, { fileName, content }: InventorySource): Promise<SourceBytes> {
  const bytes = content instanceof Uint8Array ? content : await readKept(ctx, fileName, content.digest);
  return { fileName, digest: sha256(bytes), bytes };
}

/** The text of a source. @throws SightlineError for what is not text, and NOT_FOUND for a digest that was never kept. */
export async function readSource(ctx: OperationContext, source: InventorySource): Promise<ReadSource> {
  return asText(await readBytes(ctx, source));
}

/** The same, of bytes that were read already. */
export function asText({ fileName, digest, bytes }: SourceBytes): ReadSource {
  const signed = unwrapSigned(fileName, bytes);
  return { fileName, digest, bytes, text: decodeText(fileName, signed ?? bytes), notes: signed === null ? [] : [UNSIGNED] };
}

async function readKept(ctx: OperationContext, fileName: string, digest: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of ctx.files.open(digest)) {
    bytes += chunk.length;
    if (bytes > MAX_INVENTORY_BYTES) throw new SightlineError("TOO_LARGE", `An inventory may have ${MAX_INVENTORY_BYTES} bytes.`, { file: fileName, remedy: "Split it." });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
