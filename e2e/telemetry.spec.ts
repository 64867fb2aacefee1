import { expect, test, type Page } from "@playwright/test";
import { expectGoodOnDeskAndPhone, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** The telemetry screens with the demonstration fleet: map, what is behind a cell, records of a file, what a source could give. */
test.describe.configure({ mode: "parallel" }); // every test here only reads

const origin = (): string => new URL(instances().demo).origin;

async function open(page: Page, path: string): Promise<void> {
  const answer = await page.goto(`${origin()}${path}`);
  expect(answer?.status(), path).toBe(200);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await page.waitForLoadState("load");
}

async function sourceOf(page: Page, segment: string, source: string): Promise<string> {
  await open(page, `/telemetry?view=table&q=${encodeURIComponent(source)}`);
  return (await page.getByRole("row").filter({ hasText: segment }).getByRole("link", { name: source }).first().getAttribute("href")) ?? "";
}

/** The records of a sample whose name contains a word. */
async function recordsOf(page: Page, name: string): Promise<string> {
  await open(page, "/imports");
  const href = await page.getByRole("main").getByRole("link", { name }).first().getAttribute("href");
  return `${(href ?? "").split("?")[0] ?? ""}/records`;
}

async function check(page: Page, paths: readonly string[]): Promise<void> {
  const heard = watchPage(page);
  for (const path of paths) {
    await open(page, path);
    await expectGoodOnDeskAndPhone(page);
  }
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
}

test("the map and its table are accessible and never scroll sideways", async ({ page }) => {
  await check(page, ["/telemetry", "/telemetry?view=table", "/telemetry?state=silent"]);
});
test("what is behind a cell is, and so is what a product could give", async ({ page }) => {
  const source = await sourceOf(page, "Windows Workstations", "Sysmon for Windows");
  expect(source).toMatch(/^\/telemetry\/[^/]+\/windows-sysmon/);
  const [segment = ""] = source.slice("/telemetry/".length).split("/");
  await check(page, [`/telemetry?cell=${segment}~windows-sysmon`, source, "/telemetry/what-if?product=sysmon-full"]);
});
test("the records of a file are", async ({ page }) => {
  const records = await recordsOf(page, "workstations-sysmon-1");
  await check(page, [records, `${records}?q=whoami`, `${records}/1`]);
});

test("the map is walked with the keys, and what is chosen is in the address", async ({ page }) => {
  await open(page, "/telemetry");
  const grid = page.getByRole("grid", { name: "Telemetry map" });
  await grid.getByRole("gridcell", { name: /^macOS Endpoint Security, macOS Engineering/ }).click();
  await expect(page).toHaveURL(/cell=[^&]*~macos-esf/);
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/cell=[^&]*~edr-jamf/);
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/cell=[^&]*~macos-osquery/);
  await expect(grid.getByRole("gridcell", { name: /^osquery on macOS, macOS Engineering: (partly )?proven/ })).toBeFocused();
  await page.keyboard.press("End");
  await expect(grid.locator("[role=gridcell]:focus")).toHaveAttribute("aria-label", /not applicable/);
  await page.keyboard.press("Home");
  await expect(grid.locator("[role=gridcell]:focus")).toHaveAttribute("aria-label", /^osquery on macOS, Contractor Laptops/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("osquery on macOS in Contractor Laptops");
  await page.goBack();
  await expect(page.getByRole("complementary", { name: "Chosen source" })).toContainText("osquery on macOS");
});

test("filters of the map narrow it and its table alike", async ({ page }) => {
  await open(page, "/telemetry?state=silent");
  await expect(page.getByRole("gridcell", { name: /Branch Routers: silent/ })).toBeVisible();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("button", { name: "Show as table" }).click();
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(1);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByRole("row").filter({ hasText: "contradicted" }).first()).toBeVisible();
  await page.getByRole("searchbox").or(page.getByLabel("Filter sources and segments")).first().fill("no such source");
  await expect(page.getByText("No source fits these filters.")).toBeVisible();
});

