import { expect, test } from "@playwright/test";
import { expectAccessible, expectNoSideScroll, watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/** An engineer takes the queries of a segment, and sees what a returned measurement would change. On the demonstration fleet: nothing is applied. */
const origin = (): string => new URL(instances().demo).origin;

test("the queries of a segment are shown for each platform, and offered as a zip", async ({ page, request }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/segments`);
  await page.getByRole("link", { name: "Windows Workstations" }).first().click();
  await page.getByRole("link", { name: "Measure this segment" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Measure ");
  await expect(page.getByRole("region", { name: /Counts per host and event, queries\/windows-sysmon/ }).first()).toContainText("stats count");
  await expectAccessible(page);
  await expectNoSideScroll(page);
  const zip = await page.getByRole("link", { name: "Download zip" }).getAttribute("href");
  const answer = await request.get(`${origin()}${zip}`);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-disposition"]).toContain("splunk.zip");
  expect((await answer.body()).subarray(0, 2).toString()).toBe("PK");
  await page.getByRole("navigation", { name: "Platform" }).getByRole("link", { name: "Microsoft Sentinel" }).click();
  await expect(page.getByRole("region", { name: /windows-sysmon.*kql/ }).first()).toContainText("summarize");
  await page.setViewportSize({ width: 390, height: 800 });
  await expectNoSideScroll(page);
  await expectAccessible(page);
  expect(heard.complaints).toEqual([]);
  expect(heard.strangers).toEqual([]);
  expect((await page.goto(`${origin()}/segments/none/measure`))?.status()).toBe(404);
});

test("a measurement is previewed with what it says, what is refused and that counts alone prove nothing", async ({ page }) => {
  await page.goto(`${origin()}/imports/inventory`);
  const table = ["segment,family,event_key,host,count,first,last,fill_user,fill_image", "Windows Workstations,windows-sysmon,1,pc-1,900,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,900,890", "Windows Workstations,windows-sysmon,3,-,5,,2026-01-02T00:00:00Z,5,5"].join("\n");
  await page.locator("input[type=file]").setInputFiles({ name: "windows-sysmon.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  const shown = page.getByRole("region", { name: "Measured record kinds" });
  await expect(shown.getByRole("row").nth(1)).toContainText("windows-sysmon:1");
  await expect(shown.getByRole("row").nth(1)).toContainText("no text");
  await expect(page.getByText("No raw records come with it")).toBeVisible();
  await expect(page.getByText("The row names no host.")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideScroll(page);
});
