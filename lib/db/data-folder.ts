import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";

/**
 * Makes the data folder where it is missing, and makes sure that this user may write there.
 *
 * @param dataDir absolute path of $SIGHTLINE_DATA
 * @throws SightlineError UNAVAILABLE with the reason in words; nothing is left half-made
 */
export function ensureDataFolder(dataDir: string): void {
  try {
    if (!isFolder(dataDir)) makeEnterable(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === null) throw error;
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT"; // its parent was made or found just now
    throw new SightlineError("UNAVAILABLE", `The data folder ${dataDir} cannot be written: ${absent ? "no folder can be made there" : reason.words}.`, { remedy: "Set SIGHTLINE_DATA to a folder that you may write." }, { cause: error });
  }
}

/** Makes a folder that others may pass through to what they own inside, but not look around in; a umask may have taken that away. */
export function makeEnterable(folder: string): void {
  makeFolders(folder);
  chmodSync(folder, 0o711);
}

// One by one: below /proc, where nothing can be made, Node's recursive mkdir never returns.
function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !isFolder(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one);
    } catch (error) {
      if (!isFolder(one)) throw error; // else another process was first
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
