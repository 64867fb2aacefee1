import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, expectNotice, watchPage } from "./support/check-page";
import { instances } from "./support/instances";
import { CREATE, makeBundle, RELEASE } from "./support/make-bundle";
import { makeExecLines } from "./support/make-eslogger";
import { runToEnd, startVerb } from "./support/server";
import { unpackZip } from "./support/unpack-zip";

/**
 * The main job in a browser, from nothing to evidence in an auditor's hands. Six hosts: four Macs, two Windows machines.
 * Three Macs send process starts; file creations are claimed on two Macs and never seen; Windows sends nothing.
 */
const SEGMENT = "Invented office";
const CRITICALITY = 4;
const MACS = ["mac-01", "mac-02", "mac-03", "mac-04"];
const WINDOWS = ["win-01", "win-02"];
const SENDING = ["mac-01", "mac-02", "mac-03"];
const CLAIMED_MACS = 2;
const LINES_PER_HOST = 5;
const STARTED = new Date();
const linesOf = (host: string): string[] => makeExecLines(LINES_PER_HOST, new Date(STARTED.getTime() - 2 * 3_600_000), host);

/** What the headline must be, by the design's formula and nothing else: the sum of W x reach over the sum of W. */
function headlineByHand(): { value: number; low: number; high: number } {
  const weight = (hosts: number): number => hosts * CRITICALITY;
  const all = weight(MACS.length) + weight(MACS.length) + weight(WINDOWS.length); // AN9001, AN9002, AN9003
  const seen = (weight(MACS.length) * SENDING.length) / MACS.length; // AN9001 on three of four Macs
  const couldBe = (weight(MACS.length) * Math.min(SENDING.length, CLAIMED_MACS)) / MACS.length; // AN9002, would the claim prove true
  return { value: seen / all, low: seen / all, high: (seen + couldBe) / all };
}
const percent = (share: number): string => (Math.floor(share * 1000) / 10).toFixed(1);

async function choose(page: Page, label: string, files: { name: string; text: string | Buffer }[]): Promise<void> {
  await page.getByLabel(label).setInputFiles(files.map(({ name, text }) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) })));
}

async function visit(page: Page, name: string, title: string | RegExp): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("before anything is assessed the map leads to the import", async ({ page }) => {
  await page.goto(instances().empty);
  await page.goto(`${new URL(instances().empty).origin}/telemetry`);
  await expect(page.getByRole("link", { name: "Import sample events" })).toBeVisible();
  await expectAccessible(page);
});

