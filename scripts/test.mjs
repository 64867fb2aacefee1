// The one test command: sets up what is missing, then lint, build, types and fence beside each other, then unit, database
// and end-to-end in turn, each reported as it ends. Every test case counts one; lint, fence, types and build count one each.
// Nothing that did not run is ever counted as passed. The last line is "N passed, N failed" (", N skipped" when some could
// not run here).
// Node's own modules only: dependencies are installed by the first step.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { currentProgram } from "./setup/compile-program.mjs";
import { findChromium } from "./setup/find-chromium.mjs";
import { setUp } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const only = process.argv.slice(2); // e.g. `npm test -- unit lint`; none = everything
const work = mkdtempSync(join(tmpdir(), "sightline-test-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
const MINUTES = { unit: 15, database: 25, build: 15, e2e: 30 }; // several times what a step takes; the others have ten
const running = new Set(); // each leads a group of its own, which a terminal's Ctrl-C does not reach
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    for (const child of running) signalGroup(child, "SIGTERM");
    rmSync(work, { recursive: true, force: true });
    process.exit(130);
  });
}

await setUp();
const chromium = await findChromium({ install: true });
const compiled = currentProgram(ROOT);
const program = compiled === null ? {} : { SIGHTLINE_PROGRAM: compiled }; // threads of tests start from it as those of the product do
const bin = (name) => join(ROOT, "node_modules", ".bin", name);

// Each of these keeps one core busy most of the time: two at a time, the long ones first. The demonstration that the browser
// tests look at is loaded among them, and the pages that show it are built.
let demoData = null;
const checks = [
  () => tool("lint", bin("eslint"), [".", "--max-warnings", "0"]),
  () => loadDemo(),
  () => tool("build", process.execPath, ["scripts/build.mjs", "--force"]),
  () => tool("types", bin("tsc"), ["-p", "tsconfig.types.json"]),
  () => tool("fence", bin("depcruise"), ["app", "components", "lib", "--config", ".dependency-cruiser.cjs"]),
];
const lane = async () => {
  for (let check = checks.shift(); check !== undefined; check = checks.shift()) await check();
};
await Promise.all([lane(), lane()]);
await vitest("unit");
await vitest("database");
await playwright();

rmSync(work, { recursive: true, force: true });
for (const note of notes) console.log(note);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/**
 * Runs a command; resolves with its exit code and, where it is not shown as it comes, its output. One that does not end within
 * the minutes of its step is killed with all that it started, and failed: a step that hangs must not eat the run.
 */
function run(step, command, args, { env = {}, shown = true } = {}) {
  return new Promise((resolve) => {
    const began = Date.now();
    let output = "";
    const child = spawn(command, args, { cwd: ROOT, detached: true, stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"], env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (output += part));
    const minutes = MINUTES[step] ?? 10;
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      notes.push(`${step}: did not end within ${minutes} minutes and was stopped`);
      signalGroup(child, "SIGTERM");
      setTimeout(() => signalGroup(child, "SIGKILL"), 10_000).unref();
    }, minutes * 60_000);
    const end = (code) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code: late ? 124 : code, output, seconds: Math.round((Date.now() - began) / 1000) });
    };
    child.once("error", (error) => {
      output += `${command}: ${error.message}\n`;
      if (shown) console.error(`${command}: ${error.message}`);
      end(127);
    });
    child.once(shown ? "exit" : "close", (code) => end(code ?? 1));
  });
}

/** A signal to a process and to everything that it started. */
function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it is gone
  }
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

/** A step that is one check, beside others: its output is shown in one piece. */
async function tool(step, command, args) {
  if (!wanted(step)) return;
  const started = Date.now();
  const { code, output } = await run(step, command, args, { shown: false });
  console.log(`== ${step}\n${output.trimEnd()}`.trimEnd());
  count(step, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, started);
}

/** Loads the demonstration for the browser tests. Where that fails, they load it themselves and fail with its words. */
async function loadDemo() {
  if (!wanted("e2e") || chromium === null) return;
  chmodSync(work, 0o711); // as root the database runs as another user, who must be able to pass
  const data = join(work, "demo");
  const { code, output, seconds } = await run("demo", process.execPath, ["scripts/sightline.mjs", "demo", "load"], { env: { SIGHTLINE_DATA: data, DATABASE_URL: "" }, shown: false });
  console.log(`== demonstration for e2e: ${code === 0 ? "loaded" : `failed\n${output.trimEnd()}`} (${seconds} s)\n`);
  if (code === 0) demoData = data;
}

async function vitest(project) {
  if (!wanted(project)) return;
  console.log(`== ${project}`);
  const started = Date.now();
  const file = join(work, `${project}.json`);
  const { code } = await run(project, bin("vitest"), ["run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`], { env: { NODE_ENV: "test", ...program } });
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
  const { code } = await run("e2e", bin("playwright"), ["test"], { env: { SIGHTLINE_E2E_JSON: file, SIGHTLINE_CHROMIUM: chromium, ...(demoData === null ? {} : { SIGHTLINE_E2E_DEMO: demoData }) } });
  const report = readReport(file);
  if (report === null) return count("e2e", { passed: 0, failed: 1, skipped: 0 }, started);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const unexplained = code !== 0 && unexpected === 0 ? 1 : 0;
  for (const { title, file, error } of secondTries(report.suites)) notes.push(`passed only on the second try: ${file}: ${title}\n  first: ${error}`);
  count("e2e", { passed: expected + flaky, failed: unexpected + unexplained, skipped }, started);
}

/** Browser tests that failed once and then passed: counted as passed, and named, since one that does so often has found a race. */
function secondTries(suites) {
  return suites.flatMap((suite) => [
    ...secondTries(suite.suites ?? []),
    ...(suite.specs ?? []).filter(({ tests }) => tests.some(({ status }) => status === "flaky")).map(({ title, file, tests }) => ({ title, file, error: tests.flatMap(({ results }) => results).find(({ error }) => error !== undefined)?.error.message?.split("\n")[0] ?? "no reason given" })),
  ]);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`no report was written: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}
