import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectGoodOnDeskAndPhone, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** The matrix with the demonstration fleet: looked at, walked with the keys, narrowed, compared, printed. */
test.describe.configure({ mode: "parallel" }); // the layer that one test keeps is seen by no other, and is removed again

const origin = (): string => new URL(instances().demo).origin;

async function open(page: Page, path: string): Promise<void> {
  const answer = await page.goto(`${origin()}${path}`);
  expect(answer?.status(), path).toBe(200);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  await page.waitForLoadState("load");
}

/** The id of a segment by its name. */
async function segmentOf(page: Page, name: string): Promise<string> {
  await open(page, "/segments");
  const href = await page.getByRole("main").getByRole("link", { name }).first().getAttribute("href");
  return /\/segments\/([^/?]+)/.exec(href ?? "")?.[1] ?? "";
}

test("the matrix, its table, its panel and two side by side are accessible and never scroll sideways", async ({ page }) => {
  const heard = watchPage(page);
  const [mac, windows] = [await segmentOf(page, "macOS Engineering"), await segmentOf(page, "Windows Workstations")];
  for (const path of ["/matrix", "/matrix?view=table", `/matrix?segment=${mac}&cell=T1059~TA0002&subs=true`, `/matrix?segment=${mac}&against=${windows}&all=true`]) {
    await open(page, path);
    if (path.includes("cell=")) await expect(page.getByRole("complementary", { name: "Chosen technique" }).getByRole("heading", { name: /analytics?$/ })).toBeVisible();
    await expectGoodOnDeskAndPhone(page);
  }
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
});

test("the grid is walked with the keys; Enter says why, Space unfolds, Escape closes, and the address has it all", async ({ page }) => {
  await open(page, `/matrix?segment=${await segmentOf(page, "macOS Engineering")}`);
  const grid = page.getByRole("grid", { name: "Matrix" });
  await grid.locator("[role=gridcell][tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const focused = grid.locator("[role=gridcell]:focus");
  await expect(focused).toHaveAttribute("aria-colindex", "2");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/cell=T\d/);
  const panel = page.getByRole("complementary", { name: "Chosen technique" });
  await expect(panel.getByRole("link", { name: /^Open AN\d/ }).first()).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);

  const family = grid.getByRole("gridcell", { name: /^T1059 Command and Scripting Interpreter, with \d+ sub-techniques/ }).first();
  await family.click();
  await expect(family).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press(" ");
  await expect(page).toHaveURL(/open=T1059/);
  await expect(grid.getByRole("gridcell", { name: /^T1059 Command and Scripting Interpreter, by itself/ })).toHaveAttribute("aria-expanded", "true");
  await expect(grid.getByRole("gridcell", { name: /^T1059\.002 AppleScript: / })).toBeVisible();
});

test("filters narrow the matrix and its table alike", async ({ page }) => {
  await open(page, "/matrix?q=cron");
  const grid = page.getByRole("grid", { name: "Matrix" });
  await expect(grid.getByRole("gridcell", { name: /^T1053\.003 Cron: / }).first()).toBeVisible();
  await expect(page.getByRole("main").getByRole("status")).toContainText("of");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  const table = page.getByRole("region", { name: "Matrix table" });
  await expect(table.getByRole("row").filter({ hasText: "T1053.003" })).toHaveCount(1); // once, though it stands in three tactics
  await expect(table.getByRole("columnheader", { name: "macOS Engineering" })).toBeAttached();
  await page.getByLabel("Filter techniques").fill("no such technique");
  await expect(page.getByText("No technique fits these filters here.")).toBeVisible();
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.getByRole("button", { name: /^Filters/ }).click();
  await page.getByRole("checkbox", { name: /^blind/ }).check();
  await expect(page).toHaveURL(/status=blind/);
  await page.keyboard.press("Escape");
  const statuses = table.locator("tbody tr[aria-rowindex]").filter({ hasNotText: "blind" });
  await expect(table.locator("tbody tr[aria-rowindex]").first()).toBeVisible();
  // What is not blind itself stands there for a sub-technique below it.
  for (const label of await statuses.locator("td:nth-child(2)").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("title") ?? ""))) expect(label).toContain("here for its sub-techniques alone");
});