test("from an empty server to evidence that somebody else verifies", async ({ page }) => {
  test.setTimeout(240_000);
  page.setDefaultTimeout(30_000);
  const work = mkdtempSync(join(tmpdir(), "sightline-journey-"));
  const heard = watchPage(page);
  const checked = async (step: string): Promise<void> => test.step(`${step}: accessible, with MITRE's notice`, async () => {
    await expectAccessible(page);
    await expectNotice(page);
  });

  try {
    await test.step("the printed address opens the first page, which says what to do", async () => {
      await page.goto(instances().empty);
      await expect(page.getByRole("heading", { level: 1, name: "No assessment yet" })).toBeVisible();
      await checked("first page");
    });

    await test.step("a catalog", async () => {
      await visit(page, "Catalog", "Catalog");
      await checked("catalog without a release");
      await page.getByRole("link", { name: "Import a bundle" }).click();
      await choose(page, "Drop ATT&CK bundles, or choose", [{ name: "invented.json", text: makeBundle() }]);
      const row = page.getByRole("row").filter({ hasText: `enterprise ${RELEASE}` });
      await expect(row).toContainText("current", { timeout: 60_000 });
      await checked("catalog import");
      await row.getByRole("link", { name: `enterprise ${RELEASE}` }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(RELEASE);
      await checked("release");
    });

    await test.step("a segment, refused first for a platform that does not exist", async () => {
      await visit(page, "Segments", "Segments");
      await checked("segments, none yet");
      await page.getByRole("button", { name: "Create a segment" }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("Name", { exact: true }).fill(SEGMENT);
      await form.getByLabel("Platforms").fill("Amiga=4");
      await form.getByLabel("Hosts").fill(String(MACS.length + WINDOWS.length));
      await form.getByLabel("Criticality").fill(String(CRITICALITY));
      await form.getByLabel("Owner").fill("someone");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(form.getByRole("alert")).toContainText("Amiga");
      await expect(form.getByLabel("Platforms")).toHaveAttribute("aria-invalid", "true");
      await form.getByLabel("Platforms").fill(`macOS=${MACS.length};Windows=${WINDOWS.length}`);
      await form.getByRole("button", { name: "Save" }).click();
      await expect(form).toBeHidden();
      await expect(page.getByRole("link", { name: SEGMENT })).toBeVisible();
      await checked("segments");
    });

    await test.step("its roster", async () => {
      await visit(page, "Imports", "Imports");
      await page.getByRole("link", { name: "Segments and rosters" }).click();
      const roster = ["host,platform", ...MACS.map((host) => `${host},macOS`), ...WINDOWS.map((host) => `${host},Windows`)].join("\n");
      await choose(page, "Drop a roster CSV, or choose", [{ name: "roster.csv", text: `${roster}\n` }]);
      await expect(page.getByText(`${MACS.length + WINDOWS.length} hosts of ${SEGMENT} understood`)).toBeVisible();
      await checked("roster preview");
      await page.getByRole("button", { name: "Import roster" }).click();
      await expect(page.getByText(`${MACS.length + WINDOWS.length} hosts of ${SEGMENT} are its roster now`)).toBeVisible();
    });

    await test.step("an inventory: previewed, a bad row named, then applied", async () => {
      await page.getByRole("link", { name: "Inventory", exact: true }).click();
      const [, source, channel] = CREATE;
      const header = "segment,source,product,log_source,channel,data_component,hosts_reporting,latency_p95_s,retention_days,basis,as_of,note";
      const day = STARTED.toISOString().slice(0, 10);
      const rows = [`${SEGMENT},Mac agent,Agent 1,${source},${channel},File Creation,${CLAIMED_MACS},30,30,configuration,${day},`, `${SEGMENT},Mac agent,Agent 1,${source},${channel},File Creation,many,,,configuration,${day},`];
      await choose(page, "Drop an inventory, or choose", [{ name: "inventory.csv", text: `${[header, ...rows].join("\n")}\n` }]);
      await expect(page.getByText("Nothing is applied yet.")).toBeVisible();
      await expect(page.getByText("1 of 2 rows understood")).toBeVisible();
      await expect(page.getByText(/many/).first()).toBeVisible();
      await checked("inventory preview");
      await page.getByRole("button", { name: "Apply", exact: true }).click();
      await expect(page.getByText("The next assessment reads these claims.")).toBeVisible();
    });

    await test.step("events of three Macs, the host read from each file's name, one line broken", async () => {
      await page.getByRole("link", { name: "Events", exact: true }).click();
      await page.getByText("Format, hosts and where the records come from").click();
      await page.getByLabel("Host from").fill("(mac-\\d+)");
      const files = SENDING.map((host) => ({ name: `${host}.ndjson`, text: `${[...linesOf(host), ...(host === "mac-03" ? ['{"cut": '] : [])].join("\n")}\n` }));
      await choose(page, "Drop event files, or choose", files);
      for (const host of SENDING) {
        const row = page.getByRole("row").filter({ hasText: `${host}.ndjson` });
        await expect(row.getByRole("cell").nth(4)).toHaveText(String(LINES_PER_HOST), { timeout: 60_000 });
        await expect(row.getByRole("cell").nth(5)).toHaveText(host === "mac-03" ? "1" : "0");
      }
      await expect(page.getByRole("complementary", { name: "Jobs" })).not.toContainText("running");
      await checked("event import");
    });

    await test.step("an assessment by the button", async () => {
      await visit(page, "Overview", "No assessment yet");
      await page.getByRole("button", { name: "Run an assessment" }).click();
      await expectAccessible(page); // the dialog stands over the footer
      await page.getByRole("dialog").getByRole("button", { name: "Run", exact: true }).click();
      await expect(page.getByRole("heading", { name: "Observable share" })).toBeVisible({ timeout: 90_000 });
    });

    await test.step("the executive number is the one computed by hand", async () => {
      const tile = page.getByRole("heading", { name: "Observable share" }).locator("xpath=../..");
      const { value, low, high } = headlineByHand();
      expect([value, low, high].map(percent)).toEqual(["30.0", "30.0", "50.0"]);
      await expect(tile).toContainText(`${percent(value)}%`);
      await expect(tile).toContainText(`${percent(low)}–${percent(high)}`);
      await expect(tile).toContainText("1 of 3 cells observed");
      await checked("overview");
    });

    await test.step("down to the raw record: analytic, segment, stage, file, record number", async () => {
      await visit(page, "Analytics", "Analytics");
      await checked("analytics");
      await page.getByRole("link", { name: "AN9001" }).click();
      await page.getByRole("navigation", { name: "Segments" }).getByRole("link", { name: SEGMENT }).click();
      await page.getByRole("link", { name: "Process Creation" }).click();
      const drawer = page.getByRole("complementary", { name: "Evidence" });
      await expect(drawer).toContainText(`${SENDING.length} of ${MACS.length} hosts`);
      const [, file = "", number = ""] = /File\s*(mac-\d+\.ndjson)\s*Record\s*(\d+),/.exec(await drawer.innerText()) ?? [];
      const kept = linesOf(file.replace(".ndjson", ""))[Number(number) - 1] ?? "";
      expect(kept, `record ${number} of ${file}`).not.toBe("");
      const marker = /--run=[\w-]+/.exec(kept)?.[0] ?? "none";
      await expect(drawer.getByRole("region", { name: "Raw record" })).toContainText(marker);
      await checked("analytic");
      await page.goto(`${new URL(page.url()).origin}/analytics/AN9002`);
      await page.getByRole("navigation", { name: "Segments" }).getByRole("link", { name: SEGMENT }).click();
      await expect(page.getByText("Partial").first()).toBeVisible();
    });

    await test.step("segment and assessment pages say the same", async () => {
      await visit(page, "Segments", "Segments");
      await expect(page.getByRole("row").filter({ hasText: SEGMENT })).toContainText(`${percent(headlineByHand().value)} %`);
      await page.getByRole("link", { name: SEGMENT }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(SEGMENT);
      for (const host of ["mac-04", ...WINDOWS]) await expect(page.getByText(host).first()).toBeVisible(); // never seen
      await checked("segment");
      await visit(page, "Assessments", "Assessments");
      await checked("assessments");
    });

    await test.step("the evidence, taken away and checked with sha256sum alone", async () => {
      await visit(page, "Evidence", "Evidence");
      await checked("evidence");
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name: "Download A-0001", exact: true }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^sightline-evidence-1-\d{4}-\d\d-\d\d\.zip$/);
      const zip = join(work, "evidence.zip");
      await download.saveAs(zip);
      const folder = join(work, "unpacked");
      const paths = await unpackZip(zip, folder);
      for (const path of paths.filter((name) => !/manifest/.test(name))) await expect(page.getByText(path, { exact: true })).toBeVisible(); // the page names every file
      const check = (manifest: string): string => execFileSync("sha256sum", ["-c", manifest], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      const lines = [...check("manifest-sha256.txt").trim().split("\n"), ...check("tagmanifest-sha256.txt").trim().split("\n")];
      expect(lines.filter((line) => !line.endsWith(": OK"))).toEqual([]);
      expect(lines.length).toBe(paths.length - 1); // all but the last manifest itself
      expect(await runToEnd(["evidence", "verify", zip, "--recompute"], join(work, "no-data"))).toContain("identical when scored again");

      const report: { fleet: { observed: { value: number; k: number; n: number } } } = JSON.parse(readFileSync(join(folder, "data/results/report.json"), "utf8"));
      expect(report.fleet.observed).toMatchObject({ value: headlineByHand().value, k: 1, n: 3 });
      const records = readFileSync(join(folder, "data/evidence/records.ndjson"), "utf8").trim().split("\n");
      const raws = new Set(SENDING.flatMap(linesOf));
      const unknown = records.filter((line) => !raws.has(String((JSON.parse(line) as { raw: unknown }).raw)));
      expect(records.length).toBeGreaterThan(0);
      expect(unknown).toEqual([]);

      appendFileSync(join(folder, "data/results/cells.csv"), " ");
      expect(() => check("manifest-sha256.txt")).toThrow();
    });

    await test.step("the export stands in the audit log", async () => {
      await visit(page, "Audit log", "Audit log");
      await expect(page.getByRole("row").filter({ hasText: "evidence.export" })).toHaveCount(1);
      await checked("audit log");
    });

    expect(heard.complaints).toEqual([]);
    expect(heard.strangers).toEqual([]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

test("a folder that is watched shows who looks, what it delivered and what was refused with the way out, and is forgotten once nobody looks", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-drop-"));
  const heard = watchPage(page);
  const watch = startVerb(["watch", folder, "--segment", SEGMENT, "--host-from", "(mac-\\d+)", "--every", "1"], instances().emptyData);
  try {
    writeFileSync(join(folder, "mac-04.ndjson"), `${linesOf("mac-04").join("\n")}\n`);
    writeFileSync(join(folder, "sysmon.xml"), '<Sysmon schemaversion="4.90"><EventFiltering><ProcessCreate onmatch="exclude"/></EventFiltering></Sysmon>');
    await page.goto(instances().empty);
    const section = page.locator("details").filter({ hasText: folder });
    await expect(async () => {
      await page.goto(`${new URL(instances().empty).origin}/imports`);
      await expect(section).toContainText("1 file imported, 1 file with refusals", { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await expect(section.locator("summary")).toContainText("watched, last read");
    await expect(section).toContainText("Delivers macos-esf.");
    await expect(section.getByRole("listitem").filter({ hasText: "sysmon.xml" })).toContainText("sightline inventory import FILE --segment");
    await expect(page.getByRole("region", { name: "Imported event files" }).getByRole("row").filter({ hasText: "mac-04.ndjson" })).toContainText(SEGMENT);
    await expectAccessible(page);
    const forget = section.getByRole("button", { name: "Forget", exact: true });
    const dialog = page.getByRole("dialog", { name: `Forget ${folder}?` });
    await forget.click();
    await expect(dialog).toContainText("That macos-esf stop is noticed no more. What was imported stays");
    await dialog.getByRole("button", { name: "Forget it" }).click();
    await expect(dialog.getByRole("alert")).toContainText("A process watches this folder");
    await dialog.getByRole("button", { name: "Keep it" }).click();
    expect(await watch.stop()).toContain("mac-04.ndjson: imported as events");
    await page.reload();
    await expect(section.locator("summary")).toContainText("not watched now");
    if ((await section.getAttribute("open")) === null) await section.locator("summary").click();
    await forget.click();
    await dialog.getByRole("button", { name: "Forget it" }).click();
    await expect(section).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Imported event files" }).getByRole("row").filter({ hasText: "mac-04.ndjson" })).toContainText(SEGMENT);
    expect(heard.complaints).toEqual([]);
  } finally {
    await watch.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a release that nothing rests on is removed once somebody has confirmed it; the current one cannot be", async ({ page }) => {
  const heard = watchPage(page);
  const [earlier, origin] = ["89.0", new URL(instances().empty).origin];
  const named = `enterprise ${earlier}`;
  await page.goto(instances().empty);
  await page.goto(`${origin}/imports/catalog`);
  await page.getByRole("checkbox", { name: /^Leave the current release/ }).check();
  await choose(page, "Drop ATT&CK bundles, or choose", [{ name: "earlier.json", text: makeBundle().toString().replaceAll(RELEASE, earlier) }]);
  const row = page.getByRole("row").filter({ hasText: named });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await expect(row).not.toContainText("current");
  await row.getByRole("link", { name: named }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(named);
  const dialog = page.getByRole("dialog", { name: `Remove ${named}?` });
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog).toContainText("A release that an assessment pinned cannot be removed");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/catalog$/);
  await expect(page.getByRole("row").filter({ hasText: named })).toHaveCount(0);
  await page.getByRole("link", { name: `enterprise ${RELEASE}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`ATT&CK enterprise ${RELEASE}`);
  await expect(page.getByRole("button", { name: "Remove", exact: true })).toHaveCount(0);
  expect(heard.complaints).toEqual([]);
});
