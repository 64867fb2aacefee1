import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A program of two sources in a folder of its own, compiled as `npm run setup` compiles the real one. */
const MODULE = pathToFileURL(join(import.meta.dirname, "compile-program.mjs")).href;
let root: string;

function source(path: string, text: string): void {
  writeFileSync(join(root, path), text);
  const past = new Date(Date.now() - 60_000 - Math.random() * 1_000);
  utimesSync(join(root, path), past, past);
}

/** Runs one of its functions in a process, as the scripts do. @returns what it printed */
function run(code: string): string {
  const ended = spawnSync(process.execPath, ["--input-type=module", "-e", `import { compileProgram, currentProgram } from ${JSON.stringify(MODULE)};\nconst root = ${JSON.stringify(root)};\n${code}`], { encoding: "utf8" });
  expect(ended.stderr).toBe("");
  return ended.stdout.trim();
}
const current = (): string => run("console.log(currentProgram(root) ?? 'none')");
const COMPILE = "await compileProgram(root, ['lib/cli/main.ts'])";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sightline-compile-"));
  for (const folder of ["lib/cli", "lib/shared", "node_modules"]) mkdirSync(join(root, folder), { recursive: true });
  source("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./*"] } } }));
  source("lib/cli/main.ts", 'import { word } from "@/lib/shared/word";\nexport const said = async (): Promise<string> => `${word} ${(await import("./later")).place}`;\n');
  source("lib/cli/later.ts", "export const place: string = import.meta.filename;\n");
  source("lib/shared/word.ts", 'export const word: string = "first";\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("is used while every source is as it was, and not a moment longer; a source keeps its own place", () => {
  const said = `const { said } = await import(currentProgram(root) + "/cli/main.mjs"); console.log(await said());`;
  expect(current()).toBe("none");
  expect(run(`${COMPILE}; ${said}`)).toBe(`first ${join(root, "lib/cli/later.ts")}`);
  const first = current();
  source("lib/shared/word.ts", 'export const word: string = "second";\n');
  expect(current()).toBe("none");
  expect(run(`${COMPILE}; ${said}`)).toMatch(/^second /);
  expect(current()).not.toBe(first);
  expect(readFileSync(join(first, "cli/main.mjs"), "utf8")).toContain("first"); // a process that runs may still load it
  rmSync(join(root, "lib/cli/later.ts"));
  expect(current()).toBe("none");
});

test("is not taken for current where a source changed while it was compiled", () => {
  source("lib/cli/later.ts", "export const place = 1;\n");
  const soon = new Date(Date.now() + 60_000);
  utimesSync(join(root, "lib/cli/later.ts"), soon, soon);
  expect(run(`${COMPILE}; console.log(currentProgram(root) ?? 'none')`)).toBe("none");
});
