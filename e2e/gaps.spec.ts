import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { watchPage } from "./support/check-page";
import { instances } from "./support/instances";

/**
 * An engineer narrows the backlog, plans two gaps together, comments on one and takes a ticket away. On the demonstration fleet:
 * no assessment is run, and what is changed concerns gaps that no other test looks at.
 */
test.describe.configure({ mode: "parallel" });

const origin = (): string => new URL(instances().demo).origin;
const table = (page: Page) => page.getByRole("region", { name: "Gaps table" });

test("gaps are narrowed, two of them planned together, and the file holds what is shown", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/gaps?q=virtualisation+snapshot`);
  const rows = table(page).getByRole("row");
  await expect(rows.filter({ hasText: "Snapshot Deletion" })).toBeVisible();
  const choices = table(page).getByRole("checkbox");
  await choices.nth(0).check();
  await choices.nth(1).check();
  await page.getByRole("button", { name: "Edit 2 chosen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Accepted risk" }).click();
  await dialog.getByLabel("Owner").fill("Platform Operations");
  await dialog.getByRole("button", { name: "Save 2" }).click();
  await expect(dialog.getByRole("alert")).toContainText("last day");
  await dialog.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "Planned" }).click();
  await dialog.getByRole("button", { name: "Save 2" }).click();
  await expect(page.getByText("2 gaps changed")).toBeVisible();
  await page.getByRole("checkbox", { name: /^Planned/ }).click(); // ticked once the address says so
  await expect(page).toHaveURL(/state=planned/);
  await expect(rows.filter({ hasText: "Platform Operations" })).toHaveCount(2);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV" }).click()]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("Platform Operations");
  expect(heard.complaints).toEqual([]);
});

test("a gap that was called done and is not says so in its history; a comment stays in front, and its cells lead to analytics", async ({ page }) => {
  const heard = watchPage(page);
  await page.goto(`${origin()}/gaps?q=scheduled+job+windows+identity`);
  await table(page).getByRole("link", { name: /^Scheduled Job Creation/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Scheduled Job Creation from Windows Security log");
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("Said to be done, but 2 cells are open.");
  await history.getByLabel("Comment").fill("Asked for the missing field");
  await history.getByRole("button", { name: "Add comment" }).click();
  await expect(history.getByRole("listitem").first()).toContainText("Asked for the missing field");
  await expect(page.getByRole("region", { name: "Evidence that closes it" })).toContainText("windows-security:4698");
  await page.getByRole("region", { name: "Cells of this gap" }).getByRole("link", { name: /^AN/ }).first().click();
  await expect(page).toHaveURL(/\/analytics\/AN\d+\?.*segment=/);
  expect(heard.complaints).toEqual([]);
});
