// The one test command: sets up what is missing, then lint, fence, types, unit, database, build and end-to-end, each
// reported as it ends. Every test case counts one; lint, fence, types and build count one each. Nothing that did not run
// is ever counted as passed. The last line is "N passed, N failed" (", N skipped" when some could not run here).
// Node's own modules only: dependencies are installed by the first step.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./setup/find-chromium.mjs";
import { setUp } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const only = process.argv.slice(2); // e.g. `npm test -- unit lint`; none = everything
const work = mkdtempSync(join(tmpdir(), "sightline-test-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

await setUp();
const chromium = await findChromium({ install: true });
const bin = (name) => join(ROOT, "node_modules", ".bin", name);

await tool("lint", bin("eslint"), [".", "--max-warnings", "0"]);
await tool("fence", bin("depcruise"), ["app", "components", "lib", "--config", ".dependency-cruiser.cjs"]);
await tool("types", bin("tsc"), ["-p", "tsconfig.types.json"]);
await vitest("unit");
await vitest("database");
await tool("build", process.execPath, ["scripts/build.mjs", "--force"]);
await playwright();

rmSync(work, { recursive: true, force: true });
for (const note of notes) console.log(note);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** Runs a command with its output shown; resolves with its exit code. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
    child.once("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function wanted(step) {
  return only.length === 0 || only.includes(step);
}

function count(step, { passed, failed, skipped }, started) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`== ${step}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""} (${seconds} s)\n`);
}

/** A step that is one check. */
async function tool(step, command, args) {
  if (!wanted(step)) return;
  console.log(`== ${step}`);
  const started = Date.now();
  const code = await run(command, args);
  count(step, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, started);
}

async function vitest(project) {
  if (!wanted(project)) return;
  console.log(`== ${project}`);
  const started = Date.now();
  const file = join(work, `${project}.json`);
  const code = await run(bin("vitest"), ["run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`], { NODE_ENV: "test" });
  const report = readReport(file);
  if (report === null) return count(project, { passed: 0, failed: 1, skipped: 0 }, started);
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  const failed = tests.filter((test) => test.status === "failed").length;
  const skipped = tests.filter((test) => test.status === "skipped" || test.status === "pending" || test.status === "todo");
  for (const test of skipped) notes.push(`skipped: ${test.fullName}`);
  // A file that could not be loaded holds no test case, yet the run failed: that is one failure.
  const broken = report.testResults.filter((suite) => suite.status === "failed" && suite.assertionResults.every((test) => test.status !== "failed")).length;
  const unexplained = code !== 0 && failed === 0 && broken === 0 ? 1 : 0;
  count(project, { passed: tests.filter((test) => test.status === "passed").length, failed: failed + broken + unexplained, skipped: skipped.length }, started);
}

async function playwright() {
  if (!wanted("e2e")) return;
  console.log("== e2e");
  const started = Date.now();
  if (chromium === null) {
    console.error("No Chromium was found and none may be installed here: install the Debian package chromium, or name one with SIGHTLINE_CHROMIUM.");
    return count("e2e", { passed: 0, failed: 1, skipped: 0 }, started);
  }
  const file = join(work, "e2e.json");
  const code = await run(bin("playwright"), ["test"], { SIGHTLINE_E2E_JSON: file, SIGHTLINE_CHROMIUM: chromium });
  const report = readReport(file);
  if (report === null) return count("e2e", { passed: 0, failed: 1, skipped: 0 }, started);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const unexplained = code !== 0 && unexpected === 0 ? 1 : 0;
  count("e2e", { passed: expected + flaky, failed: unexpected + unexplained, skipped }, started);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`no report was written: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
