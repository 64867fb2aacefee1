import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

/** A system Chromium: Playwright's own download is never used. scripts/test.mjs installs one where it may. */
const CANDIDATES = [process.env.SIGHTLINE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = CANDIDATES.find((path) => path !== undefined && path !== "" && existsSync(path));

/**
 * Two servers are started by e2e/support/global-setup.ts, each on data of its own in a temporary folder: one with the
 * demonstration fleet, one empty. Files run side by side, the tests of one file in turn: what changes the empty server's
 * data stands in one file, and what a journey changes on the demonstration's is its own to find and to take back.
 */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/support/global-setup.ts",
  fullyParallel: false,
  workers: 2,
  // In the test command, which reads the report and names whatever needed a second try; by hand a failure is shown at once.
  retries: process.env.SIGHTLINE_E2E_JSON ? 1 : 0,
  timeout: 120_000,
  globalTimeout: 30 * 60_000,
  expect: { timeout: 30_000 },
  reporter: process.env.SIGHTLINE_E2E_JSON ? [["list"], ["json", { outputFile: process.env.SIGHTLINE_E2E_JSON }]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    // Recording every test costs a fifth of the processor's time; a test that fails is run again by hand with SIGHTLINE_E2E_TRACE=1.
    trace: process.env.SIGHTLINE_E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    },
  },
});
