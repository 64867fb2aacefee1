import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { withLock } from "./generation-lock";

const folder = mkdtempSync(join(tmpdir(), "sightline-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Each turn reads a number, waits, and writes it back plus one: two holders at once would lose a count. A victim dies inside.
const PROGRAM = `
import { readFileSync, writeFileSync } from "node:fs";
import { withLock } from "@/lib/db/embedded/generation-lock";
const [folder, turns, dieAfter] = process.argv.slice(2);
async function main() {
  for (let i = 0; i < Number(turns); i += 1)
    await withLock(folder, async () => {
      const n = Number(readFileSync(folder + "/count", "utf8"));
      await new Promise((r) => setTimeout(r, 3));
      writeFileSync(folder + "/count", String(n + 1));
      if (String(i) === dieAfter) process.kill(process.pid, "SIGKILL");
    });
}
main();
`;

describe("the lock between processes", () => {
  test("no two hold it at once, also while holders are killed and their lock is taken over", async () => {
    writeFileSync(join(folder, "count"), "0");
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    const run = (turns: number, dieAfter = -1): Promise<number> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ["--import", "tsx", join(folder, "program.ts"), folder, String(turns), String(dieAfter)], { cwd: projectRoot(), stdio: "inherit", env: { ...process.env, TSX_TSCONFIG_PATH: join(projectRoot(), "tsconfig.json") } });
        child.once("exit", () => resolve(dieAfter < 0 ? turns : dieAfter + 1));
      });
    const turns = await Promise.all([run(40), run(40), run(40), run(40, 5), run(40, 11)]);
    expect(Number(readFileSync(join(folder, "count"), "utf8"))).toBe(turns.reduce((sum, n) => sum + n, 0));
    expect(readdirSync(folder).filter((name) => name.startsWith("lock."))).toHaveLength(1);
  });

  test("a living holder is waited for, and then named", async () => {
    await withLock(folder, async () => {
      await expect(withLock(folder, async () => 1, 60)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });
    expect(await withLock(folder, async () => 2)).toBe(2);
  });

  test("an error inside frees it", async () => {
    await expect(withLock(folder, async () => Promise.reject(new Error("inside")))).rejects.toThrow("inside");
    expect(await withLock(folder, async () => 3)).toBe(3);
  });
});
