import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";

/** What a process of the command line left: its exit code and its words. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `sightline ...words` as a process of its own, as a person's shell would. */
export async function runProcess(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, [join(projectRoot(), "scripts/sightline.mjs"), ...words], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  await once(child, "close");
  return { code: child.exitCode, out, err };
}