test("the strip brings a tactic into sight, two segments stand side by side, and paper has every tactic", async ({ page }) => {
  const [mac, windows] = [await segmentOf(page, "macOS Engineering"), await segmentOf(page, "Windows Workstations")];
  await open(page, `/matrix?segment=${mac}&against=${windows}`);
  await expect(page.getByRole("gridcell", { name: /macOS Engineering: .*Windows Workstations: / }).first()).toBeVisible();
  const strip = page.getByRole("toolbar", { name: "Whole matrix" });
  await expect(strip.getByRole("button", { name: /^Impact/ })).not.toHaveAccessibleName(/in sight/);
  await strip.getByRole("button", { name: /^Initial Access/ }).focus();
  await page.keyboard.press("End");
  await expect(strip.getByRole("button", { name: /^Impact/ })).toHaveAccessibleName(/in sight/);
  await expect(page.getByRole("columnheader", { name: "Impact" })).toBeVisible();
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { name: "Initial Access" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Impact" })).toBeVisible();
});

test("layers go out, somebody's comes in, lies over the matrix and lists where it says more than is proven", async ({ page }) => {
  await page.goto(`${origin()}/matrix?layers=true`); // what is behind an open dialog is hidden from everybody
  const dialog = page.getByRole("dialog", { name: "Navigator layers" });
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download the layer of macOS Engineering" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^sightline-\d+-macos-engineering-enterprise\.json$/);
  const ours = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(ours).toMatchObject({ domain: "enterprise-attack", versions: { layer: "4.5" } });
  expect(ours.techniques.some(({ score }: { score?: number }) => score === undefined)).toBe(true); // unknown has no score

  const give = (name: string, layer: object) => dialog.getByLabel("Drop a layer, or choose").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(layer)) });
  const layer = { name: "Journey's layer", domain: "enterprise-attack", versions: { layer: "4.5" }, techniques: [{ techniqueID: "T1566.001", score: 1, comment: "seen by mail" }, { techniqueID: "T1086", score: 1 }, { techniqueID: "nonsense" }] };
  await give("old.json", { ...layer, versions: { layer: "3.0" } });
  await expect(dialog.getByRole("alert")).toContainText("old.json, versions.layer: The layer has format 3.0.");
  await give("journey.json", layer);
  await expect(page).toHaveURL(/overlay=layer/);
  const line = dialog.getByRole("list", { name: "Imported layers" }).getByRole("listitem").filter({ hasText: "Journey's layer" }).first();
  await expect(line).toContainText("2 of 2 techniques marked");
  await expect(line).toContainText(/journey\.json, SHA-256 [0-9a-f]{12}/);
  await line.getByText("1 entry not understood").click();
  await expect(line).toContainText("techniques.2.techniqueID");
  await expect(dialog.getByRole("list", { name: "Imported layers" })).toContainText("Red team exercise"); // the demonstration's
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Close" }).first().click();

  const summary = page.getByRole("group", { name: "Their layer beside ours" });
  await expect(summary).toContainText("Journey's layer marks 2 techniques");
  await expect(summary).toContainText("1 not in this matrix");
  await expect(page.getByRole("gridcell", { name: /^T1566 Phishing.*Journey's layer: 1 marked there, not observable here/ }).first()).toBeVisible();
  await summary.getByRole("button", { name: "1 not observable here" }).click();
  await expect(page).toHaveURL(/layer=only-theirs/);
  await expect(page.getByRole("region", { name: "Matrix table" }).getByRole("row").filter({ hasText: "T1566.001" })).toContainText("marked there, not observable here (score 1: seen by mail)");
  await page.getByText("1 technique that Journey's layer marks and this matrix does not hold").click();
  await expect(page.getByText("T1086 is unknown to this release")).toBeVisible();

  await page.getByRole("button", { name: "Layers 1" }).click();
  await line.getByRole("button", { name: "Remove Journey's layer" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(line).toHaveCount(0);
  await expect(page).not.toHaveURL(/overlay=layer/);
});

test("sources that are ticked hatch what they would add, beside numbers that stay as they are, until it is stopped", async ({ page }) => {
  const segment = await segmentOf(page, "Windows Workstations");
  await open(page, `/matrix?segment=${segment}`);
  const share = page.getByRole("main").getByText(/\d+ of \d+/).first();
  const before = await share.textContent();
  await page.getByRole("button", { name: "What if" }).click();
  const dialog = page.getByRole("dialog", { name: "What if these sources were collected?" });
  await dialog.getByRole("list", { name: "Sources" }).getByRole("checkbox").first().check();
  await dialog.getByRole("list", { name: "Sources" }).getByRole("checkbox").nth(1).check();
  await dialog.getByRole("button", { name: "Project 2 sources" }).click();
  await expect(page).toHaveURL(/whatif=[a-z0-9-]+(%2C|,)[a-z0-9-]+/);
  const banner = page.getByRole("group", { name: "Projection" });
  await expect(banner).toContainText("a projection, never stored as a fact");
  await expect(banner).toContainText(/cells? would become observed/);
  expect(await share.textContent()).toBe(before);
  await banner.getByRole("button", { name: "Only these" }).click();
  const cell = page.getByRole("grid", { name: "Matrix" }).getByRole("gridcell", { name: /cells? more would be observed \(projected\)/ }).first();
  await expect(cell).toBeVisible();
  await expectNoSideScroll(page);
  await expectAccessibleInBothThemes(page);
  await cell.click();
  await expect(page.getByRole("complementary", { name: "Chosen technique" }).getByRole("list", { name: "Analytics that would be observed" }).getByRole("link").first()).toContainText(/AN\d{4}/);
  await banner.getByRole("button", { name: "Stop projecting" }).click();
  await expect(banner).toHaveCount(0);
  await expect(page).not.toHaveURL(/whatif/);
});
