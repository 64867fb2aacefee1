import type { FileStore } from "@/lib/files/file-store";
import { readKeptJson } from "./read-kept-json";

// The documents of an assessment never change, and whoever looks at one analytic looks at the next: the last one stays in memory for a while.
const KEPT_MS = 300_000;
let last: { readonly digest: string; readonly value: Promise<unknown>; timer: NodeJS.Timeout } | null = null;

/**
 * What an assessment pinned, by its digest. Everybody who asks gets the same value: read it, change nothing in it.
 *
 * @throws SightlineError NOT_FOUND when it is not kept, CONFLICT when it was damaged
 */
export async function readPinnedJson(files: FileStore, digest: string): Promise<unknown> {
  if (last?.digest !== digest) {
    clearTimeout(last?.timer);
    const value = readKeptJson(files, digest);
    last = { digest, value, timer: forgetLater(digest) };
    value.catch(() => forget(digest)); // a broken read is tried again
  } else {
    clearTimeout(last.timer);
    last.timer = forgetLater(digest);
  }
  return last.value;
}

function forgetLater(digest: string): NodeJS.Timeout {
  return setTimeout(() => forget(digest), KEPT_MS).unref();
}

function forget(digest: string): void {
  if (last?.digest !== digest) return;
  clearTimeout(last.timer);
  last = null;
}
