import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { filterMatrix, type MatrixFilter } from "@/components/matrix/filter-matrix";
import { layOut } from "@/components/matrix/lay-out";
import { readNumbers } from "@/components/matrix/read-numbers";
import { assess } from "@/lib/assessment/assess";
import { buildScoringInput } from "@/lib/assessment/build-scoring-input";
import { columnsOf } from "@/lib/assessment/cell-columns";
import { openRollups } from "@/lib/assessment/rollups";
import { makeLargeFleet } from "@/lib/assessment/testing/make-large-fleet";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import { projectRoot } from "@/lib/db/project-root";
import { buildMatrixView } from "@/lib/reports/build-matrix-view";
import type { MatrixView } from "@/lib/reports/matrix-view";

/*
 * The matrix of enterprise 19.1 (697 techniques) over 12 and 500 segments: how long its view takes, how much is sent, how long
 * a filter takes. With a server that holds such a fleet, in a browser too: first paint (1.5 s) and filter to paint (0.1 s).
 *
 *   npm run bench -- matrix --address=http://127.0.0.1:3000/start?token=...
 */
const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "attack/enterprise-attack-19.1-detect-stix21.json.gz");
const say = (what: string, value: string, met?: boolean): void => console.log(`${what.padEnd(48)} ${value}${met === undefined ? "" : met ? "  met" : "  MISSED"}`);
const timed = <T>(work: () => T): readonly [result: T, ms: number] => {
  const began = performance.now();
  const result = work();
  return [result, performance.now() - began];
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

if (!existsSync(SAMPLE)) console.log(`skipped: ${SAMPLE} is not here`);
else {
  const linked = linkCatalog(parseStixBundle(gunzipSync(readFileSync(SAMPLE)), "bench"), "enterprise");
  for (const segments of [12, 500]) measureView(linked, segments);
}
const address = process.argv.find((word) => word.startsWith("--address="))?.slice("--address=".length);
if (address === undefined) console.log("no --address: nothing is measured in a browser");
else await measureBrowser(address);

function measureView(linked: ReturnType<typeof linkCatalog>, segments: number): void {
  const input = buildScoringInput(makeLargeFleet(linked.analytics, segments, Date.UTC(2026, 10, 21)));
  const columns = columnsOf(input, assess(input));
  const analytics = input.analytics.map(({ id }) => id);
  const links = { strategies: linked.strategies.filter(({ deprecated }) => !deprecated), techniques: linked.techniques.filter(({ revoked, deprecated }) => !revoked && !deprecated), tactics: linked.tactics };
  const docs = new Map(linked.analytics.map((doc) => [doc.id, doc]));
  const [rollups, opened] = timed(() => openRollups(analytics, columns, links));
  const build = (): MatrixView =>
    buildMatrixView({ assessment: 1, domain: "enterprise", domains: ["enterprise"], analytics, columns, rollups, catalog: { ...links, docs }, segments: input.segments.map(({ id, name, assets, criticality }, position) => ({ position, id, name, weight: assets * criticality })), everything: true, scopes: [null], overlays: [] });
  const [view, first] = timed(build);
  const [, again] = timed(build);
  const text = JSON.stringify(view);
  console.log(`-- ${view.techniques.length} techniques x ${segments} segments, ${columns.segment.length} cells`);
  say("rollups opened", `${opened.toFixed(0)} ms`);
  say("view of the fleet, first and again", `${first.toFixed(0)} and ${again.toFixed(0)} ms`);
  say("sent, plain and compressed", `${(text.length / 1e3).toFixed(0)} kB and ${(gzipSync(text).length / 1e3).toFixed(0)} kB`);
  const numbers = view.scopes.map((scope) => readNumbers(view, scope, -1));
  const filters = ["", "proc", "process", "T1059", "nothing at all"].flatMap((words) =>
    [[], ["blind"], ["partial", "observed"]].map((status): MatrixFilter => ({ text: words, chosen: { status, flag: [], component: [], rule: [], differs: [], layer: [] }, inapplicable: false, overlay: null, allOpen: words === "T1059", open: new Set() })),
  );
  const took = filters.map((filter) => timed(() => layOut(view, filterMatrix(view, numbers, filter)))[1]);
  say("filtered and laid out, median and worst", `${median(took).toFixed(1)} and ${Math.max(...took).toFixed(1)} ms`, Math.max(...took) < 100);
}

async function measureBrowser(start: string): Promise<void> {
  const executablePath = [process.env["SIGHTLINE_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path !== undefined && existsSync(path));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(start);
    const { origin } = new URL(start);
    const paints: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      await page.goto(`${origin}/matrix`);
      await page.getByRole("gridcell").first().waitFor();
      paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN));
    }
    say("processes that wanted a processor meanwhile", `${loadavg()[0]?.toFixed(1) ?? ""} on ${cpus().length}`);
    say("first paint of the matrix, median of 5", `${median(paints).toFixed(0)} ms`, median(paints) < 1500);
    await page.waitForLoadState("networkidle");
    const filters: number[] = [];
    for (const words of ["p", "pr", "pro", "proc", "", "T1059", ""]) {
      filters.push(
        await page.evaluate(async (value) => {
          const field = document.querySelector<HTMLInputElement>("input[aria-label='Filter techniques']");
          const status = document.querySelector("main [role=status]");
          if (field === null || status === null) return Number.NaN;
          const before = status.textContent;
          const began = performance.now();
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, value);
          field.dispatchEvent(new Event("input", { bubbles: true }));
          // No function of a name of its own: what compiles this file would ask the page for a helper that is not there.
          while (document.querySelector("main [role=status]")?.textContent === before && performance.now() - began < 2000) await new Promise((done) => requestAnimationFrame(done));
          await new Promise((done) => requestAnimationFrame(done));
          return performance.now() - began;
        }, words),
      );
    }
    say("typed to painted, median and worst of 7", `${median(filters).toFixed(0)} and ${Math.max(...filters).toFixed(0)} ms`, median(filters) < 100);
  } finally {
    await browser.close();
  }
}
