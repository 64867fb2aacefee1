import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot } from "@/lib/db/project-root";
import type { Db } from "@/lib/db/client";

/** A job process as `serve` starts it, to be killed by a test. */
export interface JobProcess {
  readonly child: ChildProcess;
  log(): string;
  kill9(): Promise<void>;
  end(): Promise<void>;
}

/** Starts one on this data folder. */
export function startJobProcess(dataDir: string): JobProcess {
  const child = spawn(process.execPath, [join(projectRoot(), "scripts/sightline.mjs"), "run-jobs"], {
    env: { ...process.env, SIGHTLINE_DATA: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const stopBy = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return { child, log: () => text, kill9: () => stopBy("SIGKILL"), end: () => stopBy("SIGTERM") };
}

/** kill -9 of the database server of a data folder: its postmaster, whose children end with it. */
export function killDatabase(dataDir: string): void {
  const pid = Number(readFileSync(join(dataDir, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
}

/** Waits until a job is in the wanted condition; the database may be away meanwhile. */
export function waitForJob(db: () => Db, id: string, wanted: (job: { state: string; progressDone: bigint }) => boolean, log: () => string): Promise<void> {
  return waitUntil(async () => {
    const job = await db().job.findUnique({ where: { id } }).catch(() => null);
    return job !== null && wanted(job);
  }, log);
}

/** Asks every 20 ms, for at most five minutes. @throws Error with the process's own words when it never comes true */
export async function waitUntil(wanted: () => Promise<boolean>, log: () => string): Promise<void> {
  const until = performance.now() + 300_000;
  while (performance.now() < until) {
    if (await wanted()) return;
    await sleep(20);
  }
  throw new Error(`it did not come true within five minutes:\n${log()}`);
}