test("behind a cell: a key that is claimed and contradicted, hosts never seen by name, the analytics and a record", async ({ page }) => {
  await open(page, await sourceOf(page, "Windows Workstations", "Sysmon for Windows"));
  await expect(page.getByRole("row").filter({ hasText: "claimed, contradicted" })).toContainText("Module Load");
  await page.getByText(/^Never seen: /).click();
  await expect(page.getByRole("list", { name: "Never seen, by name" }).getByRole("listitem").first()).toHaveText(/^ws-/);
  await expect(page.getByRole("region", { name: "Analytics, all" })).toContainText("names it");
  await page.getByRole("link", { name: /with its fields$/ }).first().click();
  await expect(page.getByRole("heading", { name: "Canonical fields" })).toBeVisible();
  await expect(page.getByText(/tail -c \+\d+ .* \| head -c \d+ \| sha256sum/)).toBeVisible();
});

test("records are narrowed by kind, host and text, shown with the columns that are chosen, and opened", async ({ page }) => {
  const records = await recordsOf(page, "workstations-sysmon-1");
  await open(page, `${records}?kind=windows-sysmon%3A1&cols=cmd,user`);
  const table = page.getByRole("region", { name: "Records" });
  await expect(table.getByRole("columnheader")).toHaveText(["Record", "Time, UTC", "Host", "Kind", "cmd", "user"]);
  const rows = table.locator("tbody tr[aria-rowindex]");
  expect(new Set(await rows.locator("td:nth-child(4)").allTextContents())).toEqual(new Set(["windows-sysmon:1"]));
  await page.getByLabel("Text in a field").fill("explorer");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText(/records? with these words: scanned \d/)).toBeVisible();
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("checkbox", { name: /^pid/ }).check();
  await expect(page).toHaveURL(/cols=cmd%2Cuser%2Cpid/);
  await page.keyboard.press("Escape");
  await rows.first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Record \d/);
  await expect(page.getByRole("heading", { name: "Native fields" })).toBeVisible();
});

test("refused records are listed with their reason", async ({ page }) => {
  await open(page, "/imports");
  const hrefs = await page.getByRole("main").locator('a[href^="/imports/events/"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("?")[0] ?? ""));
  for (const href of new Set(hrefs)) {
    await open(page, `${href}/records?refused=1`);
    if ((await page.getByText(/^refused: /).count()) > 0) return;
  }
  throw new Error("no sample of the demonstration has a refused record");
});

test("a product is thought through, and so is a pasted configuration, without a trace", async ({ page }) => {
  await open(page, "/telemetry/what-if");
  await page.getByLabel("Find a product").fill("every event");
  await page.getByRole("link", { name: /Sysmon, every event/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "would be claimed in whole" })).toBeVisible();
  await page.getByRole("combobox", { name: "Segment it would be in force in" }).click();
  await page.getByRole("option", { name: "Domain Controllers" }).click();
  await page.getByLabel("Text of the configuration").fill('<Sysmon schemaversion="4.90"><EventFiltering><FileDelete onmatch="exclude"/><DriverLoad onmatch="exclude"/></EventFiltering></Sysmon>');
  await page.getByRole("button", { name: "What would it give" }).click();
  await expect(page.getByText(/read as .*Sysmon/)).toBeVisible();
  await page.getByLabel("Text of the configuration").fill("neither this nor that");
  await page.getByRole("button", { name: "What would it give" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "no inventory" })).toBeVisible();
  await open(page, "/telemetry?view=table&q=Sysmon");
  await expect(page.getByRole("row").filter({ hasText: "Domain Controllers" })).toContainText("stale");
});

test("what does not exist answers 404", async ({ request }) => {
  for (const path of ["/telemetry/nowhere/windows-sysmon", "/telemetry/what-if?product=nothing", "/telemetry?assessment=999", "/imports/events/nothing/records", "/imports/events/nothing/records/1"]) {
    expect((await request.get(`${origin()}${path}`)).status(), path).toBe(404);
  }
});
