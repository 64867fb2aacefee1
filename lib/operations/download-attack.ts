import { MAX_BUNDLE_BYTES } from "@/lib/catalog/decode-bundle-text";
import type { Domain } from "@/lib/catalog/types";
import { bytesSource } from "@/lib/files/read-single-file";
import { sha256 } from "@/lib/shared/digest";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { importCatalog, type ImportCatalogInput, type ImportCatalogResult } from "./import-catalog";

/** MITRE's own STIX 2.1 repository. Nothing else is ever asked, and no redirect is followed. */
const HOST = "raw.githubusercontent.com";
const PATH = "/mitre-attack/attack-stix-data/master";
const TIME_LIMIT_MS = 300_000;

export interface DownloadAttackInput extends Pick<ImportCatalogInput, "replace" | "keepCurrent" | "progress"> {
  readonly domain: Domain;
}

export interface DownloadAttackResult extends ImportCatalogResult {
  readonly url: string;
  readonly digest: string; // SHA-256 of the bytes that came
}

/**
 * Downloads MITRE's newest bundle of a domain and imports it.
 *
 * @param request fetch, or what stands for it in a test.
 * @throws SightlineError UNAVAILABLE where the network is closed or MITRE's repository does not answer; TOO_LARGE; what importCatalog throws.
 */
export async function downloadAttack(ctx: OperationContext, input: DownloadAttackInput, request: typeof fetch = fetch): Promise<DownloadAttackResult> {
  authorize(ctx, "catalog.import", "none");
  const { domain, ...options } = input;
  const fileName = `${domain}-attack.json`;
  const url = `https://${HOST}${PATH}/${domain}-attack/${fileName}`;
  const bytes = await download(url, request);
  const result = await importCatalog(ctx, { ...options, fileName, source: bytesSource(bytes) });
  return { ...result, url, digest: sha256(bytes) };
}

async function download(url: string, request: typeof fetch): Promise<Uint8Array> {
  try {
    const response = await request(url, { redirect: "error", signal: AbortSignal.timeout(TIME_LIMIT_MS), headers: { accept: "application/json" } });
    if (!response.ok || response.body === null) throw new SightlineError("UNAVAILABLE", `${HOST} answered with status ${response.status}.`, { remedy: BY_HAND });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bytes += part.value.length;
      if (bytes > MAX_BUNDLE_BYTES) {
        await reader.cancel();
        throw new SightlineError("TOO_LARGE", `${url} sends more than ${MAX_BUNDLE_BYTES} bytes; nothing was imported.`);
      }
      chunks.push(part.value);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof SightlineError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new SightlineError("UNAVAILABLE", `${HOST} cannot be reached from here (${errorSentence(cause)}); nothing was imported.`, { remedy: BY_HAND }, { cause: error });
  }
}

const BY_HAND = "Download the bundle from github.com/mitre-attack/attack-stix-data on another machine and import the file.";
