import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SightlineError } from "@/lib/shared/errors";
import { isAlive, ownIdentity, parseIdentity } from "./process-identity";

const FREE = "free";
let serial = 0;

/**
 * Runs `work` while no other process does so in the same folder. The lock survives a crash of its holder: files
 * `lock.<n>` only ever count up, the highest one is the lock, and whoever finds its holder dead or done may create n + 1.
 * Creating is atomic (a link to a complete file); a late creator of a number that was already passed sees the higher one
 * and tries again, so two holders are impossible even when several take over a dead one's lock at once.
 *
 * @throws SightlineError UNAVAILABLE when a living process holds it for longer than `patienceMs`.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, patienceMs = 90_000): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let mine: number | null = null;
  while ((mine = tryAcquire(folder)) === null) {
    if (Date.now() > deadline) {
      throw new SightlineError("UNAVAILABLE", `Another Sightline process has been starting or stopping the database in ${folder} for too long.`);
    }
    await sleep(15);
  }
  try {
    return await work();
  } finally {
    writeAtomically(folder, join(folder, `lock.${mine}`), FREE);
  }
}

function tryAcquire(folder: string): number | null {
  const highest = generations(folder).at(-1) ?? 0;
  if (highest > 0 && !isFree(join(folder, `lock.${highest}`))) return null;
  const next = highest + 1;
  const temporary = temporaryName(folder);
  writeFileSync(temporary, JSON.stringify(ownIdentity()));
  try {
    linkSync(temporary, join(folder, `lock.${next}`));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return null;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  const seen = generations(folder);
  if ((seen.at(-1) ?? 0) > next) {
    rmSync(join(folder, `lock.${next}`), { force: true });
    return null;
  }
  for (const old of seen) if (old < next) rmSync(join(folder, `lock.${old}`), { force: true });
  return next;
}

function generations(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function isFree(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return false; // passed by a newer one meanwhile: look again
  }
  if (text === FREE) return true;
  return !isAlive(parseIdentity(text));
}

function writeAtomically(folder: string, file: string, text: string): void {
  const temporary = temporaryName(folder);
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function temporaryName(folder: string): string {
  return join(folder, `.lock-${process.pid}-${serial++}`);
}
