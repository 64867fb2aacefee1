import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Runs `prisma generate` without network; throws with its words when it fails. */
export function generatePrisma(root, stdio = "pipe") {
  const command = join(root, "node_modules", "prisma", "build", "index.js");
  const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1", PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  const run = spawnSync(process.execPath, [command, "generate", "--no-hints"], { cwd: root, stdio, encoding: "utf8", env });
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout ?? ""}${run.stderr ?? ""}`);
}
